"""`autograder init` and `autograder new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, Name


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made if it is not there.")],
) -> None:
    """Begin a course: a folder in which nbgrader's commands and these work without flags."""
    from autograder.authoring.starting import start_course

    for path in start_course(folder):
        print(f"Wrote {path}")
    print(f"Next: cd {folder} && autograder new week1")


def new(name: Name, course: CourseFolder = None) -> None:
    """Write a small assignment that builds, releases, grades and proves at once; then change it."""
    from autograder.authoring.starting import start_assignment
    from autograder.course import Course

    place = Course.find(course)
    for path in start_assignment(place, name):
        print(f"Wrote {path}")
    print(f"Next: autograder build {name}. TODO marks where you go on.")
