"""An nbgrader course without registered exercises: its assert cells are judged outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from autograder.grading.examining import examination
from autograder.grading.examining.decisions import Decisions
from autograder.grading.examining.source import read_source
from autograder.grading.notebook.outputs import score_by_nbgrader
from autograder.grading.pool import Pool
from autograder.grading.settings import Budgets, Settings
from autograder.handin.notebook import submitted_cells
from autograder.sandbox import levels
from tests.conftest import needs_isolation, run
from tests.grading.examining.attacks import ATTACKS
from tests.grading.examining.cells import KINDS
from tests.grading.examining.course import NAME, hand_in, notebook, write_course

pytestmark = [pytest.mark.slow, needs_isolation]
INSIDE = {"files-0"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("any"))


@pytest.fixture(scope="module")
def pool(course: Path) -> Iterator[Pool]:
    with Pool(Course.find(course), NAME, Settings(workers=1, budgets=Budgets(cell=4.0))) as pool:
        yield pool


def points(pool: Pool, made: nbformat.NotebookNode) -> dict[str, float | None]:
    _, graded = pool.grade("somebody", list(submitted_cells(made)))
    tests = (cell for cell in graded.cells if cell.metadata.get("nbgrader", {}).get("grade"))
    return {cell.metadata.nbgrader.grade_id: score_by_nbgrader(cell) for cell in tests}


def test_all_but_what_does_not_travel_is_judged_outside(pool):
    judged = pool.plan.examination.judged
    assert len(judged) >= 80
    assert {name for name, how in judged.items() if not how.outside} == INSIDE


def test_right_answers_earn_all_and_wrong_ones_nothing(pool):
    assert set(points(pool, notebook(lambda kind: kind.right)).values()) == {1}
    assert {
        name: score
        for name, score in points(pool, notebook(lambda kind: kind.wrong)).items()
        if score
    } == {}


def test_what_is_carried_between_tests_and_notebook_is_bounded(pool, monkeypatch):
    monkeypatch.setattr(examination, "CARRYING_SECONDS", 0.0)
    _, graded = pool.grade("somebody", list(submitted_cells(notebook(lambda kind: kind.right))))
    (cell,) = (one for one in graded.cells if one.get("id") == "squares-0")
    assert score_by_nbgrader(cell) == 0 and "too much to say" in json.dumps(cell.outputs)


def test_one_wrong_answer_costs_its_own_cells_only(pool):
    found = points(
        pool, notebook(lambda kind: kind.wrong if kind.name == "squares" else kind.right)
    )
    assert {name.rpartition("-")[0] for name, score in found.items() if not score} == {"squares"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_earns_a_point(pool, attack):
    made = notebook(lambda kind: kind.wrong)
    for cell in made.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source += "\n" + ATTACKS[attack]
    found = points(pool, made)
    earned = {name for name, score in found.items() if score and name not in INSIDE}
    assert earned == set()


# Each byte one further, so that whoever searches holds nothing of what is searched.
MARK = bytes(byte + 1 for byte in b"squares(11)[-1] == 121")
SEARCH = (
    f"MARK = {MARK!r}"
    + """
FURTHER = bytes((byte + 1) % 256 for byte in range(256))
def total(items):
    result = 0
    with open('/proc/self/maps') as maps:
        places = [line.split()[:2] for line in maps]
    for where, rights in places:
        first, last = (int(end, 16) for end in where.split('-'))
        if 'r' in rights and last - first < 1 << 28:
            try:
                with open('/proc/self/mem', 'rb') as memory:
                    memory.seek(first)
                    result += memory.read(last - first).translate(FURTHER).count(MARK)
            except (OSError, ValueError, OverflowError):
                pass
    return result
assert total([]) == 0, total([])
"""
)


def test_hidden_tests_never_enter_the_students_process(pool):
    made = notebook(lambda kind: SEARCH if kind.name == "source" else kind.right)
    _, graded = pool.grade("somebody", list(submitted_cells(made)))
    answer = next(
        cell
        for cell in graded.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "source"
    )
    assert answer.outputs == []
    assert points(pool, made)["squares-0"] == 1


def test_what_is_told_of_a_hidden_test_is_its_message(pool):
    made = notebook(lambda kind: kind.wrong if kind.name == "squares" else kind.right)
    _, graded = pool.grade("somebody", list(submitted_cells(made)))
    shown = {
        cell.metadata.nbgrader.grade_id: json.dumps(cell.outputs)
        for cell in graded.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    assert "[0, 1, 2]" in shown["squares-0"] and "[1, 4, 9]" in shown["squares-0"]
    assert "121" not in shown["squares-0"] and "SECRET" not in shown["squares-0"]


def test_marks_are_those_of_stock_nbgrader(tmp_path):
    ours, stock = write_course(tmp_path / "ours"), write_course(tmp_path / "stock")
    for root in (ours, stock):
        hand_in(root, "right", notebook(lambda kind: kind.right))
        hand_in(root, "wrong", notebook(lambda kind: kind.wrong))
        done = run("nbgrader", "generate_assignment", NAME, cwd=root)
        assert done.returncode == 0, done.stderr
    done = run("autograder", "grade", NAME, "--json", cwd=ours)
    assert done.returncode == 0, done.stderr
    assert run("nbgrader", "autograde", NAME, cwd=stock).returncode == 0
    assert rows(ours) == rows(stock)
    assert len(rows(ours)) == 2 * sum(len(kind.tests) for kind in KINDS)


def rows(root: Path) -> dict[tuple[str, str], float | None]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {
            (submission.student.id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(NAME)
            for made in submission.notebooks
            for grade in made.grades
        }


def test_check_tells_of_every_cell(course):
    done = run("autograder", "check", NAME, cwd=course)
    assert done.returncode == 0, done.stderr
    count = sum(len(kind.tests) for kind in KINDS)
    assert len(done.stdout.splitlines()) == count + 1
    assert f"{count - 1} of {count} grade cells are judged outside" in done.stdout
    assert "files-0: inside" in done.stdout


def test_what_was_decided_is_kept_until_the_notebook_changes(course, pool):
    place, settings = Course.find(course), Settings(workers=1, budgets=Budgets(cell=4.0))
    level = levels.choose(None)
    path = course / "source" / NAME / f"{NAME}.ipynb"
    source = read_source(place, NAME, path)
    known = Decisions(place, NAME, settings, level)
    examination = pool.plan.examination
    assert examination
    # Another run on this course, with other limits, may have decided anew since.
    known.decided(NAME, source, lambda _judged: examination)
    assert known.recall(NAME, source) == examination.judged
    source.cells[0].source += "\n"
    assert known.recall(NAME, source) is None
    other = Settings(workers=1, budgets=Budgets(cell=5.0))
    assert Decisions(place, NAME, other, level).recall(NAME, read_source(place, NAME, path)) is None


def test_a_course_can_require_it(tmp_path):
    root = write_course(tmp_path / "strict")
    with (root / "nbgrader_config.py").open("a") as file:
        file.write('c.Grading.judge_outside = "require"\n')
    done = run("autograder", "release", NAME, cwd=root)
    assert done.returncode == 2
    assert "files-0 is judged inside" in done.stderr and not (root / "release").exists()
