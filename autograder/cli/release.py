"""`autograder release`."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, Name, registered_course, report_check


def release(
    name: Name,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the release is outdated.")
    ] = False,
    course: CourseFolder = None,
) -> None:
    """Make the student version, enter it in the gradebook, and prove that it leaks nothing."""
    from autograder.authoring import release as releaser

    place = registered_course(course, name)
    if check:
        report_check(releaser.outdated(place, name), place.release(name), "release")
    print(f"Released {releaser.release(place, name)}")
