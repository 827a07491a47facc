"""`autograder similar`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, Name, find_course

MOST_LISTED = 20


def similar(
    name: Name,
    others: Annotated[
        Path | None,
        typer.Option(
            "--with",
            metavar="FOLDER",
            help="Other hand-ins to compare with, a folder for each student: last year's.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="By default report/ASSIGNMENT-similar.html."),
    ] = None,
    course: CourseFolder = None,
) -> None:
    """List hand-ins worth a look together, and show both codes; it is never a verdict."""
    from autograder.names import printable
    from autograder.similarity.page import write_similar

    found, path = write_similar(find_course(name, course), name, others, output)
    for cell, tells in found.tells.items():
        if not tells:
            print(f"{cell} tells nobody apart: its answers are too alike.")
    for group in found.groups:
        print(f"Together: {printable(', '.join(group))}")
    for pair in found.pairs[:MOST_LISTED]:
        who = printable(f"{pair.one.label} and {pair.other.label}")
        print(f"{pair.share:4.0%}  {who}{''.join(f'; {printable(w)}' for w in pair.witnesses[:3])}")
    if len(found.pairs) > MOST_LISTED:
        print(f"and {len(found.pairs) - MOST_LISTED} pairs more")
    print(f"{len(found.pairs)} pairs of {found.count} hand-ins are worth a look: see {path}")
