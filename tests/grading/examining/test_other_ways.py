"""A hand-in that goes another way than the instructor's earns what it earns in one process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from itertools import zip_longest
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_notebook

from autograder.course import Course
from autograder.grading.notebook.outputs import score_by_nbgrader
from autograder.grading.pool import Pool
from autograder.grading.settings import Budgets, Settings
from autograder.handin.notebook import submitted_cells
from tests.conftest import needs_isolation
from tests.grading.examining.course import ANSWER, NAME, cell, write_course
from tests.grading.examining.ways import GIVEN, WAYS

pytestmark = [pytest.mark.slow, needs_isolation]
MOST = max(len(way.others) for way in WAYS)


def made(answers: list[str]) -> nbformat.NotebookNode:
    cells = [cell(GIVEN, "given", locked=True)]
    for way, answer in zip(WAYS, answers, strict=True):
        role = {"grade": True, "locked": True, "points": 1.0}
        cells += [cell(answer, way.name, solution=True), cell(way.test, f"{way.name}-0", **role)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    root = write_course(tmp_path_factory.mktemp("ways"))
    path = Path(root, "source", NAME, f"{NAME}.ipynb")
    nbformat.write(made([ANSWER.format(way.right) for way in WAYS]), path)
    with Pool(Course.find(root), NAME, Settings(workers=1, budgets=Budgets(cell=4.0))) as pool:
        yield pool


def test_every_cell_is_judged_outside(pool):
    judged = pool.plan.examination.judged
    assert {name: how.reason for name, how in judged.items() if not how.outside} == {}


@pytest.mark.parametrize("turn", range(MOST))
def test_what_is_earned_is_what_one_process_would_give(pool, turn):
    answers = list(zip_longest(*(way.others for way in WAYS)))[turn]
    chosen = [answer or way.right for way, answer in zip(WAYS, answers, strict=True)]
    _, graded = pool.grade("somebody", list(submitted_cells(made(chosen))))
    earned = {
        one.metadata.nbgrader.grade_id: score_by_nbgrader(one)
        for one in graded.cells
        if one.metadata.get("nbgrader", {}).get("grade")
    }
    expected = {
        f"{way.name}-0": float(passes(answer, way.test))
        for way, answer in zip(WAYS, chosen, strict=True)
    }
    said = {
        one.metadata.nbgrader.grade_id: json.dumps(one.outputs)
        for one in graded.cells
        if one.metadata.get("nbgrader", {}).get("grade")
    }
    other = {name: said[name] for name in earned if earned[name] != expected[name]}
    assert other == {}


def passes(answer: str, test: str) -> bool:
    """Tell whether a test passes in one process."""
    names = {"__name__": "__main__"}
    try:
        with redirect_stdout(StringIO()):
            for text in (GIVEN, answer, test):
                exec(compile(text, "<cell>", "exec"), names)
    except Exception:
        return False
    return True
