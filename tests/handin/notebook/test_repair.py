"""The instructor's cells are put back, each repair leaves a note, answers stay as they are."""

from __future__ import annotations

import copy

import pytest
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import ClearHiddenTests

from autograder.handin.notebook import SubmittedCell, submitted_cells
from autograder.handin.repairing import MISSING_ANSWER, TEXTS_LIMIT, repair
from tests.conftest import NAME
from tests.handin.notebook.hand_ins import ANSWER, EXERCISE, back, find, repaired, texts
from tests.support.sample_class import fill_in

ORDER = "The cells were in another order and are in the released one again."


def test_an_untouched_release_gives_the_source_cells_without_a_note(source, released):
    result = repaired(source, submitted_cells(released))
    assert result.notes == ()
    assert [cell.id for cell in result.notebook.cells] == [cell.id for cell in source.cells]


def test_the_source_version_itself_needs_no_repair(source):
    result = repaired(source, submitted_cells(source))
    assert (result.notes, texts(result.notebook)) == ((), texts(source))


ANSWERS = {
    "empty": "",
    "not Python": "def (:\n\tx\x0b\x00",
    "outer space": "\n\n  x = 1  \n\n",
    "magic": "%%time\n!ls",
    "hidden tests": "### BEGIN HIDDEN TESTS\nx\n### END HIDDEN TESTS",
    "Unicode": "π = '😀\u2028'",
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_answers_are_taken_over_verbatim(answer, source, released):
    result = repaired(source, submitted_cells(fill_in(released, NAME, {EXERCISE: answer})))
    assert find(result.notebook, ANSWER).source == answer
    assert result.notes == ()


def delete(name):
    return lambda notebook: notebook.cells.remove(find(notebook, name))


def change(name, **fields):
    return lambda notebook: find(notebook, name).update(fields)


def change_metadata(name, **fields):
    return lambda notebook: find(notebook, name).metadata.nbgrader.update(fields)


def copy_to_end(name, times=1):
    def duplicate(notebook):
        notebook.cells += [{**find(notebook, name), "id": f"copy-{i}"} for i in range(times)]

    return duplicate


def swap(notebook):
    notebook.cells[5], notebook.cells[7] = notebook.cells[7], notebook.cells[5]


RAN_BESIDE = (
    "The cell imports had been changed: it is as released again, "
    "and your version ran right after it."
)


def released_again(name):
    return f"The cell {name} had been changed and is as it was released again."


REPAIRS = {
    "deleted answer": (delete(ANSWER), [back(ANSWER)]),
    "deleted check": (delete(EXERCISE), [back(EXERCISE)]),
    "deleted text": (delete("adam"), [back("adam")]),
    "renamed": (change_metadata(EXERCISE, grade_id="mine"), [back(EXERCISE)]),
    "answer copied": (
        copy_to_end(ANSWER, 2),
        [f"Of the 3 cells {ANSWER} the last one counts.", ORDER],
    ),
    "check copied": (
        copy_to_end(EXERCISE),
        [f"Of the 2 cells {EXERCISE} the released one counts."],
    ),
    "swapped": (swap, [ORDER]),
    "reversed": (lambda notebook: notebook.cells.reverse(), [ORDER]),
    "answer made text": (
        change(ANSWER, cell_type="markdown"),
        [f"The cell {ANSWER} was markdown and is code again."],
    ),
    "check made raw and edited": (
        change(EXERCISE, cell_type="raw", source="10"),
        [f"The cell {EXERCISE} was raw and is code again.", released_again(EXERCISE)],
    ),
    "edited code": (change("imports", source="import os"), [RAN_BESIDE]),
    "edited check": (change(EXERCISE, source=""), [released_again(EXERCISE)]),
    "edited text": (change("adam", source="Adam!"), [released_again("adam")]),
    "check with tests of its own": (
        change(EXERCISE, source=f'check("{EXERCISE}")\n{ANSWERS["hidden tests"]}'),
        [released_again(EXERCISE)],
    ),
    "points": (change_metadata(EXERCISE, points=1000), []),
    "check as an answer": (change_metadata(EXERCISE, solution=True, grade=False, locked=False), []),
    "answer as a check": (change_metadata(ANSWER, solution=False, grade=True, points=5), []),
    "tags": (lambda notebook: find(notebook, EXERCISE).metadata.update(tags=["ungraded"]), []),
    "kernel": (lambda notebook: notebook.metadata.update(kernelspec={"name": "sh"}), []),
    "outputs": (change(EXERCISE, outputs=[{"output_type": "stream"}], execution_count=7), []),
    "attachments": (change("adam", attachments={"a.png": {"image/png": "AAAA"}}), []),
    "long id": (change("adam", id="x" * 100), []),
}


@pytest.mark.parametrize(("damage", "notes"), REPAIRS.values(), ids=REPAIRS)
def test_each_repair_leaves_a_note(damage, notes, source, released):
    damaged = copy.deepcopy(released)
    damage(damaged)
    assert list(repaired(source, submitted_cells(damaged)).notes) == notes


def test_the_answer_of_a_re_typed_cell_counts(source, handed_in):
    answer = find(handed_in, ANSWER)
    answer.cell_type = "raw"
    notebook = repaired(source, submitted_cells(handed_in)).notebook
    assert find(notebook, ANSWER).source == answer.source


def test_the_last_of_several_answers_counts(source):
    cells = [SubmittedCell("code", text, ANSWER) for text in ("x", "y", "z")]
    assert find(repaired(source, cells).notebook, ANSWER).source == "z"


def test_a_missing_answer_says_so_in_its_cell(source, released):
    damaged = copy.deepcopy(released)
    delete(ANSWER)(damaged)
    notebook = repaired(source, submitted_cells(damaged)).notebook
    assert find(notebook, ANSWER).source == MISSING_ANSWER


def test_pictures_stay_in_the_instructors_text_but_not_in_an_answer():
    picture = {"a.png": {"image/png": "AAAA"}}
    locked, answer = (
        {"grade_id": name, "solution": name == "answer"} for name in ("text", "answer")
    )
    made = [
        new_markdown_cell("x", attachments=picture, metadata={"nbgrader": nbgrader})
        for nbgrader in (locked, answer)
    ]
    given = [
        cell.get("attachments") for cell in repair(new_notebook(cells=made), []).notebook.cells
    ]
    assert given == [picture, None]


HIDDEN = "### BEGIN HIDDEN TESTS\nsecret\n### END HIDDEN TESTS"
REGIONS = {
    "at the end": f"a\n{HIDDEN}",
    "at the start": f"{HIDDEN}\na",
    "in the middle": f"a\n{HIDDEN}\nb",
    "indented": "if a:\n    " + HIDDEN.replace("\n", "\n    ") + "\n    b",
    "twice": f"a\n{HIDDEN}\nb\n{HIDDEN}\nc",
    "nothing else": HIDDEN,
    "none": "a\n\nb",
}


@pytest.mark.parametrize("text", REGIONS.values(), ids=REGIONS)
def test_a_check_released_by_nbgrader_counts_as_unchanged(text):
    nbgrader = {"grade_id": "check", "grade": True, "solution": False, "points": 1}
    instructor = new_notebook(cells=[new_code_cell(text, metadata={"nbgrader": nbgrader})])
    student = copy.deepcopy(instructor)
    ClearHiddenTests().preprocess_cell(student.cells[0], ResourcesDict(), 0)
    assert "secret" not in student.cells[0].source
    result = repair(instructor, submitted_cells(student))
    assert (result.notes, texts(result.notebook)) == ((), [text])


def test_of_texts_without_end_the_rest_is_left_out_and_that_is_told(source):
    cells = [SubmittedCell("markdown", "long " * 75_000), SubmittedCell("raw", "<b> " * 100_000)]
    first, second = (cell.source for cell in repair(source, cells).notebook.cells[:2])
    assert first == cells[0].source
    assert second.endswith("left out …") and len(first) + len(second) < TEXTS_LIMIT + 100


def test_the_numbers_of_a_picture_take_no_room(source):
    picture = f"![a](data:image/png;base64,{'iVBOR' * 400_000}==)"
    cells = [SubmittedCell("markdown", picture), SubmittedCell("markdown", "my answer")]
    first, second = (cell.source for cell in repair(source, cells).notebook.cells[:2])
    assert first == "! [a] (data:image/png;base64,…)" and second == "my answer"
