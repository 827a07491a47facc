"""`autograder site`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import CourseFolder
from autograder.course import Course


def site(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ASSIGNMENT]...", help="By default all that are released."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help="Where to write it; by default site/."),
    ] = None,
    pyodide: Annotated[
        Path | None,
        typer.Option(
            "--pyodide",
            metavar="FOLDER",
            help="Pyodide's files, for the site to have; by default browsers ask its CDN.",
        ),
    ] = None,
    course: CourseFolder = None,
) -> None:
    """Build a static site in which the student versions run in the browser."""
    from autograder.site.building import build

    place = Course.find(course)
    done = build(place, names or [], (to or place.root / "site").resolve(), pyodide)
    print(f"Built {done.folder}: {len(done.notebooks)} notebooks, {done.size / 1e6:.0f} MB.")
    print(f"Look at it: python -m http.server --directory {done.folder}")
