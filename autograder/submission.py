"""Find the hand-ins of a class and say, before anything runs, which of them can be graded."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.errors import UserError
from autograder.exercise import Assignment
from autograder.notebook import UnreadableNotebook, read_submission


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


def problem_with(submission: Submission, assignment: Assignment) -> str:
    """Say in one sentence why a hand-in cannot be graded, or return an empty string."""
    path = submission.notebook
    if not os.path.lexists(path):
        others = sorted(other.name for other in path.parent.iterdir())
        return f"there is no {path.name}; the folder holds {', '.join(others) or 'nothing'}"
    try:
        cells = read_submission(path)
    except UnreadableNotebook as error:
        return f"{path.name} is not a readable notebook: {error}"
    known = {exercise.id for exercise in assignment.exercises}
    known |= {exercise.answer_cell for exercise in assignment.exercises}
    if known.isdisjoint(cell.name for cell in cells):
        return f"{path.name} is a notebook of another assignment: it has no cell of {path.stem}"
    return ""
