"""Naming the misconception behind wrong answers."""

# The documented recipe draws from NumPy's global generator.
# ruff: noqa: NPY002

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from autograder.assignment.exercise import Answer
from autograder.assignment.statements import whenever_wrong
from autograder.authoring.reference import load_reference
from autograder.judging import diagnosis
from autograder.judging.budget import limited
from autograder.judging.in_process import grade_function
from autograder.judging.judge import describe
from autograder.judging.marking import mark
from autograder.sandbox.wire import PREFIX, pack, unpack
from tests.conftest import NAME
from tests.proving.trials import answers_of, benches
from tests.support.assignments import load
from workbook.plain import Opaque

ASSIGNMENT = load(NAME)
ADAM = "update_parameters_with_adam"


@pytest.fixture(scope="module")
def bench():
    return benches(NAME, seed=21)


@pytest.fixture(scope="module")
def reference(repo):
    return load_reference(repo, ASSIGNMENT)


def sent(answer):
    """Return an answer as it comes over the wire."""
    frame = b"".join(pack(answer.value))
    _, size, _ = PREFIX.unpack_from(frame)
    return replace(answer, value=unpack(frame[PREFIX.size :][:size], frame[PREFIX.size + size :]))


def told(bench, exercise_id, function):
    one = bench[exercise_id]
    answers = [sent(answer) for answer in answers_of(function, one.questions)]
    return [entry.id for entry in one.diagnostician.diagnose(answers, one.judged(answers))]


def climbing(parameters, grads, learning_rate):
    return {key: w + learning_rate * grads["d" + key] for key, w in parameters.items()}


def from_zero(parameters, grads, learning_rate):
    for layer in range(len(parameters) // 2):
        parameters[f"W{layer}"] = parameters[f"W{layer}"] - learning_rate * grads[f"dW{layer}"]
    return parameters


def climbing_without_last(parameters, grads, learning_rate):
    for layer in range(1, len(parameters) // 2):
        for key in (f"W{layer}", f"b{layer}"):
            parameters[key] = parameters[key] + learning_rate * grads["d" + key]
    return parameters


def one_object(parameters):
    v = s = {"d" + key: np.zeros_like(w) for key, w in parameters.items()}
    return v, s


def in_tuples(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    for k in range(0, order.size, mini_batch_size):
        yield X[:, order[k : k + mini_batch_size]], Y[:, order[k : k + mini_batch_size]]


def unseeded(X, Y, mini_batch_size=64, seed=0):
    return list(in_tuples(X, Y, mini_batch_size, seed + 77))


def odd_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in parameters:
        g = grads["d" + key]
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * g
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * g**2
        step = v["d" + key] / np.sqrt(s["d" + key] + epsilon)
        parameters[key] = parameters[key] - learning_rate * step
    return parameters, v, s


def no_idea(parameters, grads, learning_rate):
    return {key: w * 3 - 1 for key, w in parameters.items()}


@pytest.mark.parametrize(
    ("exercise_id", "function", "expected"),
    [
        pytest.param("update_parameters_with_gd", climbing, ["step-added"], id="one"),
        pytest.param(
            "update_parameters_with_gd", from_zero, ["layers-from-0-W0"], id="an exception"
        ),
        pytest.param(
            "update_parameters_with_gd",
            climbing_without_last,
            ["step-added", "last-layer-skipped"],
            id="two at once",
        ),
        pytest.param("initialize_adam", one_object, ["s-is-v"], id="one object twice"),
        pytest.param("random_mini_batches", in_tuples, ["generator"], id="no plain data"),
        pytest.param(
            "random_mini_batches", unseeded, ["fair-but-other-order"], id="a pattern of cases"
        ),
        pytest.param(ADAM, odd_adam, ["no-correction", "epsilon-inside-root"], id="two in Adam"),
        pytest.param("update_parameters_with_gd", no_idea, [], id="nothing known"),
        pytest.param("update_parameters_with_gd", lambda *_: None, ["nothing-returned"], id="None"),
        pytest.param("update_parameters_with_gd", lambda *_: object(), [], id="an odd object"),
    ],
)
def test_wrong_answers_are_explained(exercise_id, function, expected, bench):
    assert told(bench, exercise_id, function) == expected


def carrying_out(parameters, grads, learning_rate):
    raise NameError(f"name 'x{str(abs(learning_rate))[2:]}7531' is not defined")


def always_carrying_out(parameters, grads, learning_rate):
    raise NameError("name 'x7531' is not defined")


@pytest.mark.parametrize("function", [carrying_out, always_carrying_out])
def test_the_text_of_an_exception_is_not_told(function, bench):
    one = bench["update_parameters_with_gd"]
    answers = answers_of(function, one.questions)
    told = one.diagnostician.diagnose(answers, one.judged(answers))
    assert all("7531" in answer.reason for answer in answers)
    assert "7531" not in repr(told)


def test_a_claim_that_takes_too_long_is_not_told(bench, monkeypatch):
    def endless(_seen):
        while True:
            pass

    monkeypatch.setattr(diagnosis, "limited", partial(limited, 0.05))
    one = bench["update_parameters_with_gd"]
    claim = whenever_wrong("endless", endless, "It is endless.", "Look at it.")
    slow = replace(one.exercise, statements=(claim,))
    answers = answers_of(no_idea, one.questions)
    diagnostician = type(one.diagnostician)(slow, one.questions)
    assert diagnostician.diagnose(answers, one.judged(answers)) == ()


@pytest.mark.parametrize("status", ["todo", "missing", "late", "lost", "skipped"])
def test_what_is_no_answer_is_not_explained(status, bench):
    one = bench[ADAM]
    answers = [Answer(status, reason="was not seen")] * len(one.questions)
    assert one.diagnostician.diagnose(answers, one.judged(answers)) == ()


def test_one_answer_that_differs_is_enough_to_say_nothing(bench):
    one = bench["update_parameters_with_gd"]
    answers = answers_of(climbing, one.questions)
    for array in answers[-1].value.values():
        array[0, 0] += 0.5
    assert one.diagnostician.diagnose(answers, one.judged(answers)) == ()


def test_a_fault_of_the_diagnosis_costs_no_verdict(bench):
    one = bench[ADAM]
    answers = [Answer("returned", Opaque("Rude"))] * len(one.questions)
    verdicts = one.judged(answers)
    broken = replace(one.exercise, catalogue="no catalogue")
    diagnostician = type(one.diagnostician)(broken, one.questions)
    assert diagnostician.diagnose(answers, verdicts) == ()


def test_numpys_generator_is_left_as_it_was(bench):
    one = bench["random_mini_batches"]
    answers = [Answer("returned", [])] * len(one.questions)
    np.random.seed(1)
    wanted = np.random.rand()
    np.random.seed(1)
    assert mark(one.diagnostician, answers).diagnoses
    assert np.random.rand() == wanted


def test_the_student_reads_what_was_done_and_where_to_look(reference):
    exercise = ASSIGNMENT.exercise("update_parameters_with_gd")
    text = describe(grade_function(exercise, climbing, reference[exercise.id], 7))
    head = text.split("✗")[0]
    assert "→ Your parameters move uphill: the step is added." in head
    assert "Look at the sign" in head
