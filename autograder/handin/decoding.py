"""Decode a notebook's cells from hostile JSON without what nobody reads of them: their outputs.

What is skipped is never built, so that a notebook of pictures takes its own bytes and little more.
"""

from __future__ import annotations

import codecs
import itertools
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal

import msgspec
from msgspec import Raw

# A workbook with all its figures takes 2 MB; stored animations take a hundred times that.
SIZE_LIMIT = 250_000_000
# What is read of a notebook, its outputs not counted. JSON of many small parts takes twenty times
# that in memory.
TEXT_LIMIT = 20_000_000
# The workbook has 114 cells with 19 kB of code.
CELLS_LIMIT, SHEETS_LIMIT = 1000, 100
# Of so many bytes all parts may be built, and need no counting.
SMALL = 1_000_000
# To look at each takes a second for a million.
MOST_STRINGS = 5_000_000
# What it may be instead, by how it begins, so that its student knows what happened.
_OTHERS = {
    b"PK\x03\x04": "a zip",
    b"\x1f\x8b": "a compressed file",
    b"%PDF": "a PDF",
    b"<!doctype html": "a web page, such as a page to log in",
    b"<html": "a web page, such as a page to log in",
}
_MERGE = (b"\n<<<<<<< ", b"\n=======", b"\n>>>>>>> ")
# A string, or what Python writes where JSON has no number.
_NO_NUMBER = re.compile(rb'"(?:[^"\\]++|\\.)*+"|NaN|Infinity', re.DOTALL)


class UnreadableNotebook(Exception):
    """A hand-in that is no notebook; the message says in a few words why."""


class _Notebook(msgspec.Struct):
    nbformat: Raw = Raw()
    cells: Raw = Raw()
    worksheets: Raw = Raw()


class _Sheet(msgspec.Struct):
    cells: Raw = Raw()


class _Nbgrader(msgspec.Struct):
    grade_id: Raw = Raw()


class _Metadata(msgspec.Struct):
    nbgrader: Raw = Raw()


class _Cell(msgspec.Struct):
    cell_type: Raw = Raw()
    source: Raw = Raw()
    id: Raw = Raw()
    metadata: Raw = Raw()
    input: Raw = Raw()
    level: Raw = Raw()


class _PlainNbgrader(msgspec.Struct):
    grade_id: str | None = None


class _PlainMetadata(msgspec.Struct):
    nbgrader: _PlainNbgrader | None = None


class PlainCell(msgspec.Struct):
    """A cell as all programs write it."""

    cell_type: str
    source: str | list[str]
    metadata: _PlainMetadata
    id: str | None = None

    @property
    def name(self) -> str:
        """Its grade_id or, where an editor dropped that, its id."""
        of = self.metadata.nbgrader
        return (of and of.grade_id) or self.id or ""


class _PlainNotebook(msgspec.Struct):
    """A small notebook as all programs write it."""

    nbformat: Literal[4]
    cells: list[PlainCell]


_PLAIN = msgspec.json.Decoder(_PlainNotebook)

# As a list is read into a struct, what comes after its last field is skipped, not built.
_CELLS = msgspec.defstruct(
    "_Cells", [(f"n{n}", Raw, Raw()) for n in range(CELLS_LIMIT + 1)], array_like=True
)
_SHEETS = msgspec.defstruct(
    "_Sheets", [(f"n{n}", Raw, Raw()) for n in range(SHEETS_LIMIT)], array_like=True
)


def decode_plain(data: bytes) -> list[PlainCell]:
    """Return the cells of a small notebook that is like most, in one go; none of any other."""
    if len(data) <= SMALL:
        with suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return _PLAIN.decode(data.removeprefix(codecs.BOM_UTF8)).cells
    return []


def decode(data: bytes) -> dict[str, Any]:
    """Return a notebook with its version, and of its cells the type, source, names and level.

    Raises
    ------
    UnreadableNotebook
        If it is no notebook; the message says why.
    """
    data = _in_utf_8(data)
    with suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _Reader().notebook(data)
    if len(data) <= TEXT_LIMIT:
        return _by_python(data)
    return _large(data)


def _in_utf_8(data: bytes) -> bytes:
    """Return a text without its mark; some Windows programs write UTF-16 and mark it as that."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeError):
            return data.decode("utf-16").encode()
    return data.removeprefix(codecs.BOM_UTF8)


class _Reader:
    """Reads the parts that count, and counts what they take."""

    def __init__(self) -> None:
        self._left = TEXT_LIMIT

    def notebook(self, data: bytes | bytearray) -> dict[str, Any]:
        """Return what counts of a notebook; raise what msgspec does if it is odd."""
        whole = msgspec.json.decode(data, type=_Notebook)
        found: dict[str, Any] = {"nbformat": self._value(whole.nbformat)}
        if len(whole.worksheets):
            sheets = self._parts(whole.worksheets, _SHEETS)
            found["worksheets"] = [
                {"cells": [*self._cells(msgspec.json.decode(sheet, type=_Sheet).cells)]}
                for sheet in sheets
            ]
        if len(whole.cells):
            found["cells"] = [*self._cells(whole.cells)]
        return found

    def _cells(self, cells: Raw) -> Iterator[Any]:
        for part in self._parts(cells, _CELLS):
            cell = msgspec.json.decode(part, type=_Cell)
            kept = {name: getattr(cell, name) for name in _Cell.__struct_fields__}
            read = {name: self._value(raw) for name, raw in kept.items() if name != "metadata"}
            read = {name: value for name, value in read.items() if value is not None}
            yield {**read, "metadata": {"nbgrader": {"grade_id": self._name(cell.metadata)}}}

    def _name(self, metadata: Raw) -> Any:
        # Anything may stand in the place of each of these dicts.
        with suppress(msgspec.ValidationError):
            of = msgspec.json.decode(metadata, type=_Metadata) if len(metadata) else _Metadata()
            if len(of.nbgrader):
                return self._value(msgspec.json.decode(of.nbgrader, type=_Nbgrader).grade_id)
        return None

    def _parts(self, raw: Raw, kind: Any) -> Iterator[Raw]:
        found = msgspec.json.decode(raw, type=kind)
        for name in kind.__struct_fields__:
            part = getattr(found, name)
            if not len(part):
                return
            yield part

    def _value(self, raw: Raw) -> Any:
        self._left -= len(raw)
        if self._left < 0:
            raise UnreadableNotebook(
                f"it holds more than {TEXT_LIMIT / 1e6:g} MB without its outputs"
            )
        return msgspec.json.decode(raw) if len(raw) else None


def _large(data: bytes) -> dict[str, Any]:
    """Read once more what is odd and too large to be built: numbers that JSON does not have."""
    mended = bytearray(data) if b"NaN" in data or b"Infinity" in data else data
    for found in itertools.islice(_NO_NUMBER.finditer(data), MOST_STRINGS):
        if isinstance(mended, bytearray) and data[found.start()] != ord('"'):
            mended[found.start() : found.end()] = b"0." + b"0" * (len(found[0]) - 2)
    try:
        return _Reader().notebook(mended)
    except UnicodeDecodeError:
        raise UnreadableNotebook("it is not a text file in UTF-8") from None
    except RecursionError:
        raise UnreadableNotebook("it is nested too deeply or holds too long a number") from None
    except msgspec.ValidationError:
        raise UnreadableNotebook("it is JSON but not a notebook") from None
    except msgspec.DecodeError as error:
        raise UnreadableNotebook(f"it is not JSON: {error}") from None


def _by_python(data: bytes) -> Any:
    # Python takes what JSON has no place for, such as NaN, and says best what is wrong.
    try:
        text = data.decode("utf-8")
        if not text.strip():
            raise UnreadableNotebook("it is empty")
        return json.loads(text)
    except UnicodeDecodeError:
        raise UnreadableNotebook(_what_else(data) or "it is not a text file in UTF-8") from None
    except json.JSONDecodeError as error:
        raise UnreadableNotebook(_what_else(data) or f"it is not JSON: {error}") from None
    except (RecursionError, ValueError):  # Python reads no integer of more than 4300 digits
        raise UnreadableNotebook("it is nested too deeply or holds too long a number") from None


def _what_else(data: bytes) -> str:
    """Say what the file is instead; nothing where that is not known."""
    begin = data[:100].lstrip().lower()
    for start, what in _OTHERS.items():
        if begin.startswith(start.lower()):
            return f"it is {what}"
    if all(mark in data for mark in _MERGE):
        return "it holds both sides of a merge that was never finished: look for <<<<<<<"
    return ""
