"""`autograder feedback`."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, Name, progress_bar, registered_course


def feedback(
    name: Name,
    student: Annotated[
        str | None, typer.Argument(metavar="[STUDENT]", help="Only this student's page.")
    ] = None,
    course: CourseFolder = None,
) -> None:
    """Write a page for each student that is graded: what passed, what failed, and why.

    The pages are where `nbgrader generate_feedback` writes the same; those that are up to date
    stay as they are.
    """
    from autograder.feedback.facts import students_for
    from autograder.feedback.writing import write_pages

    place = registered_course(course, name)
    students = students_for(place, name, student)
    written = 0
    with progress_bar("pages") as bar:
        for _path, is_new in bar.track(write_pages(place, name, students), len(students)):
            written += is_new
    where = place.feedback() / (student or "STUDENT") / name / f"{name}.html"
    print(f"{written} of {len(students)} pages were new or outdated: see {where}")
