"""Hand-ins made, read and repaired, and what holds of every repaired notebook."""

from __future__ import annotations

import copy

import nbformat
import pytest

from autograder.handin.notebook import (
    SubmittedCell,
    UnreadableNotebook,
    name_of,
    read_submission,
)
from autograder.handin.repairing import repair

EXERCISE = "update_parameters_with_gd"
ANSWER = f"{EXERCISE}-answer"
HELPER = "HELPER = 1"


def read(path, data: bytes):
    path.write_bytes(data)
    return read_submission(path)


def find(notebook, name):
    (cell,) = (cell for cell in notebook.cells if name_of(cell) == name)
    return cell


def texts(notebook):
    return [cell.source for cell in notebook.cells]


def repaired(source, cells):
    """Repair, and check what holds of every repaired notebook."""
    before = copy.deepcopy(source)
    result = repair(source, cells)
    notebook = result.notebook
    assert source == before
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert {**notebook, "cells": []} == {**source, "cells": []}
    named = [cell for cell in notebook.cells if name_of(cell)]
    assert all(not cell.metadata for cell in notebook.cells if not name_of(cell))
    for cell, original in zip(named, source.cells, strict=True):
        given = {"outputs": [], "execution_count": None} if cell.cell_type == "code" else {}
        tags = original.metadata.get("tags", [])
        if original.metadata.nbgrader.solution or "experiment" in tags:
            given["source"] = cell.source
        assert cell == {**original, **given}
    return result


def cells(text):
    return b'{"nbformat": 4, "cells": [%s]}' % text.encode()


def reason_for_refusing(path):
    with pytest.raises(UnreadableNotebook) as refusal:
        read_submission(path)
    reason = str(refusal.value)
    assert len(reason) <= 120 and reason.isprintable()
    return reason


def back(name):
    return f"The cell {name} was missing and has been put back."


def own(*cells):
    return [SubmittedCell("code", text, name) for name, text in cells]


def outline(notebook, names=("imports", ANSWER)):
    """Return these cells' names, and the sources of the added cells, in order."""
    ours = ((name_of(cell), cell.source) for cell in notebook.cells)
    return [name or text for name, text in ours if not name or name in names]
