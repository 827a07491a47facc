"""What comes from a worker of a graded notebook holds all that recording its marks looks at."""

from __future__ import annotations

from copy import deepcopy

import msgspec
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.cluster.graded_notebooks import marked_cells, read_marked, read_whole
from autograder.grading.marks.recording import as_text
from autograder.grading.notebook.outputs import score_by_nbgrader
from autograder.handin.notebook import name_of
from tests.support.tiny_course import cell

POINTS = new_output("execute_result", {"text/plain": "1.5"})


def graded() -> list:
    test = cell("code", "test", "double(2)\n1.5", grade=True, locked=True, points=3)
    test.outputs = [POINTS]
    answer = cell("code", "answer", "def double(x):\n    return x", solution=True)
    answer.outputs = [new_output("stream", text="what the answer printed")]
    given = cell("code", "given", "import math", locked=True)
    task = cell("markdown", "task", "Draw it.", task=True, points=2)
    return [test, answer, given, task, new_code_cell("1 + 1"), new_markdown_cell("Hello")]


def test_answers_tests_and_tasks_come_with_the_outputs_of_tests():
    found = read_marked(marked_cells(new_notebook(cells=graded()))).cells
    assert [name_of(one) for one in found] == ["test", "answer", "task"]
    assert [one.source for one in found] == [one.source for one in graded()[:2] + graded()[3:4]]
    assert found[0].outputs == [POINTS] and found[1].outputs == []
    assert score_by_nbgrader(found[0]) == score_by_nbgrader(graded()[0]) == 1.5


def test_what_a_worker_takes_apart_is_read_whole_again():
    notebook = new_notebook(cells=graded())
    known = deepcopy(notebook.cells)
    assert read_whole(as_text(notebook).encode()).cells == known


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"[{}]", b"null"])
def test_what_is_no_list_of_cells_is_refused(data):
    with pytest.raises(msgspec.MsgspecError):
        read_marked(data)
