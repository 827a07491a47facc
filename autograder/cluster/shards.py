"""A part of a class, and the seed that all parts of a run share.

Who belongs to a part follows from the student's name alone, so that machines agree on it although
one of them may have seen a late hand-in and another may not.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import private_folder, write_data

FORM = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
FOLDER = "runs"
FORMAT = 1


@dataclass(frozen=True)
class Shard:
    """One of so many parts of a class, counted from 1."""

    number: int
    of: int

    @classmethod
    def named(cls, text: str) -> Shard:
        """Return the shard that is written so.

        Raises
        ------
        UserError
            If it is none.

        Examples
        --------
        >>> Shard.named("3/16")
        Shard(number=3, of=16)
        """
        found = FORM.fullmatch(text)
        number, of = map(int, found.groups()) if found else (0, 0)
        if not 1 <= number <= of:
            raise UserError(f"{text!r} is no shard: say which of how many, such as 3/16.")
        return cls(number, of)

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def holds(self, student: str) -> bool:
        """Tell whether a student belongs to this part."""
        digest = hashlib.sha256(student.encode()).digest()
        return int.from_bytes(digest[:8]) % self.of == self.number - 1


@dataclass(frozen=True)
class SharedRun:
    """What the shards of a run have in common, and which of them have been merged."""

    seed: int
    format: int = FORMAT
    merged: tuple[str, ...] = ()


def shared_seed(course: Course, name: str) -> int:
    """Return the seed of the run that is going on; the first shard to ask begins one.

    It lies in a file of the course's private folder. So shards on a common disk share it at once,
    and those on machines of their own if the course was copied after it had been begun.

    Raises
    ------
    UserError
        If the file cannot be read.
    """
    path = _path(course, name)
    if not path.exists():
        _begin(path)
    try:
        return _read(path).seed
    except (OSError, msgspec.MsgspecError) as error:
        raise UserError(
            f"{path} cannot be read ({error}): delete it, and grade all shards again."
        ) from None


def note_merged(course: Course, name: str, seed: int, shards: list[Shard]) -> None:
    """Note that shards were merged; with the last one the run ends, and the next draws anew."""
    path = _path(course, name)
    try:
        run = _read(path)
    except (OSError, msgspec.MsgspecError):
        return
    if run.seed != seed:
        return
    merged = {*run.merged, *map(str, shards)}
    if any(all(f"{n}/{one.of}" in merged for n in range(1, one.of + 1)) for one in shards):
        path.unlink(missing_ok=True)
    else:
        write_data(path, SharedRun(seed, merged=tuple(sorted(merged))))


def _begin(path: Path) -> None:
    """Write the file whole, and give up the own one where another shard was faster."""
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        beside.write_bytes(msgspec.json.encode(SharedRun(secrets.randbits(63))))
        with suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _read(path: Path) -> SharedRun:
    return msgspec.json.decode(path.read_bytes(), type=SharedRun)


def _path(course: Course, name: str) -> Path:
    return private_folder(course) / FOLDER / f"{name}.json"
