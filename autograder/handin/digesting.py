"""The digest of what a student handed in; that of a class by a process of its own.

This imports no library, so that the process has begun while a command still imports its own.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.beside import begin_beside
from autograder.files import UnreadableFile, chunks_untrusted, digest_of, read_untrusted
from autograder.handin.decoding import SIZE_LIMIT, TEXT_LIMIT
from autograder.handin.extra_files import read_extra_files
from autograder.handin.submission import (
    MOST_READ,
    TIMESTAMP,
    Submission,
    other_notebooks,
    submissions_in,
    why_no_folder,
)
from autograder.processors import processors

if TYPE_CHECKING:
    from autograder.course import Course

# Of fewer hand-ins it takes no longer to make the digests than to begin another process.
MANY = 200
MAKE = """
from autograder.handin.digesting import make
make(*sys.argv[1:3], sys.argv[3:])
"""


def hand_in_digest(submission: Submission, notebooks: Sequence[str]) -> str:
    """Return the digest of what a student handed in."""
    return digest_of(_handed_in(submission, notebooks))


def _handed_in(submission: Submission, notebooks: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    folder = submission.folder
    if reason := why_no_folder(folder):
        yield "", reason.encode()
        return
    paths = [submission.notebook(notebook) for notebook in notebooks]
    others = [path for path in other_notebooks(folder) if path not in paths]
    for path in (*paths, *others[:MOST_READ], folder / TIMESTAMP):
        try:
            yield path.name, _content(path)
        except UnreadableFile as reason:  # it is refused without looking into it
            if os.path.lexists(path):
                yield path.name, f"\0{reason}".encode()
    extra = read_extra_files(folder)
    yield from extra.contents.items()
    yield "", "\n".join(extra.problems).encode()


def _content(path: Path) -> bytes:
    """Return what a file holds, or the digest of that where it is large."""
    if not os.path.lexists(path) or path.lstat().st_size <= TEXT_LIMIT:
        return read_untrusted(path, TEXT_LIMIT)
    digest = hashlib.sha256()
    for chunk in chunks_untrusted(path, SIZE_LIMIT):
        digest.update(chunk)
    return digest.digest()


class Digests:
    """The digests of a class, made by a process of its own and read as they come.

    What it did not make, for whatever reason, is made here when it is asked for.
    """

    def __init__(self, submitted: Path, name: str, notebooks: Sequence[str]) -> None:
        self._notebooks = notebooks
        self._known: dict[str, str] = {}
        self._maker = begin_beside(MAKE, str(submitted), name, *notebooks)

    def of(self, submission: Submission) -> str:
        """Return the digest of a hand-in; fastest in the order of `submissions_in`."""
        assert self._maker.stdout
        while submission.student not in self._known:
            line = self._maker.stdout.readline()
            if not line.endswith(b"\n"):  # there is no more
                return hand_in_digest(submission, self._notebooks)
            digest, _, student = os.fsdecode(line[:-1]).partition(" ")
            self._known[student] = digest
        return self._known.pop(submission.student)

    def close(self) -> None:
        """End the process, if it has not."""
        self._maker.kill()
        self._maker.communicate()


@contextmanager
def digests_ahead(course: Course, name: str) -> Iterator[Digests | None]:
    """Have the digests of a class under way inside, if it is large and mostly graded."""
    kept = course.private / name
    if processors() == 1 or not kept.is_dir() or len(os.listdir(kept)) < MANY:
        yield None
        return
    digests = Digests(course.submitted(), name, course.notebooks(name))
    try:
        yield digests
    finally:
        digests.close()


def make(submitted: str, name: str, notebooks: Sequence[str]) -> None:
    """Write the digest of each hand-in with its student, a line each."""
    for submission in submissions_in(Path(submitted), name):
        line = f"{hand_in_digest(submission, notebooks)} {submission.student}\n"
        sys.stdout.buffer.write(os.fsencode(line))
        sys.stdout.buffer.flush()  # whoever reads it is waiting
