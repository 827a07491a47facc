"""`autograder export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, Name, find_course
from autograder.errors import UserError


def export(
    name: Name,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where they go; by default report/ASSIGNMENT.csv or .json."
        ),
    ] = None,
    kind: Annotated[str, typer.Option("--format", metavar="FORMAT", help="csv or json.")] = "csv",
    course: CourseFolder = None,
) -> None:
    """Write everybody's grades: nbgrader's columns, points by exercise, misconceptions."""
    from autograder.gradebook.export import Format, write_grades

    if kind not in list(Format):
        raise UserError(f"There is no format {kind!r}: choose {' or '.join(Format)}.")
    print(f"Wrote {write_grades(find_course(name, course), name, Format(kind), output)}")
