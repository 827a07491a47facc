"""Cells of the student's own stay where they were among the instructor's."""

from __future__ import annotations

import pytest
from nbformat import v4

from autograder.handin.notebook import SubmittedCell, name_of, submitted_cells
from autograder.handin.repairing import repair
from autograder.pages.markdown import harmless
from tests.handin.notebook.hand_ins import ANSWER, HELPER, find, outline, own, repaired, texts

PLACES = {
    "the first of two answers runs above the last": (
        own(("", "first of all"), (ANSWER, "x"), (ANSWER, "y")),
        ["first of all", "x", "imports", ANSWER],
    ),
    "what stands between two answers stays between": (
        own(("imports", "import np"), (ANSWER, "x"), ("", "use x"), (ANSWER, "y")),
        ["imports", "import np", "x", "use x", ANSWER],
    ),
    "a late copy does not leave what needs the first without it": (
        own(("imports", "import np"), ("", "use np"), ("imports", "import os")),
        ["imports", "import np", "use np", "import os", ANSWER],
    ),
    "a cell moves with the one it follows": (
        own((ANSWER, "x"), ("", "use x"), ("imports", "import np"), ("", "use np")),
        ["imports", "import np", "use np", ANSWER, "use x"],
    ),
    "without that cell it follows the one before": (
        own(("imports", "import np"), ("deleted", "1"), ("", "2")),
        ["imports", "import np", "1", "2", ANSWER],
    ),
}


@pytest.mark.parametrize(("cells", "expected"), PLACES.values(), ids=PLACES)
def test_added_cells_stay_with_their_neighbours(cells, expected, source):
    assert outline(repaired(source, cells).notebook) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("imports", ["imports", "use", ANSWER], id="of a given cell once"),
        pytest.param(ANSWER, ["copied", "use", "imports", ANSWER], id="of an answer each time"),
    ],
)
def test_an_unchanged_copy_runs(name, expected, source):
    text = find(source, name).source
    notebook = repaired(source, own((name, text), ("", "use"), (name, text))).notebook
    assert outline(notebook) == [text if line == "copied" else line for line in expected]


@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
def test_an_added_cell_keeps_its_kind(kind, source):
    added = repaired(source, [SubmittedCell(kind, "mine")]).notebook.cells[0]
    assert (added.cell_type, added.source) == (kind, "mine")


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_what_would_act_in_an_added_cell_is_text(kind, source):
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
    once = repaired(source, [SubmittedCell(kind, hostile), SubmittedCell("code", hostile)]).notebook
    assert [cell.source for cell in once.cells[:2]] == [harmless(hostile), hostile]
    # nbgrader's own door repairs what has been repaired.
    again = repaired(source, submitted_cells(once)).notebook
    assert [cell.source for cell in again.cells] == [cell.source for cell in once.cells]


def test_what_would_act_in_an_answer_that_people_grade_is_text():
    role = {"grade_id": "essay", "solution": True, "grade": True}
    essay = v4.new_markdown_cell("Write here.", metadata={"nbgrader": role})
    own_text = own(("essay", "**so** <script>alert(1)</script>"))
    (cell,) = repair(v4.new_notebook(cells=[essay]), own_text).notebook.cells
    assert cell.source == "**so** < script>alert(1)< /script>"


def test_without_any_name_everything_runs_as_added_before_the_checks(source, handed_in):
    for cell in handed_in.cells:
        cell.metadata, cell.id = {}, ""
    result = repaired(source, submitted_cells(handed_in))
    assert outline(result.notebook) == [*texts(handed_in), "imports", ANSWER]
    first = ", ".join(name_of(cell) for cell in source.cells[:3])
    assert list(result.notes) == [
        f"{len(source.cells)} cells were missing and have been put back, among them {first}."
    ]
    assert result.flags == ()


def test_a_notebook_of_other_cells_is_told_in_one_line(source):
    result = repaired(source, [SubmittedCell("code", "def f(): pass"), SubmittedCell("raw", "x")])
    assert [note.partition(":")[0] for note in result.notes] == [
        "None of the released cells was in it"
    ]
    assert result.flags == (
        "none of the released cells is in it: it was made from another notebook",
    )


@pytest.mark.parametrize("count", [1, 4, 5, 20])
def test_what_befell_many_cells_is_told_in_one_line(count, source, handed_in):
    given = [cell for cell in submitted_cells(handed_in) if cell.source != HELPER]
    notes = repaired(source, given[count:]).notes
    assert len(notes) == (count if count <= 4 else 1)
    assert all(str(count) in note for note in notes if count > 4), notes
