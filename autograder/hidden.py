"""Hidden tests as a grade cell calls them: in the kernel, with nbgrader's way of counting points.

The hidden region of every grade cell is one call of :func:`grade`. The engine does not run it; it
is for replaying the notebook with nbval, and for grading without the engine. nbgrader reads the
points from the printed form of the cell's last value, with traps that :class:`Score` avoids.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache

from autograder.authoring import exercises
from autograder.authoring.reference import load_reference
from autograder.course import Course
from autograder.judging.in_process import Function, grade_function
from autograder.judging.judge import describe
from workbook.checks import notebook_namespace


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
    exercise = exercises.load(Course.find(), assignment_name).exercise(exercise_id)
    function = notebook_namespace().get(exercise_id)
    reference = _reference(assignment_name)[exercise_id]
    verdict = grade_function(exercise, function, reference, secrets.randbits(128))
    print(describe(verdict))
    return Score(verdict.score, verdict.points)


@lru_cache
def _reference(assignment_name: str) -> dict[str, Function]:
    course = Course.find()
    return load_reference(course, exercises.load(course, assignment_name))
