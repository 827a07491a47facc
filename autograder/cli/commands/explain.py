"""`autograder explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, find_course
from autograder.course import Course
from autograder.errors import UserError


def explain(
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="Who handed it in.")],
    exercise: Annotated[
        str,
        typer.Argument(metavar="EXERCISE", help="Its name, the beginning of it, or its number."),
    ],
    assignment: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The assignment, where the course has several."),
    ] = None,
    course: CourseFolder = None,
) -> None:
    """Tell what a student's feedback page tells of one exercise."""
    from rich.console import Console

    from autograder.feedback.facts import collect, students_for
    from autograder.feedback.terminal import explain as tell
    from autograder.feedback.terminal import find_exercise

    name = _graded_assignment(Course.find(course), student) if assignment is None else assignment
    place = find_course(name, course)
    (facts,) = collect(place, name, students_for(place, name, student))
    exercise_id = find_exercise(name, list(facts.maxima), exercise)
    Console(highlight=False).print(tell(facts, exercise_id))


def _graded_assignment(course: Course, student: str) -> str:
    """Return the assignment that is meant: the one that is graded, for this student or at all."""
    from autograder.authoring import exercises
    from autograder.feedback.facts import graded_students

    names = sorted({*exercises.available(course), *course.assignments()})
    graded = {name: known for name in names if (known := graded_students(course, name))}
    theirs = [name for name, known in graded.items() if student in known]
    for found in (theirs, list(graded), names):
        if len(found) == 1:
            return found[0]
    if not names:
        raise UserError(f"{course.root} holds no assignment yet.")
    raise UserError(f"Say which assignment: --assignment {' or '.join(theirs or graded or names)}.")
