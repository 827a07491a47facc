"""Find the hand-ins of a class and say, before anything runs, which of them can be graded."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.errors import UserError
from autograder.exercise import Assignment
from autograder.notebook import SubmittedCell, UnreadableNotebook, read_submission


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment."""

    student: str
    notebook: Path


def find_submissions(course: Course, name: str) -> list[Submission]:
    """Return all hand-ins of an assignment, ordered by student.

    Raises
    ------
    UserError
        If there is none.
    """
    folders = sorted(course.submitted().glob(f"*/{name}"))
    found = [
        Submission(folder.parent.name, folder / f"{name}.ipynb")
        for folder in folders
        if folder.is_dir() and not folder.parent.name.startswith(".")
    ]
    if not found:
        raise UserError(
            f"There are no submissions in {course.submitted()}: put each notebook at "
            f"STUDENT/{name}/{name}.ipynb, or run `nbgrader collect {name}`."
        )
    return found


def read_hand_in(submission: Submission, assignment: Assignment) -> list[SubmittedCell]:
    """Return the cells of a hand-in.

    Raises
    ------
    UnreadableNotebook
        If it is missing, no notebook, or a notebook of another assignment; the message says which.
    """
    path = submission.notebook
    if not os.path.lexists(path):
        others = sorted(other.name for other in path.parent.iterdir())
        holds = ", ".join(others[:5]) or "nothing"
        raise UnreadableNotebook(f"there is no {path.name}; the folder holds {holds}")
    try:
        cells = read_submission(path)
    except UnreadableNotebook as error:
        raise UnreadableNotebook(f"{path.name} is not a readable notebook: {error}") from None
    if assignment.exercises and not any(_belongs(cell, assignment) for cell in cells):
        raise UnreadableNotebook(
            f"{path.name} is a notebook of another assignment: it has no cell of {path.stem}"
        )
    return cells


def _belongs(cell: SubmittedCell, assignment: Assignment) -> bool:
    """Tell whether a cell is one of the assignment's, or at least answers an exercise of it."""
    return any(
        cell.name in (exercise.id, exercise.answer_cell) or f"def {exercise.id}(" in cell.source
        for exercise in assignment.exercises
    )
