"""Where a platform's table of the class keeps what: who a row is, and which column is a mark's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from autograder.platforms.numbers import number
from autograder.platforms.table import Table


class Held(StrEnum):
    """Why a mark is not ours to replace, unless it is asked for."""

    EXCUSED = "excused"
    UNASSIGNED = "not assigned"
    LOCKED = "locked"
    OTHER = "something that is no number"


@dataclass(frozen=True)
class Column:
    """A column for marks.

    Attributes
    ----------
    id : str
        The platform's id of the assignment, where the header has it.
    maximum : float, optional
        What the platform says that it is out of.
    comment : int, optional
        The column for the comment on this mark.
    lock : int, optional
        The column that says whether the mark can be changed.
    is_scale : bool
        Whether it takes words of a scale, not points.
    """

    place: int
    title: str
    id: str = ""
    maximum: float | None = None
    comment: int | None = None
    lock: int | None = None
    read_only: bool = False
    is_scale: bool = False


@dataclass(frozen=True)
class Layout:
    """How a table is to be read.

    Attributes
    ----------
    ids : tuple of int
        The columns that tell who a student is, the surest first; the first one's are the
        platform's own where `keyed` says so.
    names : tuple of tuples of int
        The columns that make up the full name, one way or another.
    first : int
        The first row of a student.
    is_alone : bool
        Whether the table is of one assignment only.
    pending : pattern
        What stands in place of a mark that is still to come.
    """

    platform: str
    table: Table = field(repr=False)
    ids: tuple[int, ...]
    names: tuple[tuple[int, ...], ...]
    columns: tuple[Column, ...]
    first: int = 1
    keyed: bool = True
    is_alone: bool = False
    pending: re.Pattern[str] = re.compile(r"-?")
    skipped: Callable[[Sequence[str]], bool] = lambda _: False

    @cached_property
    def rows(self) -> list[int]:
        """The rows of students."""
        numbers = range(self.first, len(self.table))
        return [row for row in numbers if self._is_students(self.table.row(row))]

    def _is_students(self, cells: Sequence[str]) -> bool:
        return any(cell.strip() for cell in cells) and not self.skipped(cells)

    def name(self, row: int) -> str:
        """Return the student's name, as the platform writes it."""
        return next(iter(self.full_names(row)), "")

    def full_names(self, row: int) -> list[str]:
        """Return how the student's full name may be written; some have the last name first."""
        texts = [" ".join(self.table.text(row, one).strip() for one in way) for way in self.names]
        found = []
        for text in filter(None, (text.strip() for text in texts)):
            last, comma, rest = text.partition(",")
            found += [f"{rest.strip()} {last.strip()}", text] if comma else [text]
        return found

    def identities(self, row: int, column: int) -> str:
        """Return what a column of ids says of a student, without what the platform puts around."""
        text = self.table.text(row, column).strip()
        if found := re.fullmatch(r'="(.*)"', text):  # so that no spreadsheet drops a leading zero
            text = found[1]
        return text.removeprefix("#").removeprefix("'").strip()

    def held(self, row: int, column: Column) -> Held | None:
        """Return why the mark of a row is to stay, by what the platform says of it."""
        text = self.table.text(row, column.place).strip()
        if column.lock is not None and is_no(self.table.text(row, column.lock)):
            return Held.LOCKED
        if self.pending.fullmatch(text) or number(text) is not None:
            return None
        return {"EX": Held.EXCUSED, "N/A": Held.UNASSIGNED}.get(text.upper(), Held.OTHER)


# What Moodle says of a mark that cannot be changed, in the languages that we have seen it in.
NO = frozenset(
    (
        *("no", "nein", "non", "não", "nee", "nej", "nei", "ei", "ne", "nie", "nu", "nem", "ez"),
        *("нет", "ні", "не", "いいえ", "否", "不", "아니오", "아니요", "hayır", "όχι", "לא", "لا"),
        *("nē", "tidak", "không", "ไม่"),
    )
)
YES = frozenset(
    (
        *("yes", "ja", "oui", "sí", "si", "sì", "sim", "kyllä", "ano", "áno", "tak", "da", "да"),
        *(
            "так",
            "はい",
            "是",
            "예",
            "evet",
            "ναι",
            "כן",
            "نعم",
            "igen",
            "bai",
            "jah",
            "jā",
            "taip",
        ),
        *("ya", "có", "ใช่"),
    )
)


def is_no(text: str) -> bool:
    """Tell whether a platform says no, in whatever language."""
    return text.strip().casefold() in NO


def is_yes_or_no(text: str) -> bool:
    """Tell whether a cell answers a question."""
    return text.strip().casefold() in NO | YES
