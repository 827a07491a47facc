"""Which column of a platform's table is an assignment's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from autograder.errors import UserError
from autograder.platforms.layout import Column, Layout
from autograder.platforms.numbers import are_same


def column_of(
    layout: Layout, name: str, wanted: str | None, worth: float | None = None
) -> Column | list[Column]:
    """Return the column of an assignment, or those among which a person has to choose.

    Parameters
    ----------
    wanted : str, optional
        Its header, title or id, or where it stands, as `#5`.
    worth : float, optional
        The points of the assignment: a title that only holds its name may be another's, a quiz
        on it, where the points are others.

    Raises
    ------
    UserError
        If there is none, or nothing can be entered in it.
    """
    columns = layout.columns
    if wanted is not None:
        columns = _named(layout, wanted)
        if not columns:
            raise UserError(f"There is no column {wanted!r} for marks: {_listed(layout.columns)}.")
    elif not layout.is_alone:
        same = [one for one in columns if _plain(one.title) == _plain(name)]
        within = [one for one in columns if _may_be(one, name, worth)]
        columns = same or within or columns
        if len(columns) == 1 and not same and not within:
            return list(columns)
    if len(columns) != 1:
        if not columns:
            raise UserError("The table has no column for the marks of an assignment.")
        return list(columns)
    return writable(columns[0])


def _may_be(column: Column, name: str, worth: float | None) -> bool:
    """Tell whether a title holds the assignment's name, and nothing speaks against it."""
    known = column.maximum if worth is not None else None
    return f" {_plain(name)} " in f" {_plain(column.title)} " and (
        known is None or are_same(known, worth or 0.0)
    )


def writable(column: Column) -> Column:
    """Return the column if marks can be entered in it; raise UserError if not."""
    if column.read_only:
        raise UserError(f"The platform says that {column.title!r} is read only: name another.")
    if column.is_scale:
        raise UserError(
            f"{column.title!r} takes words of a scale: set the assignment to points in Moodle, "
            "and download the worksheet again."
        )
    return column


def _named(layout: Layout, wanted: str) -> Sequence[Column]:
    header = layout.table.header
    exact = [one for one in layout.columns if header[one.place].strip() == wanted.strip()]
    by_id = [one for one in layout.columns if one.id and one.id == wanted.strip("( )")]
    by_title = [one for one in layout.columns if _plain(one.title) == _plain(wanted)]
    by_place = [one for one in layout.columns if wanted.strip() == _place(one)]
    return exact or by_id or by_place or by_title


def _listed(columns: Iterable[Column]) -> str:
    titles = [f"{one.title!r} ({one.id or _place(one)})" for one in columns]
    return f"there are {', '.join(titles)}" if titles else "there are none"


def why_unclear(columns: Sequence[Column]) -> str:
    """Ask for the column, in a sentence."""
    return (
        f"No column is called after the assignment, or several are: {_listed(columns)}. Name one "
        "with --column, by its title or by what stands after it."
    )


def _place(column: Column) -> str:
    return f"#{column.place + 1}"


def _plain(title: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))
