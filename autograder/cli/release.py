"""`autograder release`."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.common import CourseFolder, Name, find_course, report_check


def release(
    name: Name,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the release is outdated.")
    ] = False,
    course: CourseFolder = None,
) -> None:
    """Make the student version, enter it in the gradebook, and prove that it leaks nothing."""
    from autograder.authoring import release as releaser

    place = find_course(name, course)
    if check:
        report_check(releaser.outdated(place, name), place.release(name), "release")
    done = releaser.release(place, name)
    for change in done.changes:
        print(change)
    listed = ", ".join(f"{notebook} {points:g}" for notebook, points in done.points.items())
    notebooks = "1 notebook" if len(done.points) == 1 else f"{len(done.points)} notebooks"
    of_each = f" ({listed})" if len(done.points) > 1 else ""
    print(f"Released {done.folder}: {notebooks}, {sum(done.points.values()):g} points{of_each}.")
