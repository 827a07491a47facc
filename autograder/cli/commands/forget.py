"""`autograder forget`."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.common import DONE, WRONG, CourseFolder


def forget(
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="Who has left.")],
    yes: Annotated[bool, typer.Option("--yes", help="Remove it, and do not ask.")] = False,
    course: CourseFolder = None,
) -> None:
    """List all that is kept of a student in the course, and remove it once it is confirmed."""
    from autograder.course import Course
    from autograder.gradebook import forgetting
    from autograder.gradebook.people import read_people
    from autograder.grading.locking import only_run
    from autograder.names import printable

    place = Course.find(course)
    found = forgetting.kept_of(place, student)
    is_entered = student in read_people(place)
    for path in found:
        print(printable(str(path)))
    if is_entered:
        print(f"{printable(student)} in the gradebook, with all marks and comments")
    if not found and not is_entered:
        print(f"Nothing is kept of {printable(student)}.")
        raise typer.Exit(DONE)
    if not yes and not typer.confirm("Remove all of this?"):
        print("Nothing is removed.")
        raise typer.Exit(WRONG)
    with only_run(place):
        forgetting.forget(place, student)
    print("It is removed. Pages and tables on the class are to be made anew; backups are yours.")
