"""Enter students in nbgrader's gradebook, again and again without harm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nbgrader.api import Student
from sqlalchemy import select

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook, patient
from autograder.gradebook.people import Person


@patient
def enrol(course: Course, people: Iterable[Person]) -> tuple[int, int]:
    """Enter who is new and what is new of the others; return how many there were of each.

    What a list does not tell stays as it is, and nobody is taken out.
    """
    new = changed = 0
    with open_gradebook(course) as gradebook:
        known: dict[str, Any] = {str(row.id): row for row in gradebook.db.scalars(select(Student))}
        for person in people:
            told = {key: text for key, text in _columns(person).items() if text}
            if person.id not in known:
                gradebook.db.add(Student(id=person.id, **told))
                new += 1
                continue
            row = known[person.id]
            differs = {key: text for key, text in told.items() if getattr(row, key) != text}
            for key, text in differs.items():
                setattr(row, key, text)
            changed += bool(differs)
        gradebook.db.commit()
    return new, changed


def _columns(person: Person) -> dict[str, Any]:
    return {
        "first_name": person.first,
        "last_name": person.last,
        "email": person.email,
        "lms_user_id": person.platform_id,
    }
