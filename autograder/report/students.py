"""The table of students: a row each, with what an instructor filters by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from autograder.pages.cleaning import clean
from autograder.report.classroom import Record
from autograder.report.findings import Stuck

# What a row may be remarked with, and so be filtered by.
REMARKS = ("stuck", "flagged", "refused", "needs a person", "late")


@dataclass(frozen=True, slots=True)
class Line:
    """One student's row, ready to be shown."""

    student: str
    total: str
    points: tuple[str, ...]
    misconceptions: str
    remarks: str
    seconds: str

    def cells(self, names: Mapping[str, str]) -> list[str]:
        """Return the cells of the row in their order, and after them the student's full name.

        A script shows them: what templates do to every text they hold is done here.
        """
        row = [self.student, self.total, *self.points, self.misconceptions, self.remarks]
        return [clean(cell) for cell in (*row, self.seconds, names.get(self.student, ""))]


def lines(records: Sequence[Record], stuck: Iterable[Stuck]) -> Iterator[Line]:
    """Yield a row for each student."""
    names = {one.student for one in stuck}
    return (_line(record, record.student in names) for record in records)


def by_flag(records: Sequence[Record]) -> dict[str, list[str]]:
    """Return the students of each flag, the most frequent first."""
    found: dict[str, list[str]] = defaultdict(list)
    for record in records:
        for flag in record.verdict.flags if record.verdict else ():
            found[flag].append(record.student)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))


@lru_cache(10_000)
def _number(points: float) -> str:
    """Return points as they are shown; the same text for all who have the same."""
    return f"{points + 0.0:g}"  # or -0 would stand for 0 too, which are the same key


def _line(record: Record, is_stuck: bool) -> Line:
    mark, verdict = record.mark, record.verdict
    holds = (
        is_stuck,
        bool(verdict and verdict.flags),
        bool(record.refused),
        bool(mark.waiting),
        mark.penalty > 0,
    )
    return Line(
        record.student,
        _number(mark.total),
        tuple(map(_number, mark.points.values())),
        ", ".join(verdict.diagnosed) if verdict else "",
        ", ".join(remark for remark, holds_so in zip(REMARKS, holds, strict=True) if holds_so),
        f"{verdict.seconds:.2f}" if verdict and verdict.seconds else "",
    )
