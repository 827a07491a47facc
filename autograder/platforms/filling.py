"""Which cells of a platform's table get which marks, and what stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from autograder.errors import UserError
from autograder.gradebook.people import Person
from autograder.gradebook.status import Result, Status
from autograder.names import printable
from autograder.platforms.comments import comment_on, is_ours
from autograder.platforms.layout import Column, Held, Layout
from autograder.platforms.matching import Matched, match
from autograder.platforms.numbers import are_same, number, written
from autograder.platforms.table import decimal_sign

HIGHER = "higher in the file"


class Zero(StrEnum):
    """Whom a 0 is written for, if it is asked for."""

    MISSING = "missing"
    REFUSED = "refused"


@dataclass(frozen=True)
class Wishes:
    """What an instructor asks of a filled table.

    Attributes
    ----------
    overwrite : bool
        Whether what is locked, excused, not assigned or higher is replaced.
    scale : bool
        Whether marks are scaled to what the platform says the assignment is out of.
    zeros : collection of Zero
        Who gets a 0 that the gradebook does not say.
    """

    overwrite: bool = False
    scale: bool = False
    comments: bool = True
    zeros: frozenset[Zero] = frozenset()


def wishes_of(overwrite: bool, scale: bool, comments: bool, zeros: Iterable[str] | None) -> Wishes:
    """Return what was asked for on the command line.

    Raises
    ------
    UserError
        If a 0 is asked for whom there is none.
    """
    wanted = set(zeros or ())
    if unknown := wanted - set(Zero):
        raise UserError(f"--zero is for {' or '.join(Zero)}, not for {min(unknown)!r}.")
    return Wishes(overwrite, scale, comments, frozenset(map(Zero, wanted)))


@dataclass(frozen=True)
class Line:
    """One row: what stood there, what is to stand there, and why it stays, if it does."""

    row: int
    student: str
    name: str
    status: Status
    old: str
    new: str
    kept: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the mark changes."""
        return not self.kept and self.new != self.old


@dataclass
class Filled:
    """What came of filling in a table.

    Attributes
    ----------
    unknown : list of str
        The names of rows that no student of the course is.
    missing : list of str
        The students who have no row, be there a mark or none.
    """

    column: Column
    matched: Matched
    lines: list[Line] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    comments: int = 0


def fill(
    layout: Layout,
    column: Column,
    people: Mapping[str, Person],
    results: Mapping[str, Result],
    points: Mapping[str, float],
    wishes: Wishes,
) -> Filled:
    """Write the marks into the table, and return what became of each row.

    Raises
    ------
    UserError
        If marks are to be scaled, and the platform does not say to what.
    """
    everybody = _everybody(people, results)
    matched = match(layout, everybody.values())
    done = Filled(column, matched)
    places = [one.place for one in layout.columns]
    ends = [one.place + 1 for one in layout.columns if one.place + 1 < len(layout.table.header)]
    sign = decimal_sign(layout.table, places + ends)
    worth = sum(points.values())
    _require_scale(layout, column, worth, wishes)
    filler = _Filler(layout, column, worth, wishes, sign)
    done.warnings = filler.warnings()
    for row in layout.rows:
        student = matched.rows.get(row)
        if student is None:
            why = f": {matched.unclear[row]}" if row in matched.unclear else ""
            done.unknown.append(printable(f"{layout.name(row)}{why}"))
            continue
        result = results.get(student, Result(student, Status.NOTHING))
        line = filler.line(row, result)
        done.lines.append(line)
        done.comments += filler.write(line, comment_on(result, points, filler.sign))
    done.missing = sorted(set(everybody) - matched.students)
    return done


def _require_scale(layout: Layout, column: Column, worth: float, wishes: Wishes) -> None:
    if wishes.scale and not (column.maximum and worth):
        raise UserError(
            f"The table has no points for {printable(column.title)!r}, or 0: set them in "
            f"{layout.platform} and download it again, or leave out --scale."
        )


def _everybody(people: Mapping[str, Person], results: Mapping[str, Result]) -> Mapping[str, Person]:
    return {one: Person(one) for one in results} | dict(people)


@dataclass(frozen=True)
class _Filler:
    """Fills in one column of one table."""

    layout: Layout
    column: Column
    worth: float
    wishes: Wishes
    sign: str

    @property
    def _factor(self) -> float:
        maximum = self.column.maximum
        return maximum / self.worth if self.wishes.scale and maximum and self.worth else 1.0

    def warnings(self) -> list[str]:
        """Say where the platform and the gradebook do not mean the same points."""
        maximum = self.column.maximum
        if maximum is None or are_same(maximum, self.worth) or self.wishes.scale:
            return []
        return [
            f"{self.layout.platform} has {printable(self.column.title)} out of {maximum:g}, the "
            f"gradebook out of {self.worth:g}: marks are entered as they are; --scale scales them."
        ]

    def line(self, row: int, result: Result) -> Line:
        """Return what is to become of a row."""
        old = self.layout.table.text(row, self.column.place)
        name = self.layout.name(row)
        value = self._value(result)
        if value is None:
            return Line(row, result.student, name, result.status, old, old)
        before = number(old)
        is_same = before is not None and are_same(before, value)
        new = old if is_same else written(value, self.sign)
        kept = "" if is_same else self._why_kept(row, before, value)
        return Line(row, result.student, name, result.status, old, new, kept)

    def _value(self, result: Result) -> float | None:
        """Return the mark to be entered; None where there is none."""
        if result.status is Status.GRADED and result.mark:
            return result.mark.total * self._factor
        asked = {Status.NOTHING: Zero.MISSING, Status.REFUSED: Zero.REFUSED}.get(result.status)
        return 0.0 if asked in self.wishes.zeros else None

    def _why_kept(self, row: int, before: float | None, value: float) -> str:
        if self.wishes.overwrite:
            return ""
        held = self.layout.held(row, self.column)
        if held:
            return str(held)
        return HIGHER if before is not None and before > value else ""

    def write(self, line: Line, comment: str) -> bool:
        """Enter what is new; return whether that was a comment as well."""
        table = self.layout.table
        if line.is_new:
            table.put(line.row, self.column.place, line.new)
        place = self.column.comment
        if place is None or not comment or line.kept or not self.wishes.comments:
            return False
        held = self.layout.held(line.row, self.column)
        old = table.text(line.row, place)
        others = bool(old.strip()) and not is_ours(old)
        if old == comment or ((held in set(Held) or others) and not self.wishes.overwrite):
            return False
        table.put(line.row, place, comment)
        return table.text(line.row, place) != old
