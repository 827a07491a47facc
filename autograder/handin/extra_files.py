"""What a student handed in beside the notebook: small files, put into the sandbox as data."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import SHORTAGES
from autograder.files import UnreadableFile, read_untrusted
from autograder.names import printable, why_unfit

# All together they fit well into a child's working folder and its memory.
MOST_FILES, MOST_BYTES, MOST_FOLDERS_DEEP = 100, 10_000_000, 5
# Counted before anything is read: a folder may hold a million links.
MOST_ENTRIES = 1000
NOT_FOR_THE_SANDBOX = ("timestamp.txt", "__pycache__")


@dataclass(frozen=True)
class ExtraFiles:
    """The files by their names relative to the notebook, and what was left out and why."""

    contents: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_extra_files(folder: Path) -> ExtraFiles:
    """Return the files of a hand-in's folder without its notebooks, or none if they are too many.

    What is no regular file, too large or has no name that shows is left out and told; what is
    hidden is left out.
    """
    reader = _Reader(folder)
    try:
        reader.read("")
    except _TooManyError as reason:
        return ExtraFiles(problems=(f"the files beside the notebook were left out: {reason}",))
    except UnreadableFile as reason:
        return ExtraFiles(problems=(f"the folder of the notebook was left out: {reason}",))
    return ExtraFiles(reader.contents, tuple(reader.problems))


class _TooManyError(Exception):
    pass


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.contents: dict[str, bytes] = {}
        self.problems: list[str] = []
        self._folder = folder
        self._seen = 0
        self._bytes_left = MOST_BYTES

    def read(self, prefix: str) -> None:
        """Read what lies in the folder of that relative name, which ends with a slash."""
        for entry in self._entries(prefix):
            name = f"{prefix}{entry.name}"
            try:
                self._read_entry(name, entry)
            except UnreadableFile as reason:
                place = f"{printable(name)} beside the notebook was left out"
                self.problems.append(f"{place}: {reason}")

    def _read_entry(self, name: str, entry: os.DirEntry[str]) -> None:
        if reason := why_unfit(entry.name):
            raise UnreadableFile(reason)
        if entry.is_dir(follow_symlinks=False):
            if name.count("/") >= MOST_FOLDERS_DEEP:
                raise UnreadableFile(f"it lies more than {MOST_FOLDERS_DEEP} folders deep")
            self.read(f"{name}/")
        elif not name.endswith(".ipynb"):
            data = read_untrusted(self._folder / name, self._bytes_left)
            self._bytes_left -= len(data)
            self.contents[name] = data
            if len(self.contents) > MOST_FILES:
                raise _TooManyError(f"they are more than {MOST_FILES}")

    def _entries(self, prefix: str) -> list[os.DirEntry[str]]:
        found = sorted(self._scan(prefix), key=lambda entry: entry.name)
        return [
            entry
            for entry in found
            if not entry.name.startswith(".") and entry.name not in NOT_FOR_THE_SANDBOX
        ]

    def _scan(self, prefix: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(self._folder / prefix) as entries:
                for entry in entries:
                    self._seen += 1
                    if self._seen > MOST_ENTRIES:
                        raise _TooManyError(f"the folder holds more than {MOST_ENTRIES}")
                    yield entry
        except OSError as error:
            if error.errno in SHORTAGES:
                raise
            raise UnreadableFile(f"it cannot be read: {error.strerror}") from None
