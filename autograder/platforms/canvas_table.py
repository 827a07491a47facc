"""What Canvas' API says of an assignment, as the gradebook that Canvas would export.

So the same rules decide which mark is entered, be it into a file or through the API.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.errors import UserError
from autograder.names import printable
from autograder.platforms.choosing import column_of, why_unclear
from autograder.platforms.formats import layout_of
from autograder.platforms.layout import Column, Layout
from autograder.platforms.numbers import number, written
from autograder.platforms.table import Table

HEADS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Email", "Section")
FIELDS = ("sortable_name", "id", "sis_user_id", "login_id", "integration_id", "email")
NO_POINTS = {"pass_fail": "complete or incomplete", "not_graded": "nothing"}


def find_assignment(course: Any, name: str, wanted: str | None, worth: float) -> Any:
    """Return the assignment in Canvas that is called after ours, or as is wanted.

    Raises
    ------
    UserError
        If there is none, or several.
    """
    known = list(course.get_assignments())
    titles = [f"{one.name} ({one.id})" for one in known]
    points = [_text(getattr(one, "points_possible", None)) for one in known]
    heads = ["Student", "ID", "Section", *titles]
    layout = _layout([heads, ["    Points Possible", "", "", *points]])
    found = column_of(layout, name, wanted, worth)
    if not isinstance(found, Column):
        raise UserError(why_unclear(found))
    return next(one for one in known if str(one.id) == found.id)


def table_of(assignment: Any, users: Sequence[Any], handed: Mapping[int, Any]) -> Layout:
    """Return the class with its marks in one assignment.

    Raises
    ------
    UserError
        If the assignment takes no points, or hides who is who.
    """
    if kind := NO_POINTS.get(getattr(assignment, "grading_type", "points")):
        raise UserError(f"{printable(assignment.name)} takes {kind} in Canvas: set it to points.")
    if getattr(assignment, "anonymize_students", False):
        raise UserError(
            f"{printable(assignment.name)} is graded anonymously: show the names first."
        )
    title = f"{assignment.name} ({assignment.id})"
    worth = _text(getattr(assignment, "points_possible", None))
    blanks = [""] * (len(HEADS) - 1)
    rows = [[_text(getattr(user, field, None)) for field in FIELDS] for user in users]
    told = [[*row, "", _mark(handed.get(int(row[1])))] for row in rows]
    return _layout([[*HEADS, title], ["    Points Possible", *blanks, worth], *told])


def _layout(rows: Sequence[Sequence[str]]) -> Layout:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    table = Table(file.getvalue().encode("utf-8", "replace"))
    return layout_of(table, Path("Canvas"))


def _mark(handed: Any) -> str:
    """Return what Canvas' export would say of a mark, before it deducts for lateness.

    It deducts from what is entered, each time: what was entered is what ours is compared with.
    """
    if handed is None:
        return "N/A"  # the assignment is not theirs
    if getattr(handed, "excused", False):
        return "EX"
    score = getattr(handed, "score", None)
    return _text(None if score is None else score + (getattr(handed, "points_deducted", 0) or 0))


def _text(value: object) -> str:
    return "" if value is None else written(value) if isinstance(value, float) else str(value)


def id_of(layout: Layout, row: int) -> int:
    """Return Canvas' own id of the student of a row."""
    return int(layout.table.text(row, HEADS.index("ID")))


def score_of(text: str) -> float:
    """Return the mark that a cell was filled in with."""
    value = number(text)
    assert value is not None  # it was written by us
    return value
