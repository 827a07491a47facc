"""What people do to the gradebook of the small course beside grading by program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook
from tests.support.tiny_course import NAME, silent


def edit(course: Course, change: Callable[[Gradebook], None]) -> None:
    with silent(), open_gradebook(course) as gradebook:
        change(gradebook)
        gradebook.db.commit()


def of(gradebook: Gradebook, student: str, notebook: str = "one") -> tuple[str, str, str]:
    return notebook, NAME, student


def people_grade(gradebook: Gradebook) -> None:
    """What the formgrader page does when people grade, comment, flag and give extra credit."""
    manual = {
        ("test_one", "everything right"): (0.5, None),
        ("essay", "everything right"): (2.5, 1.0),
        ("project", "everything right"): (4.0, None),
        ("test_one", "nothing done"): (None, 0.25),
        ("project", "late"): (1.5, 0.1),
        ("essay", "late and empty"): (0.0, None),
    }
    for (cell_name, student), (score, extra) in manual.items():
        grade: Any = gradebook.find_grade(cell_name, *of(gradebook, student))
        grade.manual_score, grade.extra_credit = score, extra
        grade.needs_manual_grade = score is None and grade.auto_score is None
    for cell_name in ("function", "project"):
        comment: Any = gradebook.find_comment(cell_name, *of(gradebook, "nothing done"))
        comment.manual_comment = "Please try."
    flagged: Any = gradebook.find_submission_notebook(*of(gradebook, "partly right"))
    flagged.flagged = True
