"""Right checks in any style earn all points, and no misconception does or is taken for another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from autograder.assignment.exercise import Answer, Exercise, Question
from autograder.assignment.verdict import CaseVerdict, Outcome
from autograder.authoring.reference import load_reference
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.earning import settle
from autograder.judging.judge import judge
from autograder.judging.questions import draw
from tests.exercises.gradient_checking import NAME
from tests.proving.trials import ask
from tests.solutions import solutions_of
from tests.support.assignments import COURSE, load

ASSIGNMENT = load(NAME)
EXERCISES = {exercise.id: exercise for exercise in ASSIGNMENT.exercises}
# As many as fit a run of all tests; `autograder prove` takes 50.
SEEDS = range(5)
ENTRIES = [
    pytest.param(exercise.id, entry, id=f"{exercise.id}-{entry.id}")
    for exercise in ASSIGNMENT.exercises
    if exercise.catalogue
    for entry in exercise.catalogue.entries
]
STYLES = [
    pytest.param(exercise_id, function, id=f"{exercise_id}-{name}")
    for exercise_id in EXERCISES
    for name, function in solutions_of(NAME, exercise_id).items()
]


@cache
def reference() -> dict[str, Callable[..., Any]]:
    return load_reference(COURSE, ASSIGNMENT)


@cache
def questions(exercise_id: str, seed: int) -> tuple[Question, ...]:
    right = reference()[exercise_id]
    drawn = draw(EXERCISES[exercise_id], seed)
    return tuple(replace(question, expected=ask(right, question).value) for question in drawn)


@cache
def diagnostician(exercise_id: str, seed: int) -> Diagnostician:
    return Diagnostician(EXERCISES[exercise_id], questions(exercise_id, seed))


def answers_of(function: Any, exercise_id: str, seed: int) -> list[Answer]:
    return [ask(function, question) for question in questions(exercise_id, seed)]


def judged(exercise: Exercise, seed: int, answers: list[Answer]) -> tuple[CaseVerdict, ...]:
    pairs = zip(questions(exercise.id, seed), answers, strict=True)
    return tuple(judge(exercise, *pair) for pair in pairs)


def failed(function: Any, exercise_id: str, seed: int) -> list[str]:
    exercise = EXERCISES[exercise_id]
    answers = answers_of(function, exercise_id, seed)
    verdicts = settle(exercise, judged(exercise, seed, answers))
    return [verdict.name for verdict in verdicts if verdict.outcome is not Outcome.PASSED]


@pytest.mark.slow
@pytest.mark.parametrize(("exercise_id", "function"), STYLES)
def test_a_right_solution_earns_all_points_with_every_seed(exercise_id, function):
    assert {seed: lost for seed in SEEDS if (lost := failed(function, exercise_id, seed))} == {}


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_there_are_ten_styles_and_twenty_misconceptions_of_each_function(exercise_id):
    assert len(solutions_of(NAME, exercise_id)) >= 10
    catalogue = EXERCISES[exercise_id].catalogue
    assert catalogue
    assert len(catalogue.entries) >= 20


@pytest.mark.slow
@pytest.mark.parametrize(("exercise_id", "entry"), ENTRIES)
def test_a_misconception_loses_the_same_points_with_every_seed(exercise_id, entry):
    catalogue = EXERCISES[exercise_id].catalogue
    assert catalogue
    function = catalogue.function(exercise_id, entry)
    lost = {tuple(failed(function, exercise_id, seed)) for seed in SEEDS}
    assert len(lost) == 1
    assert lost != {()}


@pytest.mark.slow
@pytest.mark.parametrize(("exercise_id", "entry"), ENTRIES)
def test_a_misconception_is_taken_for_itself(exercise_id, entry):
    exercise = EXERCISES[exercise_id]
    assert exercise.catalogue
    answers = answers_of(exercise.catalogue.function(exercise_id, entry), exercise_id, seed=7)
    told = diagnostician(exercise_id, 7).diagnose(answers, judged(exercise, 7, answers))
    assert [one.id for one in told] == [entry.id]


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_catalogues_own_solution_is_right(exercise_id):
    catalogue = EXERCISES[exercise_id].catalogue
    assert catalogue
    assert failed(catalogue.function(exercise_id), exercise_id, seed=1) == []


@pytest.mark.parametrize("exercise_id", ["gradient_check", "gradient_check_n"])
def test_a_known_answer_alone_earns_nothing(exercise_id):
    known = questions(exercise_id, 1)[0].expected
    assert len(failed(lambda *_, **__: known, exercise_id, 1)) == len(EXERCISES[exercise_id].cases)


@pytest.mark.parametrize("lazy", [lambda x, theta: theta, lambda x, theta: 0.0], ids=["θ", "0"])
def test_an_argument_or_a_zero_is_no_product(lazy):
    for seed in SEEDS:
        assert failed(lazy, "forward_propagation", seed) == [
            case.name for case in EXERCISES["forward_propagation"].cases
        ]
