"""`autograder collect`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.common import DONE, WRONG, CourseFolder, Name, find_course

if TYPE_CHECKING:
    from autograder.handin.downloads.collecting import Collected


def collect(
    name: Name,
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER_OR_ZIP...", help="What the learning platform gave you."),
    ],
    roster: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help="A table of the class from the platform: its ids become the course's own.",
        ),
    ] = None,
    id_column: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="The roster's column with the course's own ids."),
    ] = None,
    pattern: Annotated[
        str | None,
        typer.Option(
            metavar="REGEX",
            help="For other names: groups student_id, file_id, perhaps timestamp and platform_id; "
            "by default c.FileNameCollectorPlugin.named_regexp of nbgrader_config.py, if set.",
        ),
    ] = None,
    course: CourseFolder = None,
) -> None:
    """Bring hand-ins of a download into submitted/; refuse what is unsafe, and say why."""
    from autograder.grading.locking import only_run
    from autograder.handin.downloads import collecting, whose
    from autograder.platforms.rosters import read_for_downloads

    place = find_course(name, course)
    wanted = whose.pattern_of(place, pattern)
    known = read_for_downloads(roster, id_column) if roster else None
    with only_run(place):
        done = collecting.collect(place, name, sources, wanted, known)
    _tell(done, place.submitted())
    raise typer.Exit(WRONG if done.refused or not (done.students or done.kept) else DONE)


def _tell(done: Collected, submitted: Path) -> None:
    for sentence in done.refused:
        print(sentence, file=sys.stderr)
    for sentence in (*done.taken_for, *done.left_aside):
        print(sentence)
    print(f"Collected {len(done.students)} hand-ins into {submitted}.")
    counts = {
        f"{len(done.late)} of them are late, as the platform says.": done.late,
        f"{len(done.replaced)} of them replace an older one.": done.replaced,
        f"Kept {len(done.kept)} that are newer than what was to be collected.": done.kept,
        f"Left {len(done.left_aside)} files aside that a newer one replaces.": done.left_aside,
        f"Left {done.own} files aside that the platform adds by itself.": done.own,
        f"Left {done.by_systems} files aside that systems leave, such as .ipynb_checkpoints.": (
            done.by_systems
        ),
        f"Refused {len(done.refused)}: see above.": done.refused,
    }
    for sentence, counted in counts.items():
        if counted:
            print(sentence)
