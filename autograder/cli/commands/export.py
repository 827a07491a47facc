"""`autograder export`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.common import DONE, WRONG, CourseFolder, Name, Pseudonyms, find_course
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.platforms.filling import Wishes
    from autograder.platforms.layout import Column

INTO = "With --into"


Output = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Where they go; by default report/ASSIGNMENT.csv or .json."),
]
Kind = Annotated[str, typer.Option("--format", metavar="FORMAT", help="csv or json.")]
Into = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The table that you downloaded from Canvas, Moodle, Brightspace, Blackboard or "
        "Gradescope: it is written beside itself with the marks filled in.",
    ),
]
TheColumn = Annotated[
    str | None,
    typer.Option(
        metavar="TITLE",
        help="The assignment's column in that table: its title or id.",
        rich_help_panel=INTO,
    ),
]
Overwrite = Annotated[
    bool,
    typer.Option(
        "--overwrite",
        help="Replace what is locked, excused, not assigned or higher there.",
        rich_help_panel=INTO,
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help="Show each student's old and new mark, and write nothing.",
        rich_help_panel=INTO,
    ),
]
Scale = Annotated[
    bool,
    typer.Option(
        "--scale",
        help="Scale the marks to what the platform says the assignment is out of.",
        rich_help_panel=INTO,
    ),
]
Zeros = Annotated[
    list[str] | None,
    typer.Option(
        "--zero",
        metavar="WHOM",
        help="Enter 0 for those who are missing (nothing handed in) or refused (not readable).",
        rich_help_panel=INTO,
    ),
]
Comments = Annotated[
    bool,
    typer.Option("--comments/--no-comments", help="Fill in comments.", rich_help_panel=INTO),
]


def export(
    name: Name,
    output: Output = None,
    kind: Kind = "csv",
    into: Into = None,
    column: TheColumn = None,
    overwrite: Overwrite = False,
    dry_run: DryRun = False,
    scale: Scale = False,
    zero: Zeros = None,
    comments: Comments = True,
    pseudonyms: Pseudonyms = False,
    course: CourseFolder = None,
) -> None:
    """Write everybody's grades: a table of ours, or into the one that your platform gave you."""
    place = find_course(name, course)
    if into is None:
        if column or overwrite or dry_run or scale or zero or not comments:
            raise UserError("Name the platform's table with --into FILE.")
        _own_table(place, name, kind, output, pseudonyms)
        return
    if pseudonyms:
        raise UserError("A platform's table needs the names: leave out --pseudonyms or --into.")
    if kind != "csv":
        raise UserError("A platform's table stays what it is: leave out --format or --into.")
    from autograder.platforms.filling import wishes_of

    wishes = wishes_of(overwrite, scale, comments, zero)
    raise typer.Exit(_into(place, name, into, wishes, column, output, dry_run))


def _own_table(course: Course, name: str, kind: str, output: Path | None, nameless: bool) -> None:
    from autograder.gradebook.export import Format, write_grades
    from autograder.gradebook.pseudonyms import pseudonyms_of

    if kind not in list(Format):
        raise UserError(f"There is no format {kind!r}: choose {' or '.join(Format)}.")
    called = pseudonyms_of(course) if nameless else None
    print(f"Wrote {write_grades(course, name, Format(kind), output, called)}")


def _into(
    course: Course,
    name: str,
    path: Path,
    wishes: Wishes,
    column: str | None,
    output: Path | None,
    dry: bool,
) -> int:
    from autograder.cli.given_back import print_filled, print_table
    from autograder.platforms.giving_back import give_back, nobody_chooses

    choose = _ask if sys.stdin.isatty() else nobody_chooses
    done, target = give_back(
        course, name, path, wishes, column=column, output=output, choose=choose, dry=dry
    )
    if dry:
        print_table(done)
    print_filled(done)
    print("Nothing is written: this was a dry run." if dry else f"Wrote {target}")
    return DONE if done.lines else WRONG


def _ask(columns: Sequence[Column]) -> Column:
    """Have the instructor choose the column."""
    from autograder.names import printable
    from autograder.platforms.choosing import writable

    print("Which column is the assignment's?")
    for number, column in enumerate(columns, start=1):
        print(f"  {number}  {printable(column.title)} {f'({column.id})' if column.id else ''}")
    chosen = 0
    while not 1 <= chosen <= len(columns):
        chosen = typer.prompt("Its number", type=int)
    return writable(columns[chosen - 1])
