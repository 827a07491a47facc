"""Hidden tests as a grade cell calls them: in the kernel, with nbgrader's way of counting points.

The hidden region of every grade cell is one call of :func:`grade`. nbgrader reads the points from
the printed form of the cell's last value, with traps that :class:`Score` stays clear of.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import Any

import numpy as np

from autograder import exercises
from autograder.course import Course
from autograder.exercise import Case, CaseVerdict, Exercise, ExerciseVerdict, Outcome
from autograder.judge import failed, judge
from autograder.reference import load_reference
from checks import Status, attempt, notebook_namespace

Function = Callable[..., Any]


@dataclass(frozen=True)
class Score:
    """Points that print as a bare number between 0 and the maximum.

    nbgrader takes ``float(repr(value))`` and gives full marks to what it cannot read, so NumPy's
    ``np.float64(0.0)`` would score everything, and so would a negative number; a number above the
    maximum aborts the submission.
    """

    points: float
    maximum: float

    def __repr__(self) -> str:
        return f"{min(max(float(self.points), 0.0), float(self.maximum)):g}"


def grade(assignment_name: str, exercise_id: str) -> Score:
    """Grade the notebook's function `exercise_id`, print what came of it, return the points."""
    assignment = exercises.load(assignment_name)
    exercise = assignment.exercise(exercise_id)
    function = notebook_namespace().get(exercise_id)
    reference = _reference(assignment_name)[exercise_id]
    verdict = grade_function(exercise, function, reference, secrets.randbits(128))
    print(describe(verdict))
    return Score(verdict.score, verdict.points)


def grade_function(
    exercise: Exercise, function: Function | None, reference: Function, seed: int
) -> ExerciseVerdict:
    """Put every hidden case to `function` and judge its answers.

    Parameters
    ----------
    seed : int
        What the inputs are drawn from: the same seed gives the same inputs.
    """
    verdicts = tuple(
        _grade_case(exercise, case, function, reference, (seed, index))
        for index, case in enumerate(exercise.cases)
    )
    return ExerciseVerdict(exercise.id, exercise.points, verdicts)


def describe(verdict: ExerciseVerdict) -> str:
    """Return the verdict as text for the student: each case by name, why it failed, what to do."""
    lines = [f"{verdict.exercise_id}: {verdict.score:g} of {verdict.points} points"]
    seen: set[str] = set()
    for case in verdict.cases:
        sign = "✓" if case.outcome is Outcome.PASSED else "✗"
        message = "as above" if case.message in seen else case.message
        lines.append(f"  {sign} {case.name}")
        lines += wrap(message, 88, initial_indent=" " * 6, subsequent_indent=" " * 6)
        seen |= {case.message} - {""}
    return "\n".join(lines)


@lru_cache
def _reference(assignment_name: str) -> dict[str, Function]:
    return load_reference(Course.find(), exercises.load(assignment_name))


def _grade_case(
    exercise: Exercise,
    case: Case,
    function: Function | None,
    reference: Function,
    seed: tuple[int, int],
) -> CaseVerdict:
    # Each call gets inputs of its own, drawn from the same seed: what a function does to them in
    # place reaches neither the reference nor the judge.
    given, kept, own = (case.draw(np.random.default_rng(seed)) for _ in range(3))
    outcome = attempt(function, *given.arguments, **given.keywords)
    if outcome.status is Status.TODO:
        return CaseVerdict(case.name, Outcome.FAILED, case.weight, outcome.reason)
    if outcome.status is Status.WRONG:
        return failed(case, f"Your function {outcome.reason}.")
    expected = reference(*own.arguments, **own.keywords)
    return judge(exercise, case, kept, outcome.value, expected)
