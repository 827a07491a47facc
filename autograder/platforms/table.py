"""A table that a platform wrote: some cells are filled in, and every other byte stays as it was."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.errors import UserError
from autograder.files import UnreadableFile, read_untrusted

MOST_BYTES = 50_000_000
SEPARATORS = ",;\t|"
# Which bytes a file begins with, and what it is read as: the mark itself is a letter of the text.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BOM = "\ufeff"
# Spreadsheets are told the separator in a line of its own.
TOLD = re.compile(r"\ufeff?(?:\"?sep=(.)\"?(?:\r\n|\n|\r))?", re.IGNORECASE)
END = re.compile(r"\r\n|\n|\r|\Z")


@dataclass(frozen=True)
class Cell:
    """What a cell says, and how it is written."""

    text: str
    raw: str


class Table:
    """The rows of a file; they are counted from 0, the header."""

    def __init__(self, data: bytes) -> None:
        self._encoding, text = _decoded(data)
        told = TOLD.match(text)
        self._before = told[0] if told else ""
        text = text[len(self._before) :]
        self.separator = (told and told[1]) or _separator(text)
        self._rows, self._ends = _parsed(text, self.separator)

    @property
    def header(self) -> list[str]:
        """What the columns are called."""
        return self.row(0)

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, number: int) -> list[str]:
        """Return what the cells of a row say."""
        return [cell.text for cell in self._rows[number]] if number < len(self._rows) else []

    def text(self, number: int, column: int) -> str:
        """Return what a cell says; nothing where the row is too short for it."""
        cells = self._rows[number]
        return cells[column].text if column < len(cells) else ""

    def column(self, column: int, first: int = 1) -> list[str]:
        """Return what a column says, from the row `first` on, without rows that are empty."""
        return [self.text(row, column) for row in range(first, len(self)) if any(self.row(row))]

    def put(self, number: int, column: int, text: str) -> None:
        """Write a cell, in quotes where it was in quotes or must be."""
        cells = self._rows[number]
        cells.extend(Cell("", "") for _ in range(column + 1 - len(cells)))
        # A letter that the file's encoding does not have would cost the whole file.
        text = text.encode(self._encoding, "replace").decode(self._encoding)
        is_quoted = cells[column].raw.startswith('"') or any(
            letter in text for letter in (self.separator, '"', "\n", "\r")
        )
        quoted = text.replace('"', '""')
        cells[column] = Cell(text, f'"{quoted}"' if is_quoted else text)

    def data(self) -> bytes:
        """Return the bytes of the file."""
        lines = (
            self.separator.join(cell.raw for cell in cells) + end
            for cells, end in zip(self._rows, self._ends, strict=True)
        )
        return (self._before + "".join(lines)).encode(self._encoding)


def read_table(path: Path) -> Table:
    """Return the table in a file.

    Raises
    ------
    UserError
        If it cannot be read, or is no text.
    """
    try:
        data = read_untrusted(path.resolve(), MOST_BYTES)
        table = Table(data)
    except UnreadableFile as reason:
        raise UserError(f"{path} cannot be used: {reason}.") from None
    except UnicodeError:
        raise UserError(f"{path} is no CSV: download it from the platform again.") from None
    if data[:2] == b"PK" or "\0" in "".join(table.header) or table.data() != data:
        raise UserError(
            f"{path} is no CSV that could be written as it was: download it as CSV, not as a "
            "workbook of a spreadsheet program."
        )
    return table


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the encoding and the text; where it is no UTF, it is what Windows writes in Europe."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding, data.decode(encoding)
    if b"\0" in data[:10_000]:  # UTF-16 that does not say so
        is_other = set("\r\n" + SEPARATORS).isdisjoint(data.decode("utf-16-le", "replace"))
        encoding = "utf-16-be" if is_other else "utf-16-le"
        return encoding, data.decode(encoding)
    for encoding in ("utf-8", "cp1252"):
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return "latin-1", data.decode("latin-1")


def _separator(text: str) -> str:
    """Return what ends the first cell: no platform's has it in its name, other titles may."""
    first = re.split(r"[\r\n]", re.sub(r'"[^"]*+"', "", text[:100_000]), maxsplit=1)[0]
    return next((letter for letter in first if letter in SEPARATORS), SEPARATORS[0])


@cache
def _cell(separator: str) -> re.Pattern[str]:
    plain = rf"[^{re.escape(separator)}\r\n]*+"
    return re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*+)"({plain})|{plain})')


def _parsed(text: str, separator: str) -> tuple[list[list[Cell]], list[str]]:
    pattern, place = _cell(separator), 0
    rows: list[list[Cell]] = []
    ends: list[str] = []
    cells: list[Cell] = []
    while place < len(text) or cells:
        found = pattern.match(text, place)
        assert found is not None  # it may match nothing at all
        cells.append(Cell(_unquoted(found), found[0]))
        place = found.end()
        if text.startswith(separator, place):
            place += 1
            continue
        end = END.match(text, place)
        assert end is not None  # a cell ends at a separator, a line's end or the text's
        rows.append(cells)
        ends.append(end[0])
        cells, place = [], end.end()
    return rows, ends


def _unquoted(found: re.Match[str]) -> str:
    return found[0] if found[1] is None else found[1].replace('""', '"') + found[2]


def decimal_sign(table: Table, columns: Sequence[int]) -> str:
    """Return what divides the whole of a number from its part, in these columns or as a guess."""
    cells = [text.strip() for column in columns for text in table.column(column)]
    commas = sum(bool(re.fullmatch(r"-?\d+,(?:\d{1,2}|\d{4,})", text)) for text in cells)
    points = sum(bool(re.fullmatch(r"-?\d+\.\d+", text)) for text in cells)
    if commas != points:
        return "," if commas > points else "."
    return "," if table.separator == ";" else "."
