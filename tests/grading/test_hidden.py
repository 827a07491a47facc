"""The hidden cases, and how nbgrader reads the points they give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

from autograder.assignment.verdict import Outcome
from autograder.authoring.reference import load_reference
from autograder.hidden import Score
from autograder.judging.in_process import grade_function
from autograder.judging.judge import describe
from tests.conftest import NAME
from tests.support.assignments import load
from tests.support.sample_class import written_by
from workbook.comparison import Tolerance, compare_returned
from workbook.examples import EXAMPLES, OUTPUTS

ASSIGNMENT = load(NAME)
EXERCISES = {exercise.id: exercise for exercise in ASSIGNMENT.exercises}


@pytest.fixture(scope="module")
def reference(repo):
    return load_reference(repo, ASSIGNMENT)


def functions_of(student):
    """Return the functions that a sample student wrote."""
    answers, other = written_by(student, NAME)
    namespace = {"np": np}
    exec("\n\n".join([other, *answers.values()]), namespace)
    return namespace


def grade(exercise_id, function, reference, seed=7):
    return grade_function(EXERCISES[exercise_id], function, reference[exercise_id], seed)


def test_the_points_are_the_documented_ones():
    assert [exercise.points for exercise in ASSIGNMENT.exercises] == [10, 20, 10, 20, 10, 30]
    assert ASSIGNMENT.points == 100


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_reference_gives_the_documented_numbers(exercise_id, reference):
    arguments, keywords = EXAMPLES[exercise_id].call()
    answer = EXAMPLES[exercise_id].view(reference[exercise_id](*arguments, **keywords))
    # The documentation rounds to eight digits after the point.
    printed = Tolerance(relative=0, absolute=0.51e-8)
    findings = compare_returned(answer, OUTPUTS[exercise_id], printed)
    assert all(finding.passed for finding in findings), findings


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("student", ["ada", "ben", "chloe"])
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_right_answers_of_every_style_get_all_points(exercise_id, student, seed, reference):
    verdict = grade(exercise_id, functions_of(student)[exercise_id], reference, seed)
    assert verdict.score == verdict.points, describe(verdict)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("student", "exercise_id", "score"),
    [
        ("eva", "update_parameters_with_adam", (0, 15)),
        ("farid", "update_parameters_with_momentum", (0, 0)),
        ("grace", "random_mini_batches", (1, 10)),
        ("hugo", "update_parameters_with_gd", (0, 0)),
        ("hugo", "initialize_velocity", (0, 5)),
    ],
)
def test_wrong_answers_lose_points(student, exercise_id, score, reference):
    verdict = grade(exercise_id, functions_of(student)[exercise_id], reference)
    low, high = score
    assert low <= verdict.score <= high, describe(verdict)


def test_the_sample_class_shows_many_misconceptions(reference):
    told = {
        diagnosis.done
        for student in ("eva", "farid", "grace", "hugo", "kira")
        for exercise_id, function in functions_of(student).items()
        if exercise_id in EXERCISES
        for diagnosis in grade(exercise_id, function, reference).diagnoses
    }
    assert len(told) >= 6, told


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_stub_gets_nothing_and_one_message(exercise_id, reference):
    def stub(*arguments, **keywords):
        raise NotImplementedError

    verdict = grade(exercise_id, stub, reference)
    assert verdict.score == 0
    assert describe(verdict).count("not implemented yet") == 1


def test_a_case_that_fails_names_itself_and_gives_no_number_away(reference):
    def wrong(parameters, grads, learning_rate):
        return {key: value + 1 for key, value in parameters.items()}

    text = describe(grade("update_parameters_with_gd", wrong, reference))
    assert "✗ the documented example\n      parameters" in text
    assert text.count("parameters[") == 1
    assert "[[" not in text


def test_what_a_function_does_to_its_inputs_reaches_nobody_else(reference):
    def vandal(parameters, grads, learning_rate):
        answer = {k: w - learning_rate * grads["d" + k] for k, w in parameters.items()}
        for arrays in (parameters, grads):
            for array in arrays.values():
                array.fill(np.nan)
        return answer

    verdict = grade("update_parameters_with_gd", vandal, reference)
    assert verdict.score == verdict.points


def test_the_same_seed_gives_the_same_inputs_and_another_seed_others():
    case = EXERCISES["update_parameters_with_gd"].cases[1]
    first, again, other = (case.draw(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first.arguments[0]["W1"], again.arguments[0]["W1"])
    assert not np.array_equal(first.arguments[0]["W1"], other.arguments[0]["W1"])


def test_every_exercise_covers_what_the_documentation_leaves_open():
    names = {case.name for exercise in ASSIGNMENT.exercises for case in exercise.cases}
    assert {"a single layer", "four layers", "whole numbers", "single precision"} <= names
    assert {"the first step", "the fiftieth step", "a batch larger than the data"} <= names


def nbgrader_points(value, points=10):
    """Return what nbgrader makes of a grade cell whose last value is `value`."""
    metadata = {"grade": True, "solution": False, "points": points, "grade_id": "x"}
    cell = new_code_cell(metadata={"nbgrader": metadata})
    cell.outputs = [new_output("execute_result", {"text/plain": repr(value)})]
    return determine_grade(cell)[0]


def test_nbgraders_traps_are_real():
    assert nbgrader_points(np.float64(0.0)) == 10, "NumPy's zero no longer scores full marks"
    assert nbgrader_points(-3.0) == 10, "a negative score no longer scores full marks"
    with pytest.raises(ValueError, match="greater than maximum"):
        nbgrader_points(11)


@pytest.mark.parametrize(
    ("points", "read"),
    [
        pytest.param(np.float64(0.0), 0, id="NumPy's zero"),
        pytest.param(np.float64(7.5), 7.5, id="NumPy's float"),
        pytest.param(-3.0, 0, id="a negative score"),
        pytest.param(11, 10, id="above the maximum"),
        pytest.param(3.33, 3.33, id="partial credit"),
    ],
)
def test_a_score_is_read_as_it_is_meant(points, read):
    assert nbgrader_points(Score(points, 10)) == read


def test_a_case_not_judged_takes_its_share_with_it_until_a_person_decides(reference):
    verdict = grade("initialize_velocity", reference["initialize_velocity"], reference)
    first = replace(verdict.cases[0], outcome=Outcome.NOT_JUDGED)
    verdict = replace(verdict, cases=(first, *verdict.cases[1:]))
    assert (verdict.score, verdict.waiting) == (7.5, 2.5)
    assert "A person has to look: 2.5 points are open until then." in describe(verdict)


def test_a_fault_of_the_judges_own_costs_no_other_case(reference):
    def broken(*given):
        raise RuntimeError("a fault of ours")

    exercise = EXERCISES["initialize_velocity"]
    cases = tuple(
        replace(one, law=broken) if one.law and not one.known else one for one in exercise.cases
    )
    function = reference["initialize_velocity"]
    verdict = grade_function(replace(exercise, cases=cases), function, function, 7)
    assert (verdict.score, verdict.waiting) == (7.5, 2.5)


def junk_in_batches(X, Y, mini_batch_size=64, seed=0):
    return [(X[:, :0], Y[:, :0])]


@pytest.mark.parametrize(
    ("exercise_id", "function"),
    [
        pytest.param("initialize_velocity", lambda parameters: "zeros", id="no arrays at all"),
        pytest.param("initialize_adam", lambda parameters: ({}, {}), id="empty moments"),
        pytest.param("random_mini_batches", junk_in_batches, id="batches without examples"),
    ],
)
def test_no_law_holds_for_an_answer_that_holds_nothing(exercise_id, function, reference):
    assert grade(exercise_id, function, reference).score == 0


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_documented_answer_written_down_earns_nothing(exercise_id, reference):
    arguments, keywords = EXAMPLES[exercise_id].call()
    if exercise_id == "random_mini_batches":  # the hidden case shows its first features only
        arguments = (arguments[0][:64], *arguments[1:])
    known = reference[exercise_id](*arguments, **keywords)
    assert grade(exercise_id, lambda *a, **k: known, reference).score == 0
