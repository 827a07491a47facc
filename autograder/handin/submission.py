"""Find the hand-ins of a class and say, before anything runs, which of them can be graded."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import UserError
from autograder.files import UnreadableFile, read_untrusted
from autograder.handin.notebook_names import is_notebook
from autograder.names import printable, why_unfit

if TYPE_CHECKING:
    from autograder.course import Course

TIMESTAMP = "timestamp.txt"
# Of a folder so many files are looked at, and of them so many notebooks are read.
MOST_ENTRIES, MOST_READ, MOST_FOLDERS_DEEP = 1000, 10, 3
# A time zone could also name a file, which would be opened.
MOMENT = re.compile(r"[\w :+.,-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Submission:
    """What one student handed in for one assignment: a folder with the notebooks in it."""

    student: str
    assignment: str
    submitted: Path

    @property
    def folder(self) -> Path:
        """Where it is; made when it is asked for, because a class may be large."""
        return self.submitted / self.student / self.assignment

    def notebook(self, name: str) -> Path:
        """Return where the notebook of that name is, if it was handed in."""
        return self.folder / f"{name}.ipynb"


@dataclass(frozen=True)
class Timestamp:
    """When something was handed in, as far as is known: `problem` says why it is not."""

    text: str = ""
    moment: datetime | None = None
    problem: str = ""


def find_submissions(course: Course, name: str) -> list[Submission]:
    """Return all hand-ins of an assignment, ordered by student.

    Raises
    ------
    UserError
        If there is none.
    """
    submitted = course.submitted()
    found = submissions_in(submitted, name)
    if not found:
        notebook = next(iter(course.notebooks(name)), name)
        raise UserError(
            f"There are no submissions in {submitted}: put each notebook at "
            f"STUDENT/{name}/{notebook}.ipynb, or run `autograder collect {name} DOWNLOAD`."
        )
    return found


def submissions_in(submitted: Path, name: str) -> list[Submission]:
    """Return all hand-ins of an assignment in a folder, ordered by student."""
    students = filterfalse(why_unfit, _handed_in(submitted, name))
    return [Submission(student, name, submitted) for student in students]


def left_out(course: Course, name: str) -> list[str]:
    """Say which hand-ins are not graded because nbgrader could not keep their student's name."""
    return [
        f"The folder {printable(student)!r} is left out: {reason}. Rename it."
        for student in _handed_in(course.submitted(), name)
        if (reason := why_unfit(student))
    ]


def _handed_in(folder: Path, name: str) -> list[str]:
    students = sorted(os.listdir(folder)) if folder.is_dir() else []
    return [student for student in students if os.path.lexists(f"{folder}/{student}/{name}")]


def read_timestamp(folder: Path) -> Timestamp:
    """Return what the file in a hand-in's folder says of when it was handed in."""
    path = folder / TIMESTAMP
    if not os.path.lexists(path) or why_no_folder(folder):
        return Timestamp()
    from nbgrader.utils import parse_utc  # not to digest hand-ins, which is done without libraries

    try:
        text = read_untrusted(path, 1000).decode("ascii", "replace").strip()
    except UnreadableFile as error:
        return Timestamp(problem=f"{TIMESTAMP} does not count: {error}")
    if not text:
        return Timestamp()
    try:
        return Timestamp(text, parse_utc(text if MOMENT.fullmatch(text) else ""))
    except (ValueError, OverflowError):
        return Timestamp(problem=f"{TIMESTAMP} does not count: it holds no date")


def handed_in_at(path: Path) -> datetime:
    """Return when a notebook was handed in; when its file was written, if nothing else is known.

    One that was handed in under another name came when its folder did.
    """
    if moment := read_timestamp(path.parent).moment:
        return moment.replace(tzinfo=UTC)
    written = path if os.path.lexists(path) else path.parent
    return datetime.fromtimestamp(written.lstat().st_mtime, UTC)


def why_no_folder(folder: Path) -> str:
    """Say why a hand-in's folder is none; nothing if it is one, and not somewhere else."""
    for place in (folder.parent, folder):
        if place.is_symlink():
            return f"the folder {printable(place.name)} is a link to another place"
    return "" if folder.is_dir() else f"{folder.name} is not a folder"


def other_notebooks(folder: Path) -> list[Path]:
    """Return the files that are called as notebooks are, by depth and name; none where none is."""
    found = [path for path in _files(folder, 0, [0]) if is_notebook(path.name)]
    return sorted(found, key=lambda path: (len(path.parts), path.as_posix()))


def _files(folder: Path, depth: int, seen: list[int]) -> Iterator[Path]:
    try:
        entries = os.scandir(folder)
    except OSError:  # whoever reads the folder will say what is wrong
        return
    with entries:
        for entry in entries:
            seen[0] += 1
            if seen[0] > MOST_ENTRIES:
                return
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < MOST_FOLDERS_DEEP:
                    yield from _files(Path(entry.path), depth + 1, seen)
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
