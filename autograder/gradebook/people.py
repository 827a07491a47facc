"""The students of the gradebook, with all that others know them by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbgrader.api import Student
from sqlalchemy import select

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook, patient


@dataclass(frozen=True)
class Person:
    """A student: what the course calls them, and what a platform does.

    Attributes
    ----------
    platform_id : str
        The platform's own id, nbgrader's `lms_user_id`.
    """

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    platform_id: str = ""

    @property
    def name(self) -> str:
        """The full name, if it is known."""
        return f"{self.first} {self.last}".strip()


@patient
def read_people(course: Course) -> dict[str, Person]:
    """Return all students of the gradebook, by what the course calls them."""
    parts: Any = (
        Student.id,
        Student.first_name,
        Student.last_name,
        Student.email,
        Student.lms_user_id,
    )
    with open_gradebook(course) as gradebook:
        rows: Any = gradebook.db.execute(select(*parts).order_by(Student.id)).all()
    return {row[0]: Person(*(cell or "" for cell in row)) for row in rows}
