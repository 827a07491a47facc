"""The verdict on an exercise as a whole: its hints, known answers, and values too many."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from autograder.assignment.exercise import Answer
from autograder.assignment.verdict import Outcome
from autograder.authoring.reference import load_reference
from autograder.feedback import advice
from autograder.judging.in_process import grade_function
from autograder.judging.judge import CONSTANT, RIGHT_HERE, describe
from autograder.judging.raised import BEFORE_VALUE, LEFT_NONE, NOT_ASSIGNED, meaning_of
from tests.conftest import NAME
from tests.support.assignments import load
from workbook.examples import EXAMPLES

SEED = 5
BATCHES = "random_mini_batches"
GD, ADAM, VELOCITY = "update_parameters_with_gd", "update_parameters_with_adam", "initialize_adam"


@pytest.fixture(scope="module")
def reference(repo):
    return load_reference(repo, load(NAME))


@pytest.fixture
def verdict_of(reference):
    def verdict(exercise_id, function):
        exercise = load(NAME).exercise(exercise_id)
        return grade_function(exercise, function, reference[exercise_id], SEED)

    return verdict


def failed(verdict):
    return [case for case in verdict.cases if case.outcome is Outcome.FAILED]


def test_a_hint_is_told_where_its_case_alone_fails(reference, verdict_of):
    def not_whole(parameters, grads, learning_rate):
        right = reference[GD](parameters, grads, learning_rate)
        wrong = all((array == np.round(array)).all() for array in grads.values())
        return {key: array + wrong for key, array in right.items()}

    (case,) = failed(verdict_of(GD, not_whole))
    assert case.hint == "Numbers without a fraction follow the same rule."


def test_a_mistake_that_breaks_all_cases_gets_no_case_s_hint(verdict_of):
    def climbs(parameters, grads, learning_rate):
        return {key: array + learning_rate * grads[f"d{key}"] for key, array in parameters.items()}

    verdict = verdict_of(GD, climbs)
    known, *others = failed(verdict)
    assert len(others) == 5
    assert "Run the example cell" in known.hint
    assert {case.hint for case in others} == {""}
    assert describe(verdict).count("goes the wrong way") == 1
    assert "float32" not in describe(verdict)


def test_an_answer_that_is_constant_in_fact_is_told_so(verdict_of):
    arguments, _ = EXAMPLES[GD].call()
    parameters, grads, rate = arguments
    known = {key: array - rate * grads["d" + key] for key, array in parameters.items()}

    def constant(*_arguments):
        return known

    first = failed(verdict_of(GD, constant))[0]
    assert first.message == CONSTANT
    assert verdict_of(GD, constant).score == 0


def test_an_honest_answer_that_is_right_by_luck_is_not_accused(verdict_of):
    def from_rest(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999,
                  epsilon=1e-8):  # fmt: skip
        moved = {}
        for key, array in parameters.items():
            g = grads["d" + key]
            v["d" + key] = (1 - beta1) * g  # the documented moments start from 0
            s["d" + key] = (1 - beta2) * g**2
            v_hat, s_hat = v["d" + key] / (1 - beta1**t), s["d" + key] / (1 - beta2**t)
            moved[key] = array - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
        return moved, v, s

    verdict = verdict_of(ADAM, from_rest)
    assert verdict.score == 0
    assert failed(verdict)[0].message == RIGHT_HERE
    assert describe(verdict).count("s[") == 1  # what is wrong elsewhere is told too, once
    assert "numbers of your own" in advice.next_step(replace(verdict, diagnoses=()))


def test_values_too_many_are_named_once_and_the_others_judged(reference, verdict_of):
    def later_edition(*arguments, **keywords):
        parameters, v, s = reference[ADAM](*arguments, **keywords)
        return parameters, v, s, dict(v), dict(s)

    verdict = verdict_of(ADAM, later_edition)
    (only,) = failed(verdict)
    assert only.name == advice.DOCUMENTED
    assert "a tuple of 5 but should be the 3 values parameters, v, s" in only.message
    assert 0 < verdict.score < verdict.points
    # The documented example alone leaves the learning rate to its default: that is not the reason.
    assert verdict.diagnoses == ()


def test_a_mistake_beside_values_too_many_is_named(reference, verdict_of):
    def wrong(*arguments, **keywords):
        parameters, v, _ = reference[ADAM](*arguments, **keywords)
        return parameters, v, v, {}

    assert "new_s-breaks" in [found.id for found in verdict_of(ADAM, wrong).diagnoses]


def test_a_longer_mini_batch_is_no_matter_of_broadcasting(reference, verdict_of):
    def whole_rest(X, Y, mini_batch_size=64, seed=0):
        batches = reference[BATCHES](X, Y, mini_batch_size, seed)
        return [(np.hstack([x, x]), np.hstack([y, y])) for x, y in batches]

    assert "broadcasting" not in describe(verdict_of(BATCHES, whole_rest))


def test_the_array_of_one_key_that_another_stretches_is_told(reference, verdict_of):
    def stretched(parameters, grads, learning_rate):
        moved = reference[GD](parameters, grads, learning_rate)
        return moved | {"b1": moved["b1"] + 0 * moved["W1"]}

    assert "broadcasting" in failed(verdict_of(GD, stretched))[0].message


def test_what_stops_most_calls_is_told_beside_a_wrong_answer(verdict_of):
    def without_seed(X, Y, mini_batch_size=64):
        order = np.random.default_rng(3).permutation(X.shape[1])
        cuts = range(0, X.shape[1], mini_batch_size)
        parts = [order[cut : cut + mini_batch_size] for cut in cuts]
        return [(X[:, part], Y[:, part]) for part in parts]

    verdict = verdict_of(BATCHES, without_seed)
    assert [found.id for found in verdict.diagnoses] == ["arguments-missing"]
    assert describe(verdict).count("stopped with TypeError") == 1


def test_values_too_many_hide_no_mistake(reference, verdict_of):
    def wrong(*arguments, **keywords):
        parameters, v, s = reference[ADAM](*arguments, **keywords)
        return parameters, {key: -array for key, array in v.items()}, s, {}

    verdict = verdict_of(ADAM, wrong)
    # Where the gradients are tiny, so is v, and its sign hardly counts.
    passed = {case.name for case in verdict.cases} - {case.name for case in failed(verdict)}
    assert passed <= {"tiny gradients"}
    assert 'v["dW1"] has every sign the wrong way round' in failed(verdict)[1].message


def test_what_is_done_to_arguments_is_judged_beside_values_too_many(reference, verdict_of):
    def moments(parameters):
        return (*reference[VELOCITY](parameters), 0)

    (only,) = failed(verdict_of(VELOCITY, moments))
    assert only.name == advice.DOCUMENTED


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("stopped with NameError: name 'v_hat' is not defined in `x = v_hat`", NOT_ASSIGNED),
        ("stopped with UnboundLocalError", BEFORE_VALUE),
        ("stopped with TypeError: 'NoneType' object is not subscriptable", LEFT_NONE),
        ("stopped with TypeError: 'int' object is not subscriptable", ""),
        ("ran past 5 s", ""),
    ],
)
def test_what_was_raised_is_told_in_our_words(reason, says):
    assert meaning_of(reason) == says


def test_a_name_that_is_not_assigned_is_told(verdict_of):
    def unfinished(parameters, grads, learning_rate):
        return v_corrected  # type: ignore[name-defined]  # noqa: F821

    assert failed(verdict_of(GD, unfinished))[0].hint == NOT_ASSIGNED


def test_the_documented_example_is_called_right_only_where_there_is_one(reference, verdict_of):
    def not_for_single(parameters, grads, learning_rate):
        right = reference[GD](parameters, grads, learning_rate)
        wrong = parameters["W1"].dtype == np.float32
        return {key: array + wrong for key, array in right.items()}

    verdict = replace(verdict_of(GD, not_for_single), diagnoses=())
    assert advice.next_step(verdict).startswith("The documented example is right.")
    without = replace(verdict, cases=verdict.cases[1:])
    assert "documented" not in advice.next_step(without)
    assert "“single precision”" in advice.next_step(without)
    alone = replace(verdict, cases=verdict.cases[-1:])
    assert advice.next_step(alone).startswith("Begin with “single precision”")


def test_an_answer_of_odd_values_is_judged_too(verdict_of):
    for odd in [(), [1], (1, 2), ({}, {}), object(), Answer("returned")]:
        assert verdict_of(GD, lambda *_a, odd=odd: odd).score == 0
