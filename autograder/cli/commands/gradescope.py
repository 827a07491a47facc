"""`autograder gradescope`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, Name, find_course
from autograder.errors import UserError

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "--out",
        metavar="FILE",
        help="Where it goes; by default report/ASSIGNMENT-gradescope.zip.",
    ),
]
Isolation = Annotated[
    str,
    typer.Option(
        metavar="LEVEL",
        help="best (the default: what the container gives, of the levels that protect), "
        "landlock, namespaces, or process: no protection, for people you trust.",
    ),
]
Laid = Annotated[
    Path | None,
    typer.Option(
        "--grade",
        metavar="FOLDER",
        help="What run_autograder in that zip says: grade the hand-in in this folder, which is "
        "laid out as /autograder.",
    ),
]


def gradescope(
    name: Name,
    output: Output = None,
    isolation: Isolation = "",
    folder: Laid = None,
    course: CourseFolder = None,
) -> None:
    """Make the zip from which Gradescope builds an autograder that grades with this engine."""
    from autograder.sandbox.levels import level_of

    place = find_course(name, course)
    if folder is not None:
        from autograder.platforms.gradescope_container import grade_in_container

        if output or isolation:
            raise UserError("--grade takes what the zip was made with: leave the others out.")
        print(f"Wrote {grade_in_container(place, name, folder)}")
        return
    from autograder.platforms.gradescope_zip import write_zip

    path = write_zip(place, name, output, level_of(isolation) if isolation else None)
    print(f"Wrote {path}: it holds the solutions and hidden cases, for Gradescope alone.")
    print("Upload it under Configure Autograder, with a base image of Ubuntu 22.04 or newer.")
