"""Hand-ins as they come: whatever an editor made of a notebook is read."""

from __future__ import annotations

import copy
import json

import nbformat
import pytest

from autograder.handin.notebook import SubmittedCell, submitted_cells
from tests.handin.notebook.hand_ins import cells, read, repaired


def in_format_3(notebook):
    return nbformat.writes(nbformat.convert(notebook, 3), version=nbformat.NO_CONVERT)


def in_format_3_without_outputs(notebook):
    old = json.loads(in_format_3(notebook))
    for cell in old["worksheets"][0]["cells"]:
        cell.pop("outputs", None)
    return json.dumps(old)


def in_minor(minor):
    def change(notebook):
        notebook.nbformat_minor = minor
        for cell in notebook.cells if minor < 5 else []:
            del cell["id"]
        return nbformat.writes(notebook)

    return change


def each_cell(change):
    def change_all(notebook):
        for cell in notebook.cells:
            change(cell)
        return json.dumps(notebook)

    return change_all


def to_schema_1(cell):
    if old := cell.metadata.get("nbgrader"):
        cell.metadata.nbgrader = {key: old[key] for key in ("grade_id", "grade", "locked")}
        cell.metadata.nbgrader |= {"solution": old.solution, "schema_version": 1, "points": 3.0}


def to_colab(cell):
    cell.metadata |= {"id": cell.pop("id"), "colab": {"base_uri": "https://x"}, "outputId": "a-1"}


def to_vscode(cell):
    cell.metadata |= {"vscode": {"languageId": "python"}, "notebookRunGroups": {"x": "1"}}


def to_lab(cell):
    cell.metadata |= {"trusted": True, "editable": True, "jupyter": {"source_hidden": True}}
    cell.metadata |= {"execution": {"iopub.status.busy": "2026-01-01"}, "slideshow": {}}


WRITERS = {
    "format 3": in_format_3,
    "format 3 without outputs": in_format_3_without_outputs,
    **{f"format 4.{minor}": in_minor(minor) for minor in range(6)},
    "schema version 1": each_cell(to_schema_1),
    "Colab": each_cell(to_colab),
    "VS Code": each_cell(to_vscode),
    "JupyterLab": each_cell(to_lab),
    "no outputs": each_cell(lambda cell: cell.pop("outputs", None)),
    "no metadata but ids": each_cell(lambda cell: cell.update(metadata={})),
    "emptied grade_id": each_cell(lambda cell: cell.update(metadata={"nbgrader": {}})),
    "source as lines": each_cell(lambda cell: cell.update(source=cell.source.splitlines(True))),
    "byte order mark": lambda notebook: "\ufeff" + nbformat.writes(notebook),
    "CRLF": lambda notebook: nbformat.writes(notebook).replace("\n", "\r\n"),
    "CRLF in cells": each_cell(
        lambda cell: cell.update(source=cell.source.replace("\n", "\r\n").splitlines(True))
    ),
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_every_editors_file_gives_the_same_notebook(write, source, handed_in, scratch):
    expected = repaired(source, submitted_cells(handed_in))
    assert expected.notes == ()
    text = write(copy.deepcopy(handed_in))
    assert repaired(source, read(scratch, text.encode())) == expected


ODD = {
    "NaN": ('{"cell_type": "raw", "source": "x", "n": [NaN, -Infinity, 1e999]}', ["x"]),
    "lone surrogate": (r'{"cell_type": "raw", "source": "a\ud800b"}', ["a?b"]),
    "duplicate keys": ('{"cell_type": "raw", "source": "x", "source": "y"}', ["y"]),
    "no source": ('{"cell_type": "raw"}', [""]),
    "source of another kind": ('{"cell_type": "raw", "source": {"a": 1}}', [""]),
    "lines of another kind": ('{"cell_type": "raw", "source": ["a", 1, null, "b"]}', ["ab"]),
    "not a cell": ('[], null, 3, "code", {"cell_type": "raw", "source": "x"}', ["x"]),
    "no type": ('{"source": "x"}', []),
    "unknown type": ('{"cell_type": "heading", "source": "x"}', []),
    "type of another kind": ('{"cell_type": ["code"]}, {"cell_type": {"code": 1}}', []),
    "metadata of another kind": ('{"cell_type": "raw", "source": "x", "metadata": [1]}', ["x"]),
    "nbgrader of another kind": ('{"cell_type": "raw", "metadata": {"nbgrader": "x"}}', [""]),
    "name of another kind": (
        '{"cell_type": "raw", "id": 7, "metadata": {"nbgrader": {"grade_id": {"a": 1}}}}',
        [""],
    ),
    "deep metadata": (f'{{"cell_type": "raw", "source": "x", "m": {"[" * 99 + "]" * 99}}}', ["x"]),
}


@pytest.mark.parametrize(("text", "sources"), ODD.values(), ids=ODD)
def test_odd_cells_are_read_as_far_as_they_go(text, sources, scratch):
    found = read(scratch, cells(text))
    assert [cell.source for cell in found] == sources
    assert all(cell.name == "" for cell in found)


@pytest.mark.parametrize(("level", "text"), [(2, "## A"), (10**12, "###### A"), ("x", "# A")])
def test_headings_of_format_3_are_text(level, text, scratch):
    heading = {"cell_type": "heading", "level": level, "source": ["A"]}
    old = {"nbformat": 3, "worksheets": [{"cells": [heading]}, {"cells": 5}, None]}
    assert read(scratch, json.dumps(old).encode()) == [SubmittedCell("markdown", text)]
