"""`autograder doctor`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.cli.common import DONE, WRONG, CourseFolder
from autograder.course import Course


def doctor(
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print a list instead: name, holds, needed, detail, remedy of each part."
        ),
    ] = False,
    course: CourseFolder = None,
) -> None:
    """Try each part of the isolation that grading needs, on this machine, as this user."""
    from dataclasses import asdict

    from autograder.sandbox import doctor as examiner

    root = Course.find(course).root if course else Path.cwd()
    findings = examiner.examine(root.resolve())
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        Console().print(examiner.as_table(findings))
        enough = "all" if examiner.sufficient(findings) else "less than"
        print(f"This machine gives {enough} the isolation that grading needs.")
    raise typer.Exit(DONE if examiner.sufficient(findings) else WRONG)
