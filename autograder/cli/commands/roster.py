"""`autograder roster`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import DONE, WRONG, CourseFolder


def roster(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The platform's table of the class, or nbgrader's."),
    ],
    id_column: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="The column with the course's own ids."),
    ] = None,
    course: CourseFolder = None,
) -> None:
    """Enter the class in the gradebook, with names, addresses and the platform's ids."""
    from autograder.course import Course
    from autograder.platforms.rosters import read_into_gradebook

    done = read_into_gradebook(Course.find(course), file, id_column)
    for sentence in done.refused:
        print(sentence, file=sys.stderr)
    print(f"{file} is taken for a table of {done.platform}; students are called by {done.own}.")
    print(f"{done.new} students are new, {done.changed} changed, {done.same} as they were.")
    raise typer.Exit(WRONG if done.refused else DONE)
