"""`autograder explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, registered_course
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

    from autograder.authoring import exercises
    from autograder.feedback.facts import collect, students_for
    from autograder.feedback.terminal import explain as tell
    from autograder.feedback.terminal import find_exercise

    name = assignment or _only_assignment(Course.find(course))
    place = registered_course(course, name)
    exercise_id = find_exercise(exercises.load(place, name), exercise)
    (facts,) = collect(place, name, students_for(place, name, student))
    Console(highlight=False).print(tell(facts, exercise_id))


def _only_assignment(course: Course) -> str:
    from autograder.authoring import exercises

    names = exercises.available(course)
    if len(names) != 1:
        raise UserError(f"Say which assignment: --assignment {' or '.join(names)}.")
    return names[0]
