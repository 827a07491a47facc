"""Read the marks of a class from nbgrader's gradebook."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import MissingEntry

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
    """Tell whether the gradebook knows the assignment, which a release enters there."""
    with open_gradebook(course) as gradebook:
        try:
            return bool(gradebook.find_assignment(name).notebooks)
        except MissingEntry:
            return False


def maximal_points(course: Course, name: str) -> dict[str, float]:
    """Return what each grade cell of an assignment is worth, in the notebook's order."""
    cells = json.loads(course.notebook(name).read_text(encoding="utf-8"))["cells"]
    graded = (cell["metadata"].get("nbgrader", {}) for cell in cells)
    return {cell["grade_id"]: cell["points"] for cell in graded if cell.get("grade")}


@patient
def read_marks(course: Course, name: str, students: list[str]) -> dict[str, Mark]:
    """Return the marks of those students that the gradebook has, by student."""
    columns = maximal_points(course, name)
    with open_gradebook(course) as gradebook:
        submissions = {
            str(submission.student_id): submission
            for submission in gradebook.assignment_submissions(name)
        }
        return {
            student: Mark(student, _points(submissions[student], columns))
            for student in students
            if student in submissions
        }


def _points(submission: Any, columns: Iterable[str]) -> dict[str, float]:
    earned = {
        grade.name: float(grade.score)
        for notebook in submission.notebooks
        for grade in notebook.grades
    }
    return {column: earned.get(column, 0.0) for column in columns}
