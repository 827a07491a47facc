"""Read the marks of a class from nbgrader's gradebook."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import Assignment, MissingEntry, SubmittedAssignment
from sqlalchemy import select

from autograder.course import Course
from autograder.nbgrader_api import open_gradebook, patient


@dataclass(frozen=True)
class Mark:
    """One student's points, per exercise id."""

    student: str
    points: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """All points together."""
        return sum(self.points.values())


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


def points_of(course: Course, name: str, notebook: str) -> dict[str, float]:
    """Return what each grade cell of a notebook is worth, in the notebook's order."""
    path = course.source(name) / f"{notebook}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    graded = (cell["metadata"].get("nbgrader", {}) for cell in cells)
    return {cell["grade_id"]: cell["points"] for cell in graded if cell.get("grade")}


def maximal_points(course: Course, name: str) -> dict[str, float]:
    """Return what each grade cell of an assignment is worth, notebook by notebook.

    Where there are several, a cell is called NOTEBOOK/CELL.
    """
    notebooks = course.notebooks(name)
    return {
        _column(notebook, cell, len(notebooks)): points
        for notebook in notebooks
        for cell, points in points_of(course, name, notebook).items()
    }


@patient
def read_marks(course: Course, name: str, students: list[str]) -> dict[str, Mark]:
    """Return the marks of those students that the gradebook has, by student."""
    columns, notebooks = maximal_points(course, name), len(course.notebooks(name))
    with open_gradebook(course) as gradebook:
        submissions = {
            str(submission.student_id): submission
            for submission in gradebook.assignment_submissions(name)
        }
        return {
            student: Mark(student, _points(submissions[student], columns, notebooks))
            for student in students
            if student in submissions
        }


def _points(submission: Any, columns: Iterable[str], notebooks: int) -> dict[str, float]:
    earned = {
        _column(notebook.name, grade.name, notebooks): float(grade.score)
        for notebook in submission.notebooks
        for grade in notebook.grades
    }
    return {column: earned.get(column, 0.0) for column in columns}


def _column(notebook: str, cell: str, notebooks: int) -> str:
    return cell if notebooks == 1 else f"{notebook}/{cell}"
