"""`autograder feedback`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.common import (
    DONE,
    WRONG,
    CourseFolder,
    Name,
    find_course,
    progress_bar,
)
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.course import Course

PLATFORMS = ("moodle", "gradescope")


Student = Annotated[
    str | None,
    typer.Argument(
        metavar="[STUDENT]",
        help="Only this student's page; with --for moodle the zip of all hand-ins instead, as "
        "it was downloaded.",
    ),
]
Platform = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="PLATFORM",
        help="moodle: pack the pages into the folders of a download. gradescope: write a "
        "results.json beside each page.",
    ),
]
Roster = Annotated[
    Path | None,
    typer.Option(metavar="CSV", help="With --for moodle: the roster given to `collect`."),
]


def feedback(
    name: Name,
    student: Student = None,
    platform: Platform = None,
    roster: Roster = None,
    course: CourseFolder = None,
) -> None:
    """Write a page for each student that is graded: what passed, what failed, and why.

    The pages are where `nbgrader generate_feedback` writes the same; those that are up to date
    stay as they are.
    """
    place = find_course(name, course)
    if platform not in (None, *PLATFORMS):
        raise UserError(f"There is nothing for {platform!r}: choose {' or '.join(PLATFORMS)}.")
    if platform == "moodle" and student is None:
        raise UserError("Name the zip of all hand-ins that you downloaded from Moodle.")
    one = None if platform == "moodle" else student
    _write_pages(place, name, one)
    if platform == "moodle":
        raise typer.Exit(_for_moodle(place, name, Path(student or ""), roster))
    if platform == "gradescope":
        from autograder.platforms.gradescope_results import write_results

        print(f"Wrote {write_results(place, name, one)} files results.json beside the pages.")


def _write_pages(course: Course, name: str, student: str | None) -> None:
    from autograder.feedback.facts import students_for
    from autograder.feedback.writing import write_pages

    students = students_for(course, name, student)
    written = 0
    with progress_bar("pages") as bar:
        for _path, is_new in bar.track(write_pages(course, name, students), len(students)):
            written += is_new
    where = course.feedback() / (student or "STUDENT") / name / f"{name}.html"
    print(f"{written} of {len(students)} pages were new or outdated: see {where}")


def _for_moodle(course: Course, name: str, download: Path, roster: Path | None) -> int:
    from autograder.feedback.writing import page_path
    from autograder.gradebook.people import read_people
    from autograder.platforms.moodle_feedback import pack
    from autograder.platforms.rosters import read_for_downloads

    known = read_for_downloads(roster) if roster else None
    target = download.with_name(f"{download.stem}-feedback.zip")
    people = read_people(course)
    done = pack(download, target, people, lambda student: page_path(course, name, student), known)
    for sentence in done.left_out:
        print(f"No page: {sentence}", file=sys.stderr)
    print(f"Packed {len(done.students)} pages into {target}")
    return WRONG if done.left_out else DONE
