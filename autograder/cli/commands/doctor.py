"""`autograder doctor`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import DONE, WRONG, CourseFolder


def doctor(
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print a list instead: level, name, holds, needed, detail, remedy of each part.",
        ),
    ] = False,
    course: CourseFolder = None,
) -> None:
    """Try each part of the isolation that grading needs, on this machine, as this user."""
    from dataclasses import asdict

    from rich.console import Console

    from autograder.course import Course
    from autograder.sandbox import doctor as examiner
    from autograder.sandbox.isolation import PROTECTING

    root = Course.find(course).root if course else Path.cwd()
    found = {level: examiner.examine(root.resolve(), level) for level in PROTECTING}
    best = next((level for level, parts in found.items() if examiner.sufficient(parts)), None)
    if as_json:
        parts = [asdict(part) | {"level": level} for level in found for part in found[level]]
        print(json.dumps(parts, indent=2))
    else:
        for level, findings in found.items():
            Console().print(examiner.as_table(findings, f"The level {level}"))
        print(examiner.summary(found, best))
    raise typer.Exit(WRONG if best is None else DONE)
