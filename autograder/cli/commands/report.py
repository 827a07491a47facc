"""`autograder report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, Name, Pseudonyms, find_course


def report(
    name: Name,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where it goes; by default report/ASSIGNMENT.html."),
    ] = None,
    pseudonyms: Pseudonyms = False,
    course: CourseFolder = None,
) -> None:
    """Write a page on the class: scores, misconceptions, who needs help, every student."""
    from autograder.gradebook.pseudonyms import pseudonyms_of
    from autograder.report.page import write_report

    place = find_course(name, course)
    called = pseudonyms_of(place) if pseudonyms else None
    print(f"Wrote {write_report(place, name, output, called)}")
