"""Print what came of a class."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.gradebook_reader import Mark
from autograder.names import printable
from autograder.verdict import Verdict


def print_marks(name: str, marks: list[Mark], columns: dict[str, float]) -> None:
    """Print a table of points; the exercises' names are too long for column heads."""
    table = Table(title=f"{name}: points", title_justify="left")
    table.add_column("student\n", overflow="fold")
    for number, maximum in enumerate(columns.values(), start=1):
        table.add_column(f"({number})\n/ {maximum:g}", justify="right")
    table.add_column(f"total\n/ {sum(columns.values()):g}", justify="right")
    for mark in marks:
        points = [f"{earned:g}" for earned in mark.points.values()]
        table.add_row(escape(mark.student), *points, f"{mark.total:g}")
    Console().print(table)
    for number, column in enumerate(columns, start=1):
        print(f"({number}) {column}")


def print_remarks(verdicts: list[Verdict]) -> None:
    """Print why a hand-in scored nothing or not all, and count what the engine noticed."""
    for verdict in verdicts:
        if verdict.refused:
            print(f"{verdict.student} scores 0: {printable(verdict.refused)}.")
        elif not all(exercise.is_judged for exercise in verdict.exercises):
            print(f"{verdict.student} is not judged in full: a person has to look.")
    flagged = [verdict for verdict in verdicts if verdict.flags]
    if flagged:
        first = f"{flagged[0].student}: {printable(flagged[0].flags[0])}"
        print(f"Noticed in {len(flagged)} of {len(verdicts)} hand-ins, such as {first}.")
