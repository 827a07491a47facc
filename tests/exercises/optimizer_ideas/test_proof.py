"""Right code in any style earns all points, and no misconception does or is taken for another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from autograder.assignment.exercise import Answer, Question
from autograder.assignment.verdict import CaseVerdict, Outcome
from autograder.authoring.reference import load_reference
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.earning import settle
from autograder.judging.judge import judge
from autograder.judging.questions import draw
from tests.exercises.optimizer_ideas import NAME
from tests.proving.trials import ask
from tests.solutions import solutions_of
from tests.support.assignments import COURSE, load

ASSIGNMENT = load(NAME)
EXERCISES = {exercise.id: exercise for exercise in ASSIGNMENT.exercises}
# As many as fit a run of all tests; `autograder prove` takes 50.
SEEDS = range(3)
REFERENCE = load_reference(COURSE, ASSIGNMENT)


@cache
def questions(exercise_id: str, seed: int) -> tuple[Question, ...]:
    drawn = draw(EXERCISES[exercise_id], seed)
    right = REFERENCE[exercise_id]
    return tuple(replace(question, expected=ask(right, question).value) for question in drawn)


def answered(
    function: Callable[..., Any], exercise_id: str, seed: int
) -> tuple[list[Answer], tuple[CaseVerdict, ...]]:
    asked = questions(exercise_id, seed)
    answers = [ask(function, question) for question in asked]
    pairs = zip(asked, answers, strict=True)
    return answers, tuple(judge(EXERCISES[exercise_id], *pair) for pair in pairs)


def failed(function: Any, exercise_id: str, seed: int) -> tuple[str, ...]:
    verdicts = settle(EXERCISES[exercise_id], answered(function, exercise_id, seed)[1])
    return tuple(one.name for one in verdicts if one.outcome is not Outcome.PASSED)


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_ten_styles_of_right_code_earn_all_points_with_every_seed(exercise_id):
    styles = solutions_of(NAME, exercise_id)
    assert len(styles) >= 10
    lost = {
        (name, seed): cases
        for name, function in styles.items()
        for seed in SEEDS
        if (cases := failed(function, exercise_id, seed))
    }
    assert lost == {}


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_misconception_loses_the_same_points_with_every_seed(exercise_id):
    catalogue = EXERCISES[exercise_id].catalogue
    assert catalogue and len(catalogue.entries) >= 20
    odd = {}
    for entry in catalogue.entries:
        function = catalogue.function(exercise_id, entry)
        lost = {failed(function, exercise_id, seed) for seed in SEEDS}
        if len(lost) > 1 or lost == {()}:
            odd[entry.id] = lost
    assert odd == {}


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_misconception_is_taken_for_itself(exercise_id):
    catalogue = EXERCISES[exercise_id].catalogue
    assert catalogue
    diagnostician = Diagnostician(EXERCISES[exercise_id], questions(exercise_id, 7))
    told = {}
    for entry in catalogue.entries:
        given = answered(catalogue.function(exercise_id, entry), exercise_id, 7)
        told[entry.id] = [one.id for one in diagnostician.diagnose(*given)]
    assert {id_: ids for id_, ids in told.items() if ids != [id_]} == {}


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_catalogues_own_solution_is_right(exercise_id):
    catalogue = EXERCISES[exercise_id].catalogue
    assert catalogue
    assert failed(catalogue.function(exercise_id), exercise_id, seed=1) == ()


# What could be written without reading the task.
CHEAP = {
    "nothing": lambda *given: None,
    "a zero": lambda *given: 0.0,
    "the first argument": lambda *given: given[0],
    "the first as floats": lambda *given: np.asarray(given[0], dtype=float),
    "parameters and s": lambda *given: (given[0], given[2]),
    "zeros for the runs": lambda *given: np.zeros(len(given[0]), dtype=int),
    "all steps for the runs": lambda *given: np.full(len(given[0]), given[0].shape[1]),
}


@pytest.mark.parametrize("cheap", CHEAP)
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_cheap_answer_earns_nothing(exercise_id, cheap):
    lost = failed(CHEAP[cheap], exercise_id, seed=3)
    assert len(lost) == len(EXERCISES[exercise_id].cases)


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_documented_answer_alone_earns_nothing(exercise_id):
    known = questions(exercise_id, 1)[0].expected
    lost = failed(lambda *_: known, exercise_id, seed=1)
    assert len(lost) == len(EXERCISES[exercise_id].cases)
