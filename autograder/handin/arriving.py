"""Which hand-ins are new or changed in a folder that others write to, and complete by now."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from autograder.course import Course
from autograder.handin.notebook import SIZE_LIMIT
from autograder.handin.submission import Submission
from autograder.names import why_unfit

# A hand-in that has not changed for so long is graded; one whose notebook breaks off is given
# longer, because it is probably still being written.
QUIET, PATIENCE = 0.03, 2.0
# Of what lies in a hand-in so much is looked at in all, and so deep.
MOST_ENTRIES, MOST_DEEP = 1000, 3
TAIL = 64

Look = tuple[tuple[str, int, int, int, int], ...]


@dataclass
class _Seen:
    look: Look
    since: float


@dataclass
class Arrivals:
    """What is known of the hand-ins of one assignment since this was made."""

    course: Course
    name: str
    _done: dict[str, Look] = field(default_factory=dict)
    _waiting: dict[str, _Seen] = field(default_factory=dict)

    def students(self) -> list[str]:
        """Return whose folder is there, as far as it can be a student's."""
        try:
            names = sorted(os.listdir(self.course.submitted()))
        except OSError:  # it may be gone for a while
            return []
        return [name for name in names if not why_unfit(name)]

    def look(self, students: Iterable[str]) -> None:
        """Look at the hand-ins of these students; note those that changed."""
        now = time.monotonic()
        for student in students:
            look = tuple(islice(_look(self._folder(student), 0), MOST_ENTRIES))
            if not look:
                self._waiting.pop(student, None)
                self._done.pop(student, None)
            elif look == self._done.get(student):
                self._waiting.pop(student, None)
            elif student not in self._waiting or self._waiting[student].look != look:
                self._waiting[student] = _Seen(look, now)

    def complete(self) -> list[Submission]:
        """Return the hand-ins that have changed, and have been as they are for a while."""
        self.look(list(self._waiting))
        now, found = time.monotonic(), []
        for student, seen in self._waiting.items():
            submission = Submission(student, self.name, self.course.submitted())
            age = now - seen.since
            if age >= PATIENCE or (age >= QUIET and self._ends(submission)):
                found.append(submission)
        return found

    def done(self, submission: Submission) -> None:
        """Note that a hand-in was dealt with as it was when it was last looked at."""
        if seen := self._waiting.pop(submission.student, None):
            self._done[submission.student] = seen.look

    def _folder(self, student: str) -> Path:
        return self.course.submitted() / student / self.name

    def _ends(self, submission: Submission) -> bool:
        """Tell whether each notebook that was handed in ends as one does."""
        paths = (submission.notebook(name) for name in self.course.notebooks(self.name))
        return all(_ends_as_a_notebook(path) for path in paths if os.path.lexists(path))


def _ends_as_a_notebook(path: Path) -> bool:
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > SIZE_LIMIT:
            return True  # it will be refused, however long one waits
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            file.seek(max(0, found.st_size - TAIL))
            return file.read(TAIL).rstrip().endswith(b"}")
    except OSError:
        return True


def _look(path: Path, depth: int) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what tells whether something has changed, without opening any file."""
    try:
        found = path.lstat()
    except OSError:
        return
    yield path.name, found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns
    if not stat.S_ISDIR(found.st_mode) or depth > MOST_DEEP:
        return
    try:
        with os.scandir(path) as entries:
            names = sorted(entry.name for entry in islice(entries, MOST_ENTRIES))
    except OSError:
        return
    for name in names:
        yield from _look(path / name, depth + 1)
