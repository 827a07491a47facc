"""What cells earned that are no longer asked: kept in a file, and put back when they return."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import private_folder, write_data

FORMAT = 1
FOLDER = "removed"


@dataclass(frozen=True)
class Aside:
    """A row of the gradebook, a grade or a comment, with what stood in it."""

    student: str
    cell: str
    kind: str
    values: dict[str, Any]


@dataclass(frozen=True)
class _File:
    format: int = FORMAT
    rows: list[Aside] = field(default_factory=list)


def aside_path(course: Course, name: str, notebook: str) -> Path:
    """Return the file in which the rows of a notebook's removed cells are."""
    return private_folder(course) / FOLDER / name / f"{notebook}.json"


def put_aside(course: Course, name: str, notebook: str, rows: Sequence[Aside]) -> None:
    """Keep the rows that say anything; those of the same cell and student take each other's place.

    Written before the gradebook forgets them: a release that stops in between loses nothing.
    """
    told = [row for row in rows if any(value not in (None, False) for value in row.values.values())]
    if not told:
        return
    path = aside_path(course, name, notebook)
    before = {(row.student, row.cell, row.kind): row for row in _read(path).rows}
    now = {(row.student, row.cell, row.kind): row for row in told}
    write_data(path, _File(rows=list({**before, **now}.values())))


def take_back(
    course: Course, name: str, notebook: str, cells: Collection[str]
) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return what stood in the rows of these cells, by student, cell and kind. The file stays."""
    rows = _read(aside_path(course, name, notebook)).rows
    return {(row.student, row.cell, row.kind): row.values for row in rows if row.cell in cells}


def forget_aside(course: Course, student: str) -> None:
    """Take a student's rows out of all these files."""
    for path in sorted((course.private / FOLDER).glob("*/*.json")):
        file = _read(path)
        rest = [row for row in file.rows if row.student != student]
        if len(rest) < len(file.rows):
            write_data(path, _File(rows=rest))


def _read(path: Path) -> _File:
    if not path.is_file():
        return _File()
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except msgspec.MsgspecError as error:
        raise UserError(
            f"{path} cannot be read ({error}): it holds the marks of removed cells. "
            "Restore it, or move it away to go on without them."
        ) from None
    if file.format != FORMAT:
        raise UserError(
            f"{path} was written by a newer version of this package: use that one, or move the "
            "file away to go on without the marks of removed cells."
        )
    return file
