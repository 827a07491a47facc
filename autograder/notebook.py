"""Read a hand-in as data, and put the instructor's cells back around the student's answers.

Everything in a hand-in is hostile until judged. Of a cell only its type, its source and the name
that its metadata give are looked at; everything else comes from the source version.
"""

from __future__ import annotations

import copy
import json
import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

# A workbook with all its figures takes 2 MB.
SIZE_LIMIT = 50_000_000

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
    """A notebook with the instructor's cells restored, and a note for each repair."""

    notebook: NotebookNode
    notes: tuple[str, ...] = field(default=())


def read_submission(path: Path) -> list[SubmittedCell]:
    """Return the cells of the notebook at `path`, of any nbformat version.

    Raises
    ------
    UnreadableNotebook
        If `path` is not a regular file within the size limit that holds a notebook.
    """
    return list(submitted_cells(_parse(_read_bytes(path))))


def submitted_cells(notebook: Any) -> Iterator[SubmittedCell]:
    """Yield what matters of the cells of a notebook of format 4, leaving out what is no cell."""
    for cell in notebook.get("cells") or []:
        if isinstance(cell, dict) and cell.get("cell_type") in {"code", "markdown", "raw"}:
            yield SubmittedCell(cell["cell_type"], _source_of(cell), _name_of(cell))


def repair(source: NotebookNode, cells: Iterable[SubmittedCell]) -> Repaired:
    """Return the source version with the student's answers and the student's own cells in it.

    Every cell of the source version stands in its place, once. A cell that the student added, or
    has twice, follows the cell of the source version that it followed in the submission.

    Parameters
    ----------
    source : NotebookNode
        The instructor's notebook; its cells carry nbgrader's metadata.
    """
    originals = {name_of(cell): cell for cell in source.cells if name_of(cell)}
    placed = _Placement(originals, list(cells))
    notebook = NotebookNode(copy.deepcopy({**source, "cells": []}))
    notebook.cells += placed.added_after("")
    for cell in source.cells:
        name = name_of(cell)
        notebook.cells.append(placed.restored(name) if name else copy.deepcopy(cell))
        notebook.cells += placed.added_after(name) if name else []
    return Repaired(notebook, tuple(placed.notes))


def name_of(cell: Any) -> str:
    """Return the grade_id of a cell, or an empty string."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else ""


class _Placement:
    """Sorts the submitted cells into those that belong to the source version, and added ones."""

    def __init__(self, originals: dict[str, NotebookNode], cells: list[SubmittedCell]) -> None:
        self.notes: list[str] = []
        self._originals = originals
        # Run from top to bottom, the last of several cells decides, as it does in Jupyter.
        last = {cell.name: index for index, cell in enumerate(cells) if cell.name in originals}
        self._own = {name: cells[index] for name, index in last.items()}
        self._added: dict[str, list[SubmittedCell]] = defaultdict(list)
        self._sort(cells, set(last.values()))
        self._note_order(cells, sorted(last.values()))
        self._count = 0

    def restored(self, name: str) -> NotebookNode:
        """Return the source version's cell, with the student's source where it is an answer."""
        cell = copy.deepcopy(self._originals[name])
        own = self._own.get(name)
        cell.pop("attachments", None)
        if own is None:
            self.notes.append(f"The cell {name} was missing and has been put back.")
        elif own.kind != cell.cell_type:
            self.notes.append(
                f"The cell {name} had become {own.kind} and is {cell.cell_type} again."
            )
        if _is_answer(cell):
            cell.source = own.source if own else MISSING_ANSWER
        elif own and _visible(own.source) != _visible(cell.source) and cell.cell_type == "code":
            self.notes.append(f"The cell {name} had been changed and is as it was released again.")
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        return cell

    def added_after(self, name: str) -> list[NotebookNode]:
        """Return the student's own cells that follow the cell `name`."""
        return [self._new(cell) for cell in self._added[name]]

    def _sort(self, cells: list[SubmittedCell], own: set[int]) -> None:
        """Remember behind which cell of the source version each added cell stands."""
        anchor = ""
        for index, cell in enumerate(cells):
            if index in own:
                anchor = cell.name
            elif not self._is_plain_copy(cell):
                self._added[anchor].append(cell)
                if cell.name in self._originals:
                    self.notes.append(f"The cell {cell.name} was there twice; both are run.")

    def _is_plain_copy(self, cell: SubmittedCell) -> bool:
        original = self._originals.get(cell.name)
        return original is not None and _visible(original.source) == _visible(cell.source)

    def _note_order(self, cells: list[SubmittedCell], own: list[int]) -> None:
        order = list(self._originals)
        places = [order.index(cells[index].name) for index in own]
        if places != sorted(places):
            self.notes.append("The cells were in another order and are in the released one again.")

    def _new(self, cell: SubmittedCell) -> NotebookNode:
        self._count += 1
        make = getattr(nbformat.v4, f"new_{cell.kind}_cell")
        return make(cell.source, id=f"added-{self._count}")


def _read_bytes(path: Path) -> bytes:
    # Opening a FIFO would wait for ever, and a link may lead anywhere.
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | os.O_NONBLOCK)
    except OSError as error:
        raise UnreadableNotebook(f"it cannot be opened: {error.strerror}") from None
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableNotebook("it is not a regular file")
        if about.st_size > SIZE_LIMIT:
            size = f"{about.st_size / 1e6:.0f} MB"
            raise UnreadableNotebook(f"it has {size}, more than the {SIZE_LIMIT / 1e6:.0f} allowed")
        return file.read(SIZE_LIMIT)


def _parse(data: bytes) -> Any:
    if not data.strip():
        raise UnreadableNotebook("it is empty")
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UnreadableNotebook(f"it is not JSON: {error}"[:120]) from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("nbformat"), int):
        raise UnreadableNotebook("it is JSON but not a notebook")
    if notebook["nbformat"] < 4:
        notebook = _upgrade(notebook)
    if not isinstance(notebook.get("cells"), list):
        raise UnreadableNotebook("it is a notebook without cells")
    return notebook


def _upgrade(notebook: dict[str, Any]) -> Any:
    try:
        return nbformat.convert(nbformat.from_dict(notebook), 4)
    except Exception as error:  # the converters trust their input, and fail in many ways
        raise UnreadableNotebook(f"it is of an old format and malformed: {error}"[:120]) from None


def _source_of(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    # A lone surrogate cannot be written back, and line ends differ between systems.
    text = source if isinstance(source, str) else ""
    return text.replace("\r\n", "\n").encode("utf-8", "replace").decode()


def _name_of(cell: dict[str, Any]) -> str:
    """Return a cell's name: its grade_id or, where an editor dropped that, its id."""
    identity = cell.get("id")
    return name_of(cell) or (identity if isinstance(identity, str) else "")


def _is_answer(cell: NotebookNode) -> bool:
    return bool(cell.metadata.nbgrader.get("solution"))


def _visible(source: str) -> str:
    """Return what a student sees of a cell: nothing of its hidden region, no trailing space."""
    before, mark, rest = source.partition("### BEGIN HIDDEN TESTS")
    hidden, _, after = rest.partition("### END HIDDEN TESTS")
    return (before + after if mark and hidden else source).strip()
