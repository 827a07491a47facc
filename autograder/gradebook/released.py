"""What nbgrader's gradebook and the source notebooks say of an assignment."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from nbgrader.api import Assignment, SubmittedAssignment
from sqlalchemy import select

from autograder.course import Course
from autograder.gradebook.cells import known_points
from autograder.gradebook.nbgrader_api import STUDENTS_AT_ONCE, open_gradebook, patient


def why_not_released(course: Course, name: str) -> str:
    """Say why hand-ins cannot be graded by the release that the gradebook knows; nothing if so.

    What is asked and what the gradebook has rows and points for must be the same.
    """
    known = known_points(course, name)
    again = f"run `autograder release {name}`"
    if not known:
        return f"{name} is not released yet: {again} first."
    for notebook in course.notebooks(name):
        path = course.source(name) / f"{notebook}.ipynb"
        if notebook not in known:
            return f"{path} is not part of the release: take it away, or {again} to make it a part."
        if differs := _difference(points_of(course, name, notebook), known[notebook]):
            return f"{path} is not as it was released: {differs}. To grade by it {again} first."
    if gone := sorted(set(known) - set(course.notebooks(name))):
        path = course.source(name) / f"{gone[0]}.ipynb"
        return f"{path} is gone, and the release has it: put it back, or {again} without it."
    return ""


def _difference(asked: Mapping[str, float], known: Mapping[str, float]) -> str:
    """Say how the cells that carry points differ from those that the gradebook has."""
    for cell in asked:
        if cell not in known:
            return f"{cell} is new"
        if asked[cell] != known[cell]:
            return f"{cell} carries {asked[cell]:g} points, then {known[cell]:g}"
    gone = [cell for cell in known if cell not in asked]
    return f"{gone[0]} is gone" if gone else ""


@patient
def students_entered(course: Course, name: str, students: Collection[str]) -> set[str]:
    """Return which of these students, at least, have a submission of it in the gradebook."""
    submission: Any = SubmittedAssignment
    assignment: Any = Assignment
    query = select(submission.student_id).join(assignment).where(assignment.name == name)
    if len(students) <= STUDENTS_AT_ONCE:
        query = query.where(submission.student_id.in_(students))
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
