"""Read the marks of a class from nbgrader's gradebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import MissingEntry

from autograder.course import Course
from autograder.exercise import Assignment
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


def read_marks(course: Course, assignment: Assignment, students: list[str]) -> dict[str, Mark]:
    """Return the marks of those students that the gradebook has, by student."""
    with open_gradebook(course) as gradebook:
        submissions = {
            str(submission.student_id): submission
            for submission in gradebook.assignment_submissions(assignment.name)
        }
        return {
            student: Mark(student, _points(submissions[student], assignment))
            for student in students
            if student in submissions
        }


def _points(submission: Any, assignment: Assignment) -> dict[str, float]:
    earned = {
        grade.name: float(grade.score)
        for notebook in submission.notebooks
        for grade in notebook.grades
    }
    return {exercise.id: earned.get(exercise.id, 0.0) for exercise in assignment.exercises}
