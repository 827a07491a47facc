"""Put the instructor's cells back around what a student wrote.

Of a hand-in's cell only its type, its source and its name count; everything else comes from the
source version.
"""

from __future__ import annotations

import copy
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import EXPERIMENT
from autograder.handin.notebook import SubmittedCell, name_of
from autograder.handin.repair_notes import (
    CHANGED,
    CHANGED_AND_RUN,
    OF_ANOTHER,
    OF_ANOTHER_NOTE,
    Notes,
)
from autograder.pages.markdown import harmless, without_pictures

# What nbgrader takes out of a release. Only ever searched for in the instructor's cells.
HIDDEN = re.compile(r"(?ms)^[^\n]*### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS[^\n]*\n?")

# Of the texts of a hand-in that are no code: some two hundred pages.
TEXTS_LIMIT = 500_000
CUT = "\n\n… the rest of the texts of this hand-in is left out …"

MISSING_ANSWER = "# This cell was missing from the submission."


@dataclass(frozen=True)
class Repaired:
    """A notebook with the instructor's cells restored, and notes on what was repaired.

    The flags are for the instructor. The numbers are those of the cells in the student's notebook,
    counted from 1 over cells of all kinds, by the cells' ids.
    """

    notebook: NotebookNode
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)


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
        return Repaired(notebook, (OF_ANOTHER_NOTE,), (OF_ANOTHER,), placed.numbers)
    return Repaired(notebook, tuple(placed.notes.told()), numbers=placed.numbers)


class _Placement:
    """Sorts the submitted cells into those that belong to the source version, and added ones."""

    def __init__(self, originals: dict[str, NotebookNode], cells: list[SubmittedCell]) -> None:
        self.notes = Notes()
        self._room = TEXTS_LIMIT
        # The student's own cells, by the cell of the source version that they follow.
        self.added: dict[str, list[NotebookNode]] = defaultdict(list)
        self._originals = originals
        self._answers = {name for name, cell in originals.items() if _is_answer(cell)}
        own = sorted(self._find_own(cells).values())
        self._own = {cells[index].name: cells[index] for index in own}
        self.numbers = {originals[cells[n].name].get("id", ""): n + 1 for n in own}
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
            cell["source"] = self._shown(cell["cell_type"], own.source) if own else MISSING_ANSWER
            cell.pop("attachments", None)  # they belong to the instructor's answer
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        return cell

    def _shown(self, kind: str, source: str) -> str:
        """Return a student's source as it may stand in a graded notebook: only code stays as it is.

        To make text harmless takes time, so there is room for so much in all.
        """
        if kind == "code":
            return source
        text = without_pictures(source)
        shown = text[: self._room]
        self._room -= len(shown)
        return harmless(shown) + (CUT if len(shown) < len(text) else "")

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
                if self._runs_beside(cell):
                    self._add(anchor, cell, index)
            elif not self._is_as_released(cell):
                self._add(anchor, cell, index)

    def _add(self, anchor: str, cell: SubmittedCell, index: int) -> None:
        added = _made(cell.kind, self._shown(cell.kind, cell.source), f"added-{index + 1}")
        self.added[anchor].append(added)
        self.numbers[added["id"]] = index + 1

    def _runs_beside(self, cell: SubmittedCell) -> bool:
        """Tell whether a student's version of a given cell runs too, right after the given one.

        Editors ignore that a cell is read only, and what a student added to it, such as an import,
        may be needed. It is one more cell of the student's own. A test of points is not: what it
        says is not the student's to change.
        """
        original = self._originals[cell.name]
        is_given = cell.name not in self._answers and not original["metadata"]["nbgrader"].get(
            "grade"
        )
        is_code = cell.kind == original["cell_type"] == "code"
        return is_given and is_code and bool(cell.source.strip()) and not self._is_as_released(cell)

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
            befell, befell_many = CHANGED_AND_RUN if self._runs_beside(own) else CHANGED
            self.notes.cell(name, befell, befell_many)


def _new(node: NotebookNode) -> NotebookNode:
    """Return a notebook or a cell that can be changed without changing `node`.

    Not a deep copy: that of a whole notebook takes longer than all the rest of the repair.
    """
    new = NotebookNode({**node, "metadata": NotebookNode(node["metadata"])})
    if "attachments" in node:
        new["attachments"] = copy.deepcopy(node["attachments"])
    return new


def _made(kind: str, source: str, id_: str) -> NotebookNode:
    """Return a new cell as `nbformat.v4` makes it, which takes a millisecond to validate."""
    cell = NotebookNode(id=id_, cell_type=kind, metadata=NotebookNode(), source=source)
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    return cell


def _is_answer(cell: NotebookNode) -> bool:
    """Tell whether the student's text counts: in an answer, and in a cell to try things in."""
    metadata = cell["metadata"]
    return bool(metadata["nbgrader"].get("solution")) or EXPERIMENT in metadata.get("tags", [])
