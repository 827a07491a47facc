"""`autograder release`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.common import CourseFolder, Name, find_course, report_check

if TYPE_CHECKING:
    from autograder.course import Course


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
    releaser.require_releasable(place, name)
    cells = _cells_of_its_own(place, name)
    done = releaser.release(place, name)
    for change in done.changes:
        print(change)
    listed = ", ".join(f"{notebook} {points:g}" for notebook, points in done.points.items())
    notebooks = "1 notebook" if len(done.points) == 1 else f"{len(done.points)} notebooks"
    of_each = f" ({listed})" if len(done.points) > 1 else ""
    print(f"Released {done.folder}: {notebooks}, {sum(done.points.values()):g} points{of_each}.")
    if cells:
        print(cells)


def _cells_of_its_own(course: Course, name: str) -> str:
    """Return how an assignment without registered exercises is judged, in a sentence."""
    from autograder.authoring.exercises import available
    from autograder.grading.examining.checking import check, require, summed
    from autograder.grading.settings import settings_of

    notebooks = course.notebooks(name)
    if not notebooks or set(notebooks) <= set(available(course)):
        return ""
    lines = check(course, name, settings_of(course, workers=1), anew=False)
    require(course, lines)
    return summed(lines) if lines else ""
