"""A minute of the search finds nothing, and it does find holes where there are any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging.earning import settle
from tests.fuzzing.oracle import rightness
from tests.fuzzing.search import search
from tests.fuzzing.subjects import Subject, subjects
from workbook.comparison import Finding, Tolerance

SUBJECTS = {subject.name: subject for subject in subjects()}
EXERCISES = {subject.exercise.id: subject.exercise for subject in SUBJECTS.values()}
TRIES = 150
PLANTED_TRIES = 3000


@pytest.mark.slow
@pytest.mark.parametrize("name", SUBJECTS)
def test_a_short_search_finds_nothing(name):
    tally = search(SUBJECTS[name], TRIES, seed=1)
    assert not tally.find
    # Both kinds came up, or nothing could have been found.
    assert tally.wrong > TRIES / 5
    assert tally.passed > 0


def subject(exercise_id: str, case: str) -> Subject:
    (found,) = (s for s in SUBJECTS.values() if (s.exercise.id, s.case.name) == (exercise_id, case))
    return found


def lax(law: Any, forgives: str) -> Callable[..., list[Finding]]:
    """Return the law with one finding left out."""

    def laxer(*given: Any) -> list[Finding]:
        return [found for found in law(*given) if found.subject != forgives]

    return laxer


HOLES = {
    "too wide a tolerance": (
        ("update_parameters_with_gd", "four layers"),
        {"tolerance": Tolerance(relative=1e-3, absolute=1e-3)},
        "passes and is wrong",
    ),
    "no tolerance": (
        ("update_parameters_with_adam", "the first step"),
        {"tolerance": Tolerance(relative=0, absolute=0)},
        "is right and fails",
    ),
    "a law that holds for everything": (
        ("random_mini_batches", "X and Y together"),
        {"law": lambda *given: []},
        "passes and is wrong",
    ),
    "a law that forgets about memory": (
        ("initialize_velocity", "an array for each key"),
        {
            "law": lax(
                subject("initialize_velocity", "an array for each key").case.law, "separate arrays"
            )
        },
        "passes and is wrong",
    ),
    "a law that raises": (
        ("initialize_adam", "the parameters left alone"),
        {"law": lambda answer, parameters: [Finding(answer[0][0]["dW1"])]},
        "could not be judged",
    ),
    "a proof that proves nothing": (
        ("initialize_velocity", "parameters of zeros"),
        {"proves": True},
        "made of the arguments",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("hole", HOLES)
def test_a_planted_hole_is_found(hole):
    which, change, what = HOLES[hole]
    right = subject(*which)
    # The oracle goes on by the true case.
    tally = search(right.judged_by(replace(right.case, **change)), PLANTED_TRIES, seed=1)
    assert what in tally.find


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_right_answers_that_prove_nothing_earn_nothing_together(exercise_id):
    exercise = EXERCISES[exercise_id]
    verdicts = [
        CaseVerdict(case.name, Outcome.FAILED if case.is_proof else Outcome.PASSED, case.weight)
        for case in exercise.cases
    ]
    assert ExerciseVerdict(exercise_id, 10, settle(exercise, verdicts)).score == 0


@pytest.mark.parametrize(
    ("value", "right"),
    [
        pytest.param([1.0, 2.0], True, id="the same"),
        pytest.param([1.0, 2.0 + 1e-9], True, id="nearer than the tolerance"),
        pytest.param([1.0, 2.0 + 3e-5], False, id="farther"),
        pytest.param([1.0, np.nan], False, id="NaN"),
        pytest.param([[1.0, 2.0]], False, id="another shape"),
        pytest.param([1 + 0j, 2], False, id="complex"),
        pytest.param([True, True], False, id="bools"),
        pytest.param([1, 2], True, id="whole numbers"),
    ],
)
def test_the_oracle_goes_by_values_shapes_and_kinds(value, right):
    assert rightness(np.array(value), np.array([1.0, 2.0]), ("y",), Tolerance()) == [right]
