"""`autograder report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, Name, find_course


def report(
    name: Name,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where it goes; by default report/ASSIGNMENT.html."),
    ] = None,
    course: CourseFolder = None,
) -> None:
    """Write a page on the class: scores, misconceptions, who needs help, every student."""
    from autograder.report.page import write_report

    print(f"Wrote {write_report(find_course(name, course), name, output)}")
