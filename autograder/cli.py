"""The `autograder` command: one function a verb. All it calls can be used without it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from autograder import exercises
from autograder.course import Course
from autograder.errors import UserError
from autograder.exercise import Verdict

if TYPE_CHECKING:
    from autograder.gradebook import Mark
    from autograder.sandbox.isolation import Level

# Exit codes: 0 done, 1 something graded was wrong or refused as asked, 2 could not run.
DONE, WRONG, COULD_NOT_RUN = 0, 1, 2

app = typer.Typer(
    help="Build, release and grade the assignments of this nbgrader course.\n\n"
    "An instructor's round: `build` the notebook from its text, `release` the student version, "
    "collect the hand-ins into submitted/STUDENT/ASSIGNMENT/, `grade` them. nbgrader's own "
    "commands and pages work on the same files and the same gradebook.",
    epilog="Exit codes: 0 done · 1 something is not as it should be · 2 could not run.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

Name = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="Its name, such as optimization.")]
CourseFolder = Annotated[
    Path | None,
    typer.Option("--course", metavar="FOLDER", help="The course; by default found from here up."),
]


@app.command()
def build(
    name: Name,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the notebook is outdated.")
    ] = False,
    force: Annotated[bool, typer.Option(help="Run it even if nothing has changed.")] = False,
    course: CourseFolder = None,
) -> None:
    """Make the instructor's notebook from its text, and execute it."""
    from autograder import build as builder

    place = _course(course, name)
    with _bar("cells") as bar:
        task = bar.add_task(f"Running {name}", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        if check:
            _report(builder.outdated(place, name, progress), place.notebook(name), "build --force")
        changed = builder.build(place, name, progress, force=force)
    print(f"{'Built' if changed else 'Up to date:'} {place.notebook(name)}")


@app.command()
def release(
    name: Name,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the release is outdated.")
    ] = False,
    course: CourseFolder = None,
) -> None:
    """Make the student version, enter it in the gradebook, and prove that it leaks nothing."""
    from autograder import release as releaser

    place = _course(course, name)
    if check:
        _report(releaser.outdated(place, name), place.release(name), "release")
    print(f"Released {releaser.release(place, name)}")


@app.command()
def grade(
    name: Name,
    force: Annotated[bool, typer.Option(help="Grade again what is graded already.")] = False,
    replay: Annotated[
        bool,
        typer.Option(
            "--replay", help="Write nothing: grade again with the recorded inputs and compare."
        ),
    ] = False,
    isolation: Annotated[
        str,
        typer.Option(
            metavar="LEVEL",
            help="namespaces, or process: no protection, for people you trust.",
        ),
    ] = "namespaces",
    jobs: Annotated[int, typer.Option(help="How many at a time; by default one per core.")] = 0,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print a list instead: student, points (per exercise), total, refused, flags.",
        ),
    ] = False,
    course: CourseFolder = None,
) -> None:
    """Grade the hand-ins that are new or changed, and print everybody's points."""
    from autograder import grading
    from autograder.gradebook import maximal_points, read_marks
    from autograder.pool import Settings
    from autograder.submission import find_submissions
    from autograder.tables import print_marks, print_remarks

    place = _course_with(name, course)
    settings = Settings(level=_level(isolation), workers=jobs)
    with _bar("hand-ins") as bar:
        task = bar.add_task(f"Grading {name}", total=len(find_submissions(place, name)))

        def progress(_student: str) -> None:
            bar.advance(task)

        if replay:
            _report_replay(grading.replay(place, name, settings, progress))
        verdicts = grading.grade(place, name, settings, progress, force=force)
    marks = read_marks(place, name, [verdict.student for verdict in verdicts])
    if as_json:
        print(json.dumps([_as_json(v, marks[v.student]) for v in verdicts], indent=2))
    else:
        print_marks(name, list(marks.values()), maximal_points(place, name))
        print_remarks(verdicts)
    raise typer.Exit(WRONG if any(not verdict.is_judged for verdict in verdicts) else DONE)


@app.command()
def doctor(
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print a list instead: name, holds, needed, detail, remedy of each part."
        ),
    ] = False,
    course: CourseFolder = None,
) -> None:
    """Try each part of the isolation that grading needs, on this machine, as this user."""
    from dataclasses import asdict

    from autograder import doctor as examiner

    findings = examiner.examine((course or Path.cwd()).resolve())
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        Console().print(examiner.as_table(findings))
        enough = "all" if examiner.sufficient(findings) else "less than"
        print(f"This machine gives {enough} the isolation that grading needs.")
    raise typer.Exit(DONE if examiner.sufficient(findings) else WRONG)


def main() -> None:
    """Run the command; a mistake of the user's is one sentence on stderr."""
    # To check internationalised addresses, which no notebook's schema has, jsonschema would import
    # this and build a parser: a third of the time that a command takes to start.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    try:
        app()
    except UserError as error:
        print(f"autograder: {error}", file=sys.stderr)
        sys.exit(COULD_NOT_RUN)


def _course(folder: Path | None, name: str) -> Course:
    exercises.load(name)
    return Course.find(folder)


def _course_with(name: str, folder: Path | None) -> Course:
    """Return the course if it has the assignment, be it one of our own or another instructor's."""
    course = Course.find(folder)
    is_name = Path(name).name == name and not name.startswith(".")
    if not is_name or not course.notebook(name).is_file():
        exercises.load(name)
    return course


def _report(differences: list[str], path: Path, remedy: str) -> NoReturn:
    """Print what a check found, say which verb mends it, and exit."""
    if not differences:
        print(f"{path} is up to date.")
        raise typer.Exit(DONE)
    for difference in differences:
        print(f"{path}: {difference}", file=sys.stderr)
    print(f"{path} is outdated: run `autograder {remedy}` and look at the changes.")
    raise typer.Exit(WRONG)


def _bar(unit: str) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _as_json(verdict: Verdict, mark: Mark) -> dict[str, Any]:
    return {
        "student": verdict.student,
        "points": mark.points,
        "total": mark.total,
        "refused": verdict.refused,
        "flags": verdict.flags,
    }


def _report_replay(differences: dict[str, str]) -> NoReturn:
    for student, difference in differences.items():
        print(f"{student}: {difference}", file=sys.stderr)
    print("The replay differs." if differences else "The replay gives the same verdicts.")
    raise typer.Exit(WRONG if differences else DONE)


def _level(name: str) -> Level:
    from autograder.sandbox.isolation import Level

    if name not in list(Level):
        raise UserError(f"There is no isolation {name!r}: choose {' or '.join(Level)}.")
    return Level(name)
