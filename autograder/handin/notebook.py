"""Read a hand-in as data, and put the instructor's cells back around the student's answers.

Everything in a hand-in is hostile until judged. Of a cell only its type, its source and the name
that its metadata give are looked at; everything else comes from the source version.
"""

from __future__ import annotations

import codecs
import copy
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.files import UnreadableFile, read_untrusted
from autograder.handin.repair_notes import OF_ANOTHER, OF_ANOTHER_NOTE, Notes
from autograder.pages.markdown import harmless

# A workbook with all its figures takes 2 MB.
SIZE_LIMIT = 20_000_000
# The workbook has 114 cells with 19 kB of code. All code is sent to the sandbox in one message.
CELLS_LIMIT, CODE_LIMIT = 1000, 5_000_000
# In a file each line of a cell is a text of its own, which takes sixty times a line end's memory.
LINES_LIMIT, LINE_ENDS = 200_000, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"

# What nbgrader takes out of a release. Only ever searched for in the instructor's cells.
HIDDEN = re.compile(r"(?ms)^[^\n]*### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS[^\n]*\n?")

MISSING_ANSWER = "# This cell was missing from the submission."


class UnreadableNotebook(Exception):
    """A hand-in that is no notebook; the message says in a few words why."""


@dataclass(frozen=True)
class SubmittedCell:
    """What matters of a cell that was handed in. The name is empty where a student added it."""

    kind: str
    source: str
    name: str = ""


@dataclass(frozen=True)
class Repaired:
    """A notebook with the instructor's cells restored, and notes on what was repaired.

    The flags are for the instructor.
    """

    notebook: NotebookNode
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def read_submission(path: Path) -> list[SubmittedCell]:
    """Return the cells of the notebook at `path`, of any nbformat version.

    Raises
    ------
    UnreadableNotebook
        If `path` is not a regular file within the size limit that holds a notebook.
    """
    try:
        data = read_untrusted(path, SIZE_LIMIT)
    except UnreadableFile as error:
        raise UnreadableNotebook(str(error)) from None
    cells = list(submitted_cells(_parse(data)))
    _require_bounds(cells)
    return cells


def _require_bounds(cells: list[SubmittedCell]) -> None:
    if len(cells) > CELLS_LIMIT:
        raise UnreadableNotebook(f"it has more than {CELLS_LIMIT} cells")
    if sum(len(cell.source.encode()) for cell in cells if cell.kind == "code") > CODE_LIMIT:
        raise UnreadableNotebook(f"it holds more than {CODE_LIMIT / 1e3:g} kB of code")
    if sum(cell.source.count(end) for cell in cells for end in LINE_ENDS) > LINES_LIMIT:
        raise UnreadableNotebook(f"it has more than {LINES_LIMIT} lines")


def submitted_cells(notebook: Any) -> Iterator[SubmittedCell]:
    """Yield what matters of the cells of a notebook of format 4, leaving out what is no cell."""
    for cell in _dicts(notebook.get("cells")):
        if cell.get("cell_type") in ("code", "markdown", "raw"):
            yield SubmittedCell(cell["cell_type"], _source_of(cell), _name_of(cell))


def repair(source: NotebookNode, cells: Iterable[SubmittedCell]) -> Repaired:
    """Return the source version with the student's answers and the student's own cells in it.

    Every cell of the source version stands in its place, once: of several for one answer, the last.
    What the student added, or has twice, follows the same cell of the source version as before.
    The cells are new; what lies deeper in their metadata is the source version's own.

    Parameters
    ----------
    source : NotebookNode
        The instructor's notebook; its cells carry nbgrader's metadata.
    """
    originals = {name: cell for cell in source.cells if (name := name_of(cell))}
    placed = _Placement(originals, list(cells))
    is_of_another = bool(originals) and placed.is_of_another  # before the others join the added
    notebook = NotebookNode({**_new(source), "cells": placed.added[""]})
    for name in originals:  # a cell without a name is the student's to keep, as nbgrader has it
        notebook.cells += [placed.restored(name), *placed.added[name]]
    if is_of_another:
        return Repaired(notebook, (OF_ANOTHER_NOTE,), (OF_ANOTHER,))
    return Repaired(notebook, tuple(placed.notes.told()))


def name_of(cell: Any) -> str:
    """Return the grade_id of a cell, or an empty string."""
    try:
        name = cell["metadata"]["nbgrader"]["grade_id"]
    except (KeyError, TypeError):  # anything may stand in the place of each of these dicts
        return ""
    return name if isinstance(name, str) else ""


class _Placement:
    """Sorts the submitted cells into those that belong to the source version, and added ones."""

    def __init__(self, originals: dict[str, NotebookNode], cells: list[SubmittedCell]) -> None:
        self.notes = Notes()
        # The student's own cells, by the cell of the source version that they follow.
        self.added: dict[str, list[NotebookNode]] = defaultdict(list)
        self._originals = originals
        self._answers = {name for name, cell in originals.items() if _is_answer(cell)}
        own = sorted(self._find_own(cells).values())
        self._own = {cells[index].name: cells[index] for index in own}
        self._sort(cells, set(own))
        self._note_copies_and_order(cells)

    @property
    def is_of_another(self) -> bool:
        """Whether neither a name nor a text of the source version was handed in."""
        texts = {cell["source"].strip() for cell in self._originals.values()}
        added = (cell["source"].strip() for cells in self.added.values() for cell in cells)
        return not self._own and texts.isdisjoint(added)

    def restored(self, name: str) -> NotebookNode:
        """Return the source version's cell, with the student's source where it is an answer."""
        cell = _new(self._originals[name])
        own = self._own.get(name)
        self._note_repair(name, cell, own)
        if name in self._answers:
            cell["source"] = _shown(cell["cell_type"], own.source) if own else MISSING_ANSWER
            cell.pop("attachments", None)  # they belong to the instructor's answer
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        return cell

    def _find_own(self, cells: list[SubmittedCell]) -> dict[str, int]:
        own: dict[str, int] = {}
        for index, cell in enumerate(cells):
            # Of answers the last decides, as it does in Jupyter. The text of the others is the
            # source version's anyway, and what the student wrote may need the first to have run.
            if cell.name in self._answers or (
                cell.name in self._originals and cell.name not in own
            ):
                own[cell.name] = index
        return own

    def _sort(self, cells: list[SubmittedCell], own: set[int]) -> None:
        anchor = ""
        for index, cell in enumerate(cells):
            if index in own:
                anchor = cell.name
            elif not self._is_as_released(cell):
                make = getattr(nbformat.v4, f"new_{cell.kind}_cell")
                source = _shown(cell.kind, cell.source)
                self.added[anchor].append(make(source, id=f"added-{index + 1}"))

    def _is_as_released(self, cell: SubmittedCell) -> bool:
        """Tell whether a cell that is not the student's to write reads as it was given."""
        original = self._originals.get(cell.name)
        if original is None or cell.name in self._answers:
            return False
        if cell.source == original["source"]:
            return True
        released = HIDDEN.sub("", original["source"])
        return cell.source.strip() in (released.strip(), original["source"].strip())

    def _note_copies_and_order(self, cells: list[SubmittedCell]) -> None:
        for name, count in Counter(cell.name for cell in cells).items():
            if count > 1 and name in self._originals:
                which = "last" if name in self._answers else "released"
                self.notes.add(f"Of the {count} cells {name} the {which} one counts.")
        if list(self._own) != [name for name in self._originals if name in self._own]:
            self.notes.add("The cells were in another order and are in the released one again.")

    def _note_repair(self, name: str, cell: NotebookNode, own: SubmittedCell | None) -> None:
        if own is None:
            self.notes.cell(
                name, "was missing and has been put back", "were missing and have been put back"
            )
        elif own.kind != cell["cell_type"]:
            self.notes.add(f"The cell {name} was {own.kind} and is {cell['cell_type']} again.")
        if own and name not in self._answers and not self._is_as_released(own):
            self.notes.cell(
                name,
                "had been changed and is as it was released again",
                "had been changed and are as they were released again",
            )


def _parse(data: bytes) -> dict[str, Any]:
    """Return a notebook of format 4, of which the list of cells is all that is certain."""
    notebook = _load(data)
    version = notebook.get("nbformat") if isinstance(notebook, dict) else None
    if not isinstance(version, int):
        raise UnreadableNotebook("it is JSON but not a notebook")
    if version > nbformat.current_nbformat:
        raise UnreadableNotebook("it is of a newer notebook format than 4")
    cells = notebook.get("cells") if version == 4 else list(_cells_of_format_3(notebook))
    if not isinstance(cells, list) or not cells:
        raise UnreadableNotebook("it is a notebook without cells")
    return {"cells": cells}


def _load(data: bytes) -> Any:
    with suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8))
    # Python takes what JSON has no place for, such as NaN, and says best what is wrong.
    try:
        text = data.decode("utf-8-sig")
        if not text.strip():
            raise UnreadableNotebook("it is empty")
        return json.loads(text)
    except UnicodeDecodeError:
        raise UnreadableNotebook("it is not a text file in UTF-8") from None
    except json.JSONDecodeError as error:
        raise UnreadableNotebook(f"it is not JSON: {error}") from None
    except (RecursionError, ValueError):  # Python reads no integer of more than 4300 digits
        raise UnreadableNotebook("it is nested too deeply or holds too long a number") from None


def _cells_of_format_3(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    # nbformat's converter wants the outputs in order too, and cannot read headings from a file.
    for sheet in _dicts(notebook.get("worksheets")):
        for cell in _dicts(sheet.get("cells")):
            if cell.get("cell_type") == "heading":
                level = cell.get("level")
                hashes = "######"[: level if isinstance(level, int) else 1]
                yield {**cell, "cell_type": "markdown", "source": f"{hashes} {_source_of(cell)}"}
            else:
                yield {**cell, "source": cell.get("input", cell.get("source"))}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _source_of(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        try:
            source = "".join(source)
        except TypeError:
            source = "".join(line for line in source if isinstance(line, str))
    text = source.replace("\r\n", "\n") if isinstance(source, str) else ""  # as systems differ
    # A lone surrogate cannot be written back.
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _name_of(cell: dict[str, Any]) -> str:
    """Return a cell's name: its grade_id or, where an editor dropped that, its id."""
    identity = cell.get("id")
    return name_of(cell) or (identity if isinstance(identity, str) else "")


def _new(node: NotebookNode) -> NotebookNode:
    """Return a notebook or a cell that can be changed without changing `node`.

    Not a deep copy: that of a whole notebook takes longer than all the rest of the repair.
    """
    new = NotebookNode({**node, "metadata": NotebookNode(node["metadata"])})
    if "attachments" in node:
        new["attachments"] = copy.deepcopy(node["attachments"])
    return new


def _shown(kind: str, source: str) -> str:
    """Return a student's source as it may stand in a graded notebook: only code stays as it is."""
    return source if kind == "code" else harmless(source)


def _is_answer(cell: NotebookNode) -> bool:
    return bool(cell["metadata"]["nbgrader"].get("solution"))
