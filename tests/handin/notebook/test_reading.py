"""Hand-ins as they come: whatever an editor made of a notebook is read."""

from __future__ import annotations

import copy
import json
import subprocess
import sys

import nbformat
import pytest

from autograder.handin.notebook import (
    SubmittedCell,
    UnreadableNotebook,
    read_own,
    read_submission,
    submitted_cells,
)
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
    "UTF-16": lambda notebook: nbformat.writes(notebook).encode("utf-16"),
    "UTF-16, the other way round": lambda notebook: ("\ufeff" + nbformat.writes(notebook)).encode(
        "utf-16-be"
    ),
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
    written = write(copy.deepcopy(handed_in))
    data = written if isinstance(written, bytes) else written.encode()
    assert repaired(source, read(scratch, data)) == expected


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


PICTURE = '{"output_type": "display_data", "metadata": {}, "data": {"image/png": "%s"}}'


def notebook_with_outputs(path, megabytes: int, beside: str = "[1.5, [], {}]") -> None:
    """Write a notebook with so many outputs, picture by picture."""
    with path.open("w") as file:
        file.write('{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": [')
        for _ in range(megabytes):
            file.write(PICTURE % ("A" * 1_000_000) + ", ")
        file.write(beside + '], "metadata": {"nbgrader": {"grade_id": "one"}}, "source": "x"}]}')


READ_IN_LITTLE = """
import sys
from pathlib import Path
from autograder.handin.notebook import read_submission
from tests.support.memory import most_used
before = most_used()
(cell,) = read_submission(Path(sys.argv[1]))
assert (cell.source, cell.name) == ("x", "one"), cell
print(most_used() - before >> 20)
"""


@pytest.mark.slow
def test_outputs_of_200_megabytes_are_skipped_in_the_memory_of_the_file(tmp_path):
    path = tmp_path / "large.ipynb"
    notebook_with_outputs(path, 200, beside="[" + "[], {}, " * 500_000 + "1]")
    command = [sys.executable, "-c", READ_IN_LITTLE, str(path)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(outcome.stdout) < 240


@pytest.mark.parametrize("megabytes", [0, 24])
@pytest.mark.parametrize("number", ["NaN", "-Infinity", '"NaN"'])
def test_what_json_has_no_number_for_is_read_in_outputs(number, megabytes, tmp_path):
    path = tmp_path / "hand-in.ipynb"
    notebook_with_outputs(path, megabytes, beside=f'{{"data": [{number}]}}')
    assert read_submission(path) == [SubmittedCell("code", "x", "one")]


@pytest.mark.parametrize(
    ("beside", "reason"),
    [("[1, }", "it is not JSON: JSON is malformed"), ("[" * 100_000, "it is nested too deeply")],
)
def test_a_large_notebook_that_is_none_is_told(beside, reason, tmp_path):
    path = tmp_path / "hand-in.ipynb"
    notebook_with_outputs(path, 24, beside)
    with pytest.raises(UnreadableNotebook, match=reason):
        read_submission(path)


def test_more_text_than_is_read_is_told_in_a_large_notebook(tmp_path):
    path = tmp_path / "hand-in.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": [
        {"cell_type": "code", "source": "x" * 11_000_000} for _ in range(2)]}))  # fmt: skip
    with pytest.raises(UnreadableNotebook, match="more than 20 MB without its outputs"):
        read_submission(path)


def test_cells_without_number_are_counted_without_being_built(tmp_path):
    path = tmp_path / "hand-in.ipynb"
    path.write_text('{"nbformat": 4, "cells": [' + "{}, " * 10_000 + "{}]}")
    assert read_submission(path) == []


def test_a_notebook_of_format_3_skips_its_outputs_too(tmp_path):
    path = tmp_path / "hand-in.ipynb"
    output = PICTURE % ("A" * 24_000_000)
    code = f'{{"cell_type": "code", "outputs": [{output}], "input": "x"}}'
    heading = '{"cell_type": "heading", "level": 2, "source": "y"}'
    path.write_text(f'{{"nbformat": 3, "worksheets": [{{"cells": [{code}, {heading}]}}]}}')
    cells = [SubmittedCell("code", "x"), SubmittedCell("markdown", "## y")]
    assert read_submission(path) == cells


@pytest.mark.parametrize("name", ["optimization", "gradient_checking"])
def test_a_notebook_of_the_courses_own_is_read_as_by_nbformat(repo, name):
    path = repo.notebook(name)
    assert read_own(path) == nbformat.read(path, as_version=4)


def test_one_of_an_old_format_is_converted(tmp_path):
    path = tmp_path / "old.ipynb"
    new = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1")])
    path.write_text(json.dumps(nbformat.convert(new, 3)))
    assert [cell.source for cell in read_own(path).cells] == ["x = 1"]
