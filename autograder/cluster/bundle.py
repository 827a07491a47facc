"""A bundle: what came of a part of a class, in one file that is merged elsewhere.

It is a zip with JSON and the graded notebooks. A name in it is a number: nothing in a bundle
chooses a path.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from autograder import __version__
from autograder.cluster.shards import Shard
from autograder.errors import UserError
from autograder.files import telling_of
from autograder.gradebook.kept import Kept
from autograder.gradebook.rows import GradedSubmission
from autograder.grading.marks.recording import Entry, Graded, Recorder
from autograder.names import why_unfit

T = TypeVar("T")

# Of what stands in a bundle. A change in what that means makes it another number.
FORMAT = 1
HEADER, FAREWELL = "bundle.json", "end.json"
# Whatever we have written is much smaller: a graded hand-in has bounds.
MOST_BYTES = 1 << 28
# What reading a zip raises where bytes of it are missing or others: those of the ways to compress
# among them, as which one it is stands in the zip too.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(KeyError, ValueError, OverflowError, RuntimeError, msgspec.MsgspecError),
)


@dataclass(frozen=True)
class Header:
    """What a bundle is of.

    Attributes
    ----------
    basis : mapping
        Digests of what all its marks depend on.
    forced : bool
        Whether it stands for what was graded before.
    """

    format: int
    package: str
    assignment: str
    shard: Shard
    seed: int
    basis: Mapping[str, str]
    forced: bool = False


@dataclass(frozen=True)
class _Farewell:
    hand_ins: int


@dataclass(frozen=True)
class _Entry:
    """An entry without its notebooks, which lie beside it in the order of their names here."""

    row: GradedSubmission
    kept: Kept
    notebooks: list[str]
    timestamp: str


class BundleWriter:
    """Writes what came of each submission as it comes, beside the place where the bundle goes."""

    def __init__(self, path: Path, header: Header, recorder: Recorder) -> None:
        if path.is_dir():  # told before a class is graded for it
            raise UserError(f"{path} is a folder: name the file that the bundle goes into.")
        self._path, self._header, self._recorder = path, header, recorder
        self._beside = path.with_name(f".{path.name}.part")
        self.hand_ins = 0

    def __enter__(self) -> BundleWriter:
        with telling_of(self._path):
            self._beside.touch(mode=0o600)  # it names students and marks, and holds the seed
        self._zip = zipfile.ZipFile(self._beside, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._write(HEADER, msgspec.json.encode(self._header))
        return self

    def __exit__(self, kind: object, *_args: object) -> None:
        if kind is None:
            self._write(FAREWELL, msgspec.json.encode(_Farewell(self.hand_ins)))
        self._zip.close()
        if kind is None:
            self._beside.replace(self._path)
        else:
            self._beside.unlink(missing_ok=True)

    def add(self, graded: Graded) -> None:
        """Write one submission."""
        entry = self._recorder.entry(graded)
        plain = _Entry(entry.row, entry.kept, [*entry.texts], entry.timestamp)
        data = msgspec.json.encode(plain)
        texts = [text.encode() for text in entry.texts.values()]  # or half of it would be written
        self.hand_ins += 1
        self._write(f"{self.hand_ins}.json", data)
        for place, text in enumerate(texts):
            self._write(f"{self.hand_ins}-{place}.ipynb", text)

    def _write(self, name: str, data: bytes) -> None:
        # Without the time of writing the same marks are the same bytes.
        self._zip.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 1)


class Bundle:
    """A bundle that is read; to be used in a ``with`` statement.

    Raises
    ------
    UserError
        If the file is no bundle that was written to its end, or one of another format.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise UserError(f"{path} is not there: name a bundle that --shard has written.")
        try:
            self._zip = zipfile.ZipFile(path)
            self.header = self._checked_header()
            self.hand_ins = self._read(FAREWELL, _Farewell).hand_ins
        except DAMAGE as error:
            raise self._damaged(error) from None

    def __enter__(self) -> Bundle:
        return self

    def __exit__(self, *_args: object) -> None:
        self._zip.close()

    def entries(self) -> Iterator[Entry]:
        """Yield what came of each submission."""
        for number in range(1, self.hand_ins + 1):
            try:
                yield self._entry(number)
            except DAMAGE as error:
                raise self._damaged(error) from None

    def _entry(self, number: int) -> Entry:
        plain = self._read(f"{number}.json", _Entry)
        if reason := why_unfit(plain.row.student):
            raise ValueError(f"a student's name in it is none, because {reason}")
        if "/" in plain.row.student or plain.row.student != plain.kept.verdict.student:
            raise ValueError("a student's name in it is none")
        texts = {
            name: self._bytes(f"{number}-{place}.ipynb").decode()
            for place, name in enumerate(plain.notebooks)
        }
        return Entry(plain.row, plain.kept, texts, plain.timestamp)

    def _checked_header(self) -> Header:
        format = msgspec.json.decode(self._bytes(HEADER), type=dict)["format"]
        if format != FORMAT:
            raise UserError(
                f"{self.path} is a bundle of another version: its format is {format!r}, and "
                f"workbook-autograder {__version__} reads {FORMAT}. Grade the shard again."
            )
        return self._read(HEADER, Header)

    def _read(self, name: str, kind: type[T]) -> T:
        return msgspec.json.decode(self._bytes(name), type=kind)

    def _bytes(self, name: str) -> bytes:
        if self._zip.getinfo(name).file_size > MOST_BYTES:
            raise ValueError(f"{name} in it is too large")
        return self._zip.read(name)

    def _damaged(self, error: Exception) -> UserError:
        reason = str(error).partition("\n")[0]
        return UserError(f"{self.path} is no whole bundle ({reason}): grade the shard again.")
