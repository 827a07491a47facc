"""Export the grades of an assignment: what nbgrader exports, points by exercise, misconceptions.

`ExercisePoints` is a plugin of nbgrader's, so ``nbgrader export`` writes the same file:
``nbgrader export --exporter=autograder.gradebook.export.ExercisePoints``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, Student
from nbgrader.plugins import ExportPlugin
from sqlalchemy import select

from autograder.course import Course
from autograder.errors import UserError
from autograder.files import write_private
from autograder.gradebook.nbgrader_api import open_gradebook
from autograder.gradebook.reader import Mark, read_times
from autograder.gradebook.released import maximal_points
from autograder.gradebook.status import Result, Status, read_results

# A spreadsheet takes a cell that begins so for a formula, and runs it; in Japanese wide signs too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")


class Format(StrEnum):
    """How the grades are written."""

    CSV = "csv"
    JSON = "json"


class ExercisePoints(ExportPlugin):
    """nbgrader's columns of one assignment, then points by exercise and misconceptions."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the grades of the assignment that is named, to grades.csv if nothing else is."""
        if len(self.assignment) != 1:
            raise ValueError("name one assignment: its exercises are the columns")
        path = Path(self.to or "grades.csv")
        kind = Format.JSON if path.suffix == ".json" else Format.CSV
        write_private(path, as_text(Course.find(), str(self.assignment[0]), gradebook, kind))


def write_grades(
    course: Course,
    name: str,
    kind: Format,
    output: Path | None = None,
    pseudonym: Callable[[str], str] | None = None,
) -> Path:
    """Write the grades of an assignment and return where they are.

    Parameters
    ----------
    output : Path, optional
        Where they go; by default ``report/NAME.csv`` or ``report/NAME.json`` in the course.
    pseudonym : callable, optional
        What each student is called instead; then no name and no address is told.

    Raises
    ------
    UserError
        If nothing is graded yet, or the file cannot be written.
    """
    with open_gradebook(course) as gradebook:
        text = as_text(course, name, gradebook, kind, pseudonym)
    path = output or course.report(name, kind)
    write_private(path, text)
    return path


def as_text(
    course: Course,
    name: str,
    gradebook: Gradebook,
    kind: Format,
    pseudonym: Callable[[str], str] | None = None,
) -> str:
    """Return the grades of everybody in the course as a file of that kind."""
    found = _rows(course, name, gradebook)
    if pseudonym:
        found = iter(_nameless(found, pseudonym))
    if kind is Format.JSON:
        return json.dumps([*found], indent=2, ensure_ascii=False) + "\n"
    return _table(found, list(maximal_points(course, name)))


def _table(rows: Iterator[Mapping[str, Any]], exercises: Sequence[str]) -> str:
    """Return rows, of which there is one at least, as CSV."""
    file, first = io.StringIO(), next(rows)
    heads = [key for key in first if key != "points"]
    place = heads.index("diagnoses")
    heads[place:place] = exercises
    writer = csv.DictWriter(file, heads, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_flat(row) for row in chain([first], rows))
    return file.getvalue()


def plain_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: with an apostrophe before it.

    >>> plain_cell("=HYPERLINK(1)"), plain_cell("ada")
    ("'=HYPERLINK(1)", 'ada')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def _rows(course: Course, name: str, gradebook: Gradebook) -> Iterator[dict[str, Any]]:
    """Yield what there is of each student.

    Who has not handed in, was refused or waits has nbgrader's 0: `status` tells them apart.
    """
    results = read_results(course, name)
    if not any(result.mark for result in results.values()):
        raise UserError(f"Nothing is graded yet: run `autograder grade {name}` first.")
    assignment = gradebook.find_assignment(name)
    worth, due = assignment.max_score, assignment.duedate
    nothing = Mark("", dict.fromkeys(maximal_points(course, name), 0.0))
    times = read_times(gradebook, name)
    columns: Any = (Student.id, Student.last_name, Student.first_name, Student.email)
    people: Any = gradebook.db.execute(select(*columns).order_by(Student.id))
    for student, last, first, email in people:
        result = results.get(student, Result(student, Status.NOTHING))
        mark = result.mark or nothing
        yield {
            "assignment": name,
            "duedate": _text(due),
            "timestamp": _text(times.get(student)),
            "student_id": student,
            "last_name": last or "",
            "first_name": first or "",
            "email": email or "",
            "raw_score": mark.raw,
            "late_submission_penalty": mark.penalty,
            "score": mark.total,
            "max_score": worth,
            "points": mark.points,
            "diagnoses": list(result.verdict.diagnosed if result.verdict else ()),
            "late": mark.late,
            "to_review": mark.to_review,
            "status": str(result.status),
        }


def _nameless(
    rows: Iterable[Mapping[str, Any]], pseudonym: Callable[[str], str]
) -> list[dict[str, Any]]:
    """Return the rows without names, in an order and without times that would tell who is who."""
    nothing = dict.fromkeys(("last_name", "first_name", "email", "timestamp"), "")
    found = [{**row, **nothing, "student_id": pseudonym(row["student_id"])} for row in rows]
    return sorted(found, key=lambda row: row["student_id"])


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row for a table: a column for each exercise, text that is only text."""
    listed = {key: " ".join(row[key]) for key in ("diagnoses", "to_review")}
    cells = {**row, **row["points"], **listed}
    del cells["points"]
    return {key: plain_cell(cell) if isinstance(cell, str) else cell for key, cell in cells.items()}


def _text(value: object) -> str:
    return "" if value is None else str(value)
