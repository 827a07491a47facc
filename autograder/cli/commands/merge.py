"""`autograder merge`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import DONE, WRONG, CourseFolder
from autograder.course import Course
from autograder.names import printable

Bundles = Annotated[
    list[Path], typer.Argument(metavar="BUNDLE...", help="What `grade --shard` has written.")
]


def merge(bundles: Bundles, course: CourseFolder = None) -> None:
    """Enter bundles of graded hand-ins into the gradebook, each hand-in once, in any order."""
    from autograder.cluster.merging import merge as merge_all

    merged = merge_all(Course.find(course), bundles)
    for one in merged:
        print(printable(str(one)))
    raise typer.Exit(WRONG if any(one.outdated for one in merged) else DONE)
