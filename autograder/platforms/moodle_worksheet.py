"""Moodle's offline grading worksheet: its headers are in the language of the site.

Moodle asks for just these headers when the worksheet comes back, so what a column is follows from
the order that they have in every language, and from what stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.platforms.layout import Column, Layout, is_yes_or_no
from autograder.platforms.numbers import number
from autograder.platforms.table import Table

# A word, then the number that the student has in this assignment.
PARTICIPANT = re.compile(r"\D*?\s*\d+")
ENGLISH = "Identifier"
GRADE, MAXIMUM, SCALE, COMMENTS = "Grade", "Maximum grade", "Scale", "Feedback comments"
CHANGED = "Last modified (grade)"


def layout_of(table: Table, header: Sequence[str]) -> Layout | None:
    """Return how a worksheet is to be read; None where it is none."""
    numbered = table.column(0)
    if len(header) < 5 or not numbered or not all(map(_is_participant, numbered)):
        return None
    grade, is_scale = _grade(table, header)
    if grade is None:
        return None
    ids = [i for i in range(2, grade) if _tells_apart(table.column(i))]
    mails = [i for i in ids if all("@" in text for text in filter(None, table.column(i)))]
    column = Column(
        grade,
        header[grade],
        maximum=number(table.text(1, grade + 1)),
        comment=_comment(table, header),
        lock=_lock(table, header, grade),
        is_scale=is_scale,
    )
    ordered = [*(i for i in ids if i not in mails), *mails]
    return Layout("Moodle", table, (0, *ordered), ((1,),), (column,), keyed=False, is_alone=True)


def _is_participant(text: str) -> bool:
    return bool(PARTICIPANT.fullmatch(text.strip())) and not text.strip().isdigit()


def _grade(table: Table, header: Sequence[str]) -> tuple[int | None, bool]:
    """Return the column of the grade, and whether it takes words of a scale."""
    if GRADE in header:
        grade = header.index(GRADE)
        return grade, SCALE in header[grade + 1 : grade + 2]
    # The last such pair: a number before it may be a student's, beside one that all have.
    for place in reversed(range(2, len(header) - 1)):
        if _is_maximum(table.column(place + 1)) and _are_grades(table.column(place)):
            return place, False
    return None, False


def _is_maximum(cells: Sequence[str]) -> bool:
    values = {number(text) for text in cells}
    return len(values) == 1 and (values.pop() or 0) > 0


def _are_grades(cells: Sequence[str]) -> bool:
    return all(text.strip() in ("", "-") or number(text) is not None for text in cells)


def _tells_apart(cells: Sequence[str]) -> bool:
    """Tell whether no two students have the same in a column, and most have something."""
    told = [text for text in cells if text.strip()]
    return bool(told) and len(set(told)) == len(told)


def _lock(table: Table, header: Sequence[str], grade: int) -> int | None:
    later = range(grade + 1, len(header))
    return next((i for i in later if all(map(is_yes_or_no, table.column(i)))), None)


def _comment(table: Table, header: Sequence[str]) -> int | None:
    """Return the column of the comments: the last one, if it is not the time of the grade."""
    if COMMENTS in header:
        return header.index(COMMENTS)
    last = len(header) - 1
    if header[last] == CHANGED or all(_is_time(text) for text in table.column(last)):
        return None
    return last


def _is_time(text: str) -> bool:
    return text.strip() == "-" or bool(re.search(r"\d{4}\D.*\d\d", text) and len(text) < 80)
