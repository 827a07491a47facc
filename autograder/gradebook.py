"""Read the marks of a class from nbgrader's gradebook."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import (
    BaseCell,
    Grade,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select

from autograder.course import Course
from autograder.nbgrader_api import open_gradebook


@dataclass(frozen=True)
class Mark:
    """One student's points, per exercise id."""

    student: str
    points: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """All points together."""
        return sum(self.points.values())


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


def read_marks(course: Course, name: str, students: list[str]) -> dict[str, Mark]:
    """Return the marks of those students that the gradebook has, by student."""
    columns = maximal_points(course, name)
    earned: dict[str, dict[str, float]] = {}
    with open_gradebook(course) as gradebook:
        # One query: by nbgrader's own objects it would be several for each student.
        rows: Any = gradebook.db.execute(_scores_of(str(gradebook.find_assignment(name).id)))
        for student, cell, score in rows:
            earned.setdefault(student, {})[cell] = float(score)
    return {
        student: Mark(student, {column: earned[student].get(column, 0.0) for column in columns})
        for student in students
        if student in earned
    }


def _scores_of(assignment_id: str) -> Any:
    """Select the student, the cell's name and the score of each grade of an assignment."""
    return (
        select(SubmittedAssignment.student_id, BaseCell.name, Grade.score)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .where(SubmittedAssignment.assignment_id == assignment_id)
    )
