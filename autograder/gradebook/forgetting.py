"""Remove all that is kept of a student who has left, as data protection asks."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from nbgrader.api import Student

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import files_on
from autograder.gradebook.nbgrader_api import open_gradebook, patient
from autograder.gradebook.people import read_people
from autograder.gradebook.set_aside import forget_aside
from autograder.names import why_unfit


def kept_of(course: Course, student: str) -> list[Path]:
    """Return the files and folders that hold something of a student, those on the class too.

    Raises
    ------
    UserError
        If no student can have this name, and the gradebook has nobody who has.
    """
    is_entered = student in read_people(course)
    is_fit = not (why_unfit(student) or "/" in student or "\\" in student)
    if not is_fit and not is_entered:
        raise UserError(f"{student!r} is no student's name.")
    found = _own_files(course, student) if is_fit else []
    if found or is_entered:
        found += [
            path for path in sorted(course.report("x", "x").parent.glob("*")) if path.is_file()
        ]
    return found


def _own_files(course: Course, student: str) -> list[Path]:
    folders = [course.submitted(), course.autograded(), course.feedback()]
    found = [folder / student for folder in folders]
    found = [path for path in found if path.is_symlink() or path.exists()]
    return found + files_on(course, student)


def forget(course: Course, student: str) -> list[Path]:
    """Remove them, and the student's rows in the gradebook; return what was removed.

    Pages and tables on the class are removed as a whole: they are made anew without the student.
    """
    found = kept_of(course, student)
    _forget_rows(course, student)
    forget_aside(course, student)
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return found


@patient
def _forget_rows(course: Course, student: str) -> None:
    with open_gradebook(course) as gradebook:
        row: Any = gradebook.db.get(Student, student)
        if row is not None:
            gradebook.remove_student(student)
