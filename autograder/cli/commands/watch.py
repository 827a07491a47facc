"""`autograder watch`."""

from __future__ import annotations

import signal
import sys
from typing import Annotated, NoReturn

import typer

from autograder.cli.common import DONE, CourseFolder, Name, find_course
from autograder.names import printable


def watch(
    name: Name,
    isolation: Annotated[
        str,
        typer.Option(metavar="LEVEL", help="As `autograder grade` has it; by default the best."),
    ] = "",
    jobs: Annotated[
        int | None,
        typer.Option(min=1, max=256, help="How many at a time; by default one per processor."),
    ] = None,
    course: CourseFolder = None,
) -> None:
    """Grade what arrives in submitted/ as it arrives, and write that student's page.

    It goes on until Ctrl-C or SIGTERM ends it. Between two hand-ins other commands can work on the
    course; while one is graded they are told to wait.
    """
    from autograder.grading.settings import settings_of
    from autograder.grading.watching import Watch
    from autograder.sandbox.levels import BEST, level_of

    place = find_course(name, course)
    settings = settings_of(place, level=level_of(isolation or BEST), workers=jobs or 0)
    watching = Watch(place, name, settings, _tell)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        watching.run()
    except KeyboardInterrupt:
        print(f"Stopped. {watching.graded} hand-ins were graded.", file=sys.stderr)
        raise typer.Exit(DONE) from None


def _interrupt(_number: int, _frame: object) -> NoReturn:
    # A second one must not disturb the clearing up.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _tell(sentence: str) -> None:
    print(printable(sentence), flush=True)
