"""When a cell was added to an assignment that had been released before: answers, tests, tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from autograder.course import Course
from autograder.gradebook.kept import private_folder, write_data

FORMAT = 1
FOLDER = "added"
AFTERWARDS = "added after you handed in"
NOT_YET_THERE = "added later than the version that you handed in"


@dataclass(frozen=True)
class _File:
    format: int = FORMAT
    cells: dict[str, dict[str, datetime]] = field(default_factory=dict)


def note_added(
    course: Course, name: str, notebook: str, before: Collection[str], now: Collection[str]
) -> None:
    """Note which cells carry points that did not before; forget those that are gone."""
    file = _read(course, name)
    cells = {cell: moment for cell, moment in file.cells.get(notebook, {}).items() if cell in now}
    cells |= dict.fromkeys(set(now) - set(before), datetime.now(UTC))
    if cells != file.cells.get(notebook, {}):
        write_data(_path(course, name), _File(cells={**file.cells, notebook: cells}))


def added_later(
    course: Course, name: str, notebook: str, has: Iterable[str], moment: datetime
) -> dict[str, str]:
    """Return the cells that a hand-in cannot have had, each with the words for its student.

    Parameters
    ----------
    has : iterable of str
        The names of the cells in the hand-in.
    moment : datetime
        When it was handed in.
    """
    has = set(has)
    return {
        cell: AFTERWARDS if moment < added else NOT_YET_THERE
        for cell, added in _read(course, name).cells.get(notebook, {}).items()
        if has.isdisjoint((cell, f"{cell}-answer"))
    }


def _read(course: Course, name: str) -> _File:
    """Return what is noted; a file that another version wrote says nothing, and costs no marks."""
    try:
        file = msgspec.json.decode(_path(course, name).read_bytes(), type=_File)
    except (OSError, msgspec.MsgspecError):
        return _File()
    return file if file.format == FORMAT else _File()


def _path(course: Course, name: str) -> Path:
    return private_folder(course) / FOLDER / f"{name}.json"
