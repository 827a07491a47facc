"""Print what came of a class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.gradebook_reader import Mark
from autograder.grading import Brief
from autograder.names import printable

# Wide enough for points to two places, and for the heads; beside each column stand two blanks.
NUMBER_WIDTH = 6
SHORTEST_NAME = 20


def print_marks(
    name: str,
    students: Sequence[str],
    marks: Iterable[Iterable[Mark]],
    columns: Mapping[str, float],
) -> None:
    """Print a table of points; the exercises' names are too long for column heads.

    Parameters
    ----------
    marks : iterable of iterables of Mark
        A large class in pieces, of which one at a time is held and laid out.
    """
    console = Console()
    room = console.width - (NUMBER_WIDTH + 2) * (len(columns) + 1) - 2
    width = min(max(room, SHORTEST_NAME), max(map(cell_len, (*students, "student"))))
    console.print(f"{name}: points", highlight=False)
    for number, piece in enumerate(marks):
        console.print(_table(piece, columns, width, has_head=number == 0))
    for number, column in enumerate(columns, start=1):
        print(f"({number}) {column}")


def _table(
    marks: Iterable[Mark], columns: Mapping[str, float], width: int, *, has_head: bool
) -> Table:
    """Return rows that stand below those of another piece as if they were one table."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, show_header=has_head)
    table.add_column("student\n", overflow="fold", width=width)
    for number, maximum in enumerate(columns.values(), start=1):
        table.add_column(f"({number})\n/ {maximum:g}", justify="right", width=NUMBER_WIDTH)
    total = f"total\n/ {sum(columns.values()):g}"
    table.add_column(total, justify="right", width=NUMBER_WIDTH)
    for mark in marks:
        points = (f"{round(earned, 2):g}" for earned in (*mark.points.values(), mark.total))
        table.add_row(escape(mark.student), *points)
    return table


def print_remarks(briefs: list[Brief]) -> None:
    """Print why a hand-in scored nothing or not all, and count what the engine noticed."""
    for brief in briefs:
        if brief.refused:
            print(f"{brief.student} scores 0: {printable(brief.refused)}.")
        elif brief.needs_person:
            print(f"{brief.student} is not judged in full: a person has to look.")
    flagged = [brief for brief in briefs if brief.flags]
    if flagged:
        first = f"{flagged[0].student}: {printable(flagged[0].flags[0])}"
        print(f"Noticed in {len(flagged)} of {len(briefs)} hand-ins, such as {first}.")
