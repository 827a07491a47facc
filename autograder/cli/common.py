"""What the verbs share: their arguments, exit codes and progress bar."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from autograder.course import Course

# Exit codes: done, and something graded was wrong or refused as asked. `main` has 2: could not run.
DONE, WRONG = 0, 1
INTERRUPTED = 130  # as shells have it

Name = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="Its name, as its folder has it.")]
CourseFolder = Annotated[
    Path | None,
    typer.Option("--course", metavar="FOLDER", help="The course; by default found from here up."),
]

Pseudonyms = Annotated[
    bool,
    typer.Option(
        "--pseudonyms",
        help="Call students by names that stay the same in this course and lead back nowhere.",
    ),
]


def registered_course(folder: Path | None, name: str) -> Course:
    """Return the course; refuse an assignment that has no exercises registered."""
    from autograder.authoring import exercises
    from autograder.course import Course

    course = Course.find(folder)
    exercises.load(course, name)
    return course


def find_course(name: str, folder: Path | None) -> Course:
    """Return the course if it has the assignment, be it one of our own or another instructor's."""
    from autograder.course import Course

    course = Course.find(folder)
    is_name = Path(name).name == name and not name.startswith(".")
    if not is_name or not course.notebooks(name):
        from autograder.authoring import exercises

        exercises.load(course, name)
    return course


def report_check(differences: list[str], path: Path, remedy: str) -> NoReturn:
    """Print what a check found, say which verb mends it, and exit."""
    if not differences:
        print(f"{path} is up to date.")
        raise typer.Exit(DONE)
    for difference in differences:
        print(f"{path}: {difference}", file=sys.stderr)
    print(f"{path} is outdated: run `autograder {remedy}` and look at the changes.")
    raise typer.Exit(WRONG)


def progress_bar(unit: str) -> Progress:
    """Return a progress bar on stderr, shown in a terminal only."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
