"""Hidden tests as a grade cell calls them: in the kernel, with nbgrader's way of counting points.

The hidden region of every grade cell is one call of :func:`grade`. The engine does not run it; it
is for replaying the notebook with nbval, and for grading without the engine. nbgrader reads the
points from the printed form of the cell's last value, with traps that :class:`Score` avoids.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from autograder import exercises
from autograder.assignment.exercise import Answer, Call, Exercise
from autograder.assignment.verdict import ExerciseVerdict
from autograder.authoring.reference import load_reference
from autograder.course import Course
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.judge import describe
from autograder.judging.marking import mark
from autograder.judging.questions import draw
from checks import Status, attempt, notebook_namespace

Function = Callable[..., Any]

STATUSES = {Status.RIGHT: "returned", Status.WRONG: "raised", Status.TODO: "todo"}


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
    exercise = exercises.load(assignment_name).exercise(exercise_id)
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
    # Each call gets inputs of its own, drawn from the same seed: what a function does to them in
    # place reaches neither the reference nor the judge.
    given, own = draw(exercise, seed), draw(exercise, seed)
    questions = [
        replace(question, expected=_ask(reference, theirs.call).value)
        for question, theirs in zip(draw(exercise, seed), own, strict=True)
    ]
    answers = [_ask(function, question.call) for question in given]
    return mark(Diagnostician(exercise, questions), answers)


@lru_cache
def _reference(assignment_name: str) -> dict[str, Function]:
    return load_reference(Course.find(), exercises.load(assignment_name))


def _ask(function: Function | None, call: Call) -> Answer:
    outcome = attempt(call.put_to if callable(function) else None, function)
    return Answer(STATUSES[outcome.status], outcome.value, outcome.reason)
