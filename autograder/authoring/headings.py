"""The comment above a student's cell: it says whose cell it is, and what it is worth."""

from __future__ import annotations

from autograder.assignment.exercise import Assignment

MARK = "# ✎ "


def heading(cell: str, assignment: Assignment, is_answer: bool) -> str:
    """Return the comment that tells a cell of the student's from all others."""
    for exercise in assignment.exercises:
        if exercise.answer_cell == cell:
            return f"{MARK}Your answer · {exercise.id} · {exercise.points:g} points"
    return f"{MARK}Yours to {'write' if is_answer else 'change'}, for no points"


def without_heading(source: str) -> str:
    r"""Return what a cell says below its heading: no mark depends on the points that it tells.

    >>> without_heading("# ✎ Your answer · double · 10 points\ndef double(x):")
    'def double(x):'
    """
    first, _, rest = source.partition("\n")
    return rest if first.startswith(MARK) else source
