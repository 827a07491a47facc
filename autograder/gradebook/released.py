"""What nbgrader's gradebook and the source notebooks say of an assignment."""

from __future__ import annotations

import json
from typing import Any

from nbgrader.api import Assignment, MissingEntry, SubmittedAssignment
from sqlalchemy import select

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook, patient


@patient
def is_released(course: Course, name: str) -> bool:
    """Tell whether the gradebook knows the assignment's notebooks, which a release enters there."""
    with open_gradebook(course) as gradebook:
        try:
            known = {notebook.name for notebook in gradebook.find_assignment(name).notebooks}
            return bool(known) and known.issuperset(course.notebooks(name))
        except MissingEntry:
            return False


@patient
def students_entered(course: Course, name: str) -> set[str]:
    """Return the students who have a submission of the assignment in the gradebook."""
    submission: Any = SubmittedAssignment
    assignment: Any = Assignment
    query = select(submission.student_id).join(assignment).where(assignment.name == name)
    with open_gradebook(course) as gradebook:
        return {str(student) for student in gradebook.db.scalars(query)}


def grade_cells(course: Course, name: str, notebook: str) -> list[str]:
    """Return the grade cells of a notebook, in its order; a task is none: only a person can."""
    return [cell["grade_id"] for cell in _cells(course, name, notebook) if cell.get("grade")]


def points_of(course: Course, name: str, notebook: str) -> dict[str, float]:
    """Return what each cell that carries points is worth, tasks too, in the notebook's order."""
    return {
        cell["grade_id"]: cell["points"]
        for cell in _cells(course, name, notebook)
        if cell.get("grade") or cell.get("task")
    }


def maximal_points(course: Course, name: str) -> dict[str, float]:
    """Return what each cell that carries points is worth, notebook by notebook.

    Where there are several, a cell is called NOTEBOOK/CELL.
    """
    notebooks = course.notebooks(name)
    return {
        column_of(notebook, cell, len(notebooks)): points
        for notebook in notebooks
        for cell, points in points_of(course, name, notebook).items()
    }


def column_of(notebook: str, cell: str, notebooks: int) -> str:
    """Return what a cell of a notebook is called in an assignment of so many notebooks."""
    return cell if notebooks == 1 else f"{notebook}/{cell}"


def _cells(course: Course, name: str, notebook: str) -> list[dict[str, Any]]:
    """Return what nbgrader must know of each cell in the source of a notebook."""
    path = course.source(name) / f"{notebook}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell["metadata"].get("nbgrader", {}) for cell in cells]
