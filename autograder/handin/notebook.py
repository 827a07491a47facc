"""Read a hand-in as data: everything in it is hostile until judged.

Of a cell only its type, its source and the name that its metadata give are looked at.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.files import UnreadableFile, read_untrusted
from autograder.handin.decoding import (
    CELLS_LIMIT,
    SIZE_LIMIT,
    TEXT_LIMIT,
    UnreadableNotebook,
    decode,
    decode_plain,
)

# All code is sent to the sandbox in one message.
CODE_LIMIT = 5_000_000
MOST_BYTES = 4  # of a letter, in UTF-8
# In a file each line of a cell is a text of its own, which takes sixty times a line end's memory.
LINES_LIMIT, LINE_ENDS = 200_000, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
FORMAT = 4  # of nbformat's, in which everything is read
KINDS = ("code", "markdown", "raw")
_ONE_LARGE = threading.Lock()


@dataclass(frozen=True)
class SubmittedCell:
    """What matters of a cell that was handed in. The name is empty where a student added it."""

    kind: str
    source: str
    name: str = ""


def read_own(path: Path) -> NotebookNode:
    """Return a notebook of the course's own, in format 4.

    nbformat would also compare it with the format's schema, and only log what differs.

    Raises
    ------
    nbformat.reader.NotJSONError
        If it is none.
    """
    notebook = nbformat.reader.reads(path.read_text(encoding="utf-8"))
    return notebook if notebook.nbformat == FORMAT else nbformat.convert(notebook, FORMAT)


def read_submission(path: Path) -> list[SubmittedCell]:
    """Return the cells of the notebook at `path`, of any nbformat version.

    Raises
    ------
    UnreadableNotebook
        If `path` is not a regular file within the size limit that holds a notebook.
    """
    try:
        # The threads that grade read one large notebook at a time: all together take its memory.
        with _ONE_LARGE if _size(path) > TEXT_LIMIT else nullcontext():
            cells = _cells(read_untrusted(path, SIZE_LIMIT))
    except UnreadableFile as error:
        raise UnreadableNotebook(str(error)) from None
    _require_bounds(cells)
    return cells


def _cells(data: bytes) -> list[SubmittedCell]:
    if plain := decode_plain(data):
        return [
            SubmittedCell(cell.cell_type, text_of(cell.source), cell.name)
            for cell in plain
            if cell.cell_type in KINDS
        ]
    return list(submitted_cells(_parse(data)))


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except (OSError, ValueError):  # whoever reads it will say what is wrong
        return 0


def _require_bounds(cells: list[SubmittedCell]) -> None:
    if len(cells) > CELLS_LIMIT:
        raise UnreadableNotebook(f"it has more than {CELLS_LIMIT} cells")
    # Where there are few letters there are few bytes and lines: to count them takes time.
    letters = sum(len(cell.source) for cell in cells)
    if letters * MOST_BYTES > CODE_LIMIT and _bytes_of_code(cells) > CODE_LIMIT:
        raise UnreadableNotebook(f"it holds more than {CODE_LIMIT / 1e3:g} kB of code")
    if letters > LINES_LIMIT and _lines(cells) > LINES_LIMIT:
        raise UnreadableNotebook(f"it has more than {LINES_LIMIT} lines")


def _bytes_of_code(cells: list[SubmittedCell]) -> int:
    return sum(len(cell.source.encode()) for cell in cells if cell.kind == "code")


def _lines(cells: list[SubmittedCell]) -> int:
    return sum(cell.source.count(end) for cell in cells for end in LINE_ENDS)


def submitted_cells(notebook: Any) -> Iterator[SubmittedCell]:
    """Yield what matters of the cells of a notebook of format 4, leaving out what is no cell."""
    for cell in dicts_in(notebook.get("cells")):
        if cell.get("cell_type") in KINDS:
            yield SubmittedCell(cell["cell_type"], text_of(cell.get("source")), _name_of(cell))


def name_of(cell: Any) -> str:
    """Return the grade_id of a cell, or an empty string."""
    try:
        name = cell["metadata"]["nbgrader"]["grade_id"]
    except (KeyError, TypeError):  # anything may stand in the place of each of these dicts
        return ""
    return name if isinstance(name, str) else ""


def _parse(data: bytes) -> dict[str, Any]:
    """Return a notebook of format 4, of which the list of cells is all that is certain."""
    notebook = decode(data)
    version = notebook.get("nbformat") if isinstance(notebook, dict) else None
    if not isinstance(version, int):
        raise UnreadableNotebook("it is JSON but not a notebook")
    if version > nbformat.current_nbformat:
        raise UnreadableNotebook("it is of a newer notebook format than 4")
    cells = notebook.get("cells") if version == FORMAT else list(_cells_of_format_3(notebook))
    if not isinstance(cells, list) or not cells:
        raise UnreadableNotebook("it is a notebook without cells")
    return {"cells": cells}


def _cells_of_format_3(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    # nbformat's converter wants the outputs in order too, and cannot read headings from a file.
    for sheet in dicts_in(notebook.get("worksheets")):
        for cell in dicts_in(sheet.get("cells")):
            if cell.get("cell_type") == "heading":
                level = cell.get("level")
                hashes = "######"[: level if isinstance(level, int) else 1]
                yield {
                    **cell,
                    "cell_type": "markdown",
                    "source": f"{hashes} {text_of(cell.get('source'))}",
                }
            else:
                yield {**cell, "source": cell.get("input", cell.get("source"))}


def dicts_in(value: Any) -> list[dict[str, Any]]:
    """Return the dicts of a list; none of what is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """Return a text as a notebook keeps it, whole or in lines; nothing for what is none."""
    if isinstance(value, list):
        try:
            value = "".join(value)
        except TypeError:
            value = "".join(line for line in value if isinstance(line, str))
    # As systems differ in how a line ends.
    return _writable(value.replace("\r\n", "\n")) if isinstance(value, str) else ""


def _writable(text: str) -> str:
    """Return a text without lone surrogates, which cannot be written back."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _name_of(cell: dict[str, Any]) -> str:
    """Return a cell's name: its grade_id or, where an editor dropped that, its id."""
    identity = cell.get("id")
    return _writable(name_of(cell) or (identity if isinstance(identity, str) else ""))
