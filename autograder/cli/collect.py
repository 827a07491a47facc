"""`autograder collect`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import DONE, WRONG, CourseFolder, Name, find_course


def collect(
    name: Name,
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER_OR_ZIP...", help="What the learning platform gave you."),
    ],
    pattern: Annotated[
        str | None,
        typer.Option(
            metavar="REGEX",
            help="Groups student_id, file_id and perhaps timestamp, matched against each file's "
            "path; by default c.FileNameCollectorPlugin.named_regexp of nbgrader_config.py, else "
            "STUDENT/FILE.",
        ),
    ] = None,
    course: CourseFolder = None,
) -> None:
    """Bring hand-ins of a download into submitted/; refuse what is unsafe, and say why."""
    from autograder.gradebook.kept import private_folder
    from autograder.grading.locking import only_run
    from autograder.handin import collecting

    place = find_course(name, course)
    wanted = collecting.pattern_of(place, name, pattern)
    with only_run(private_folder(place) / "grading.lock"):
        done = collecting.collect(place, name, sources, wanted)
    for sentence in done.refused:
        print(sentence, file=sys.stderr)
    print(f"Collected {len(done.students)} hand-ins into {place.submitted()}.")
    if done.kept:
        print(f"Kept {len(done.kept)} that are newer than what was to be collected.")
    raise typer.Exit(WRONG if done.refused or not (done.students or done.kept) else DONE)
