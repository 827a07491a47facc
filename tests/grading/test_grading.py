"""Grading a class: nothing is lost, nothing is done twice, nothing is left behind."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from tests.conftest import NAME, needs_isolation, run
from tests.support.killing import grade_and_kill
from tests.support.sample_class import fill_in, hand_in, written_by

pytestmark = [pytest.mark.slow, needs_isolation]


@pytest.fixture
def course(small_class: Course) -> Course:
    return small_class


def grade(course: Course, *options: str) -> list[dict]:
    outcome = run("autograder", "grade", NAME, "--json", *options, cwd=course.root)
    assert outcome.returncode in {0, 1}, outcome.stderr
    return json.loads(outcome.stdout)


def rows(course: Course) -> list[tuple]:
    """Return what the gradebook says of every grade cell of every student."""
    query = (
        "import sqlite3; print(repr(sqlite3.connect('gradebook.db').execute("
        "'select student_id, b.name, auto_score, manual_score, needs_manual_grade, auto_comment "
        "from submitted_assignment s join submitted_notebook n on n.assignment_id = s.id "
        "join base_cell b left join grade g on g.notebook_id = n.id and g.cell_id = b.id "
        "left join comment c on c.notebook_id = n.id and c.cell_id = b.id "
        "where g.id is not null or c.id is not null order by 1, 2').fetchall()))"
    )
    return run(sys.executable, "-c", query, cwd=course.root).stdout.splitlines()  # type: ignore


def test_both_doors_write_the_same_rows(course):
    grade(course)
    ours = rows(course)
    assert len(ours) == 1
    shutil.rmtree(course.autograded())
    outcome = run("nbgrader", "autograde", NAME, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    assert rows(course) == ours


def test_a_replay_gives_the_same_verdicts_and_finds_a_changed_one(course):
    grade(course)
    again = run("autograder", "grade", NAME, "--replay", cwd=course.root)
    assert (again.returncode, again.stdout) == (0, "The replay gives the same verdicts.\n")
    path = course.root / ".autograder" / NAME / "eva.json"
    path.write_text(path.read_text().replace('"failed"', '"passed"'))
    again = run("autograder", "grade", NAME, "--replay", cwd=course.root)
    assert again.returncode == 1
    assert again.stderr == "eva: 100 points then, 70 now\n"


def test_only_a_changed_hand_in_is_graded_again(course):
    grade(course)
    times = {path.name: path.stat().st_mtime_ns for path in verdicts(course)}
    released = nbformat.read(course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    mended = fill_in(released, NAME, *written_by("ben", NAME))
    hand_in(course, "eva", NAME, nbformat.writes(mended))
    totals = {mark["student"]: mark["total"] for mark in grade(course)}
    assert totals["eva"] == 100
    later = {path.name for path in verdicts(course) if path.stat().st_mtime_ns != times[path.name]}
    assert later == {"eva.json"}


def verdicts(course: Course) -> list[Path]:
    return list((course.root / ".autograder" / NAME).glob("*.json"))


def test_manual_scores_and_comments_stay(course):
    grade(course)
    change = (
        "from nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///gradebook.db') as gradebook:\n"
        f"    grade = gradebook.find_grade('initialize_adam', {NAME!r}, {NAME!r}, 'ines')\n"
        "    grade.manual_score = 4\n"
        "    gradebook.db.commit()"
    )
    assert run(sys.executable, "-W", "ignore", "-c", change, cwd=course.root).returncode == 0
    (ines,) = (mark for mark in grade(course, "--force") if mark["student"] == "ines")
    assert ines["points"]["initialize_adam"] == 4


@pytest.mark.parametrize("event", [3, 12, 25])
def test_a_run_that_is_killed_loses_nothing(event, course):
    grade_and_kill(event, NAME, course.root)
    totals = {mark["student"]: mark["total"] for mark in grade(course)}
    assert totals == {"ada": 100, "ben": 100, "eva": 70, "hugo": 80, "ines": 0}
    assert not list(course.root.rglob(".*.part"))


PLAIN = """{"cells": [
 {"cell_type": "code", "id": "answer", "execution_count": null, "outputs": [], "source": %s,
  "metadata": {"nbgrader": {"grade": false, "grade_id": "answer", "locked": false,
   "schema_version": 3, "solution": true, "task": false}}},
 {"cell_type": "code", "id": "test", "execution_count": null, "outputs": [],
  "source": ["assert double(2) == 4\\n", "### BEGIN HIDDEN TESTS\\n", "assert double(5) == 10\\n",
   "### END HIDDEN TESTS"],
  "metadata": {"nbgrader": {"grade": true, "grade_id": "test", "locked": true, "points": 3,
   "schema_version": 3, "solution": false, "task": false}}}],
 "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
 "nbformat": 4, "nbformat_minor": 5}"""


@pytest.mark.parametrize(
    ("answer", "points"),
    [("def double(x):\n    return 2 * x", 3), ("def double(x):\n    return x + 2", 0)],
    ids=["right", "right on the visible case only"],
)
def test_another_instructors_assert_cells_keep_nbgraders_rules(answer, points, course):
    solution = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
    folder = course.source("doubling")
    folder.mkdir()
    (folder / "doubling.ipynb").write_text(PLAIN % json.dumps(solution))
    released = run("nbgrader", "generate_assignment", "doubling", cwd=course.root)
    assert released.returncode == 0, released.stderr
    hand_in(course, "ada", "doubling", PLAIN % json.dumps(answer))
    outcome = run("nbgrader", "autograde", "doubling", cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    assert f"'ada', 'test', {points}.0" in "".join(rows(course))  # type: ignore
    graded = (course.autograded() / "ada" / "doubling" / "doubling.ipynb").read_text()
    assert "judged in the student's process" not in graded
    other_door = run("autograder", "grade", "doubling", "--json", cwd=course.root)
    assert json.loads(other_door.stdout)[0]["points"] == {"test": points}
