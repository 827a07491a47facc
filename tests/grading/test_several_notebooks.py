"""An assignment of two notebooks is graded as `nbgrader autograde` does, row by row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.course import Course
from tests.conftest import needs_isolation, run
from tests.support.tiny_class import our_steps
from tests.support.tiny_course import (
    CLASS,
    CONFIG,
    NAME,
    copy_of,
    hand_in,
    released,
    tables,
)

pytestmark = [pytest.mark.slow, needs_isolation]

COLUMNS = ["one/test_one", "one/essay", "one/project", "two/test_two"]
POINTS = {
    "everything right": [2, 0, 0, 5],
    "nothing done": [0, 0, 0, 0],
    "partly right": [2, 0, 0, 0],
    "one notebook missing": [0, 0, 0, 5],
    "late and one missing": [2, 0, 0, 0],
}


def hand_in_all(course: Course) -> None:
    for given in CLASS:
        hand_in(course, given)
    wrong = notebook(course, "partly right", "two")
    wrong.write_text(wrong.read_text().replace("f = 1", "f = 0"))


def notebook(course: Course, student: str, name: str) -> Path:
    return course.submitted() / student / NAME / f"{name}.ipynb"


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Course:
    return released(tmp_path_factory.mktemp("template"), CONFIG + our_steps())


@pytest.fixture
def course(template, tmp_path) -> Course:
    course = copy_of(template.root, tmp_path / "ours")
    hand_in_all(course)
    return course


def grade(course: Course, code: int = 1) -> dict[str, dict]:
    outcome = run("autograder", "grade", NAME, "--json", cwd=course.root)
    assert outcome.returncode == code, outcome.stderr
    return {mark["student"]: mark for mark in json.loads(outcome.stdout)}


def pages(course: Course) -> dict[str, bytes]:
    found = course.feedback().rglob("*.html")
    return {str(path.relative_to(course.feedback())): path.read_bytes() for path in found}


def test_both_doors_write_the_same_rows_and_pages(course, template, tmp_path):
    theirs = copy_of(template.root, tmp_path / "theirs")
    hand_in_all(theirs)
    outcome = run("nbgrader", "autograde", NAME, cwd=theirs.root)
    assert outcome.returncode == 0, outcome.stderr
    grade(course)
    assert tables(course) == tables(theirs)
    assert run("autograder", "feedback", NAME, cwd=theirs.root).returncode == 0
    ours = pages(theirs)
    outcome = run("nbgrader", "generate_feedback", NAME, "--force", cwd=theirs.root)
    assert outcome.returncode == 0, outcome.stderr
    given = pages(theirs)
    assert f"everything right/{NAME}/two.html" in given
    assert {page: ours[page] for page in given} == given


@pytest.fixture
def marks(course) -> dict[str, dict]:
    return grade(course)


def test_each_notebook_earns_its_own_points(marks):
    assert len(marks) == len(CLASS)
    for student, points in POINTS.items():
        assert marks[student]["points"] == dict(zip(COLUMNS, points, strict=True))


def test_a_missing_notebook_is_told_and_leaves_no_page(marks, course):
    flags = marks["one notebook missing"]["flags"]
    assert flags == ["one: there is no one.ipynb; the folder holds timestamp.txt, two.ipynb"]
    graded = course.autograded() / "one notebook missing" / NAME
    assert {path.name for path in graded.glob("*.ipynb")} == {"two.ipynb"}


def test_only_a_student_with_a_changed_notebook_is_graded_again(marks, course):
    kept = {path: path.stat().st_mtime_ns for path in course.autograded().rglob("*.ipynb")}
    path = notebook(course, "everything right", "two")
    path.write_text(path.read_text().replace("f = 1", "f = 0"))
    again = grade(course)
    assert again["everything right"]["points"] == dict(zip(COLUMNS, [2, 0, 0, 0], strict=True))
    changed = {path.parts[-3] for path in kept if path.stat().st_mtime_ns != kept[path]}
    assert changed == {"everything right"}


def test_one_unreadable_notebook_costs_no_other(course):
    notebook(course, "everything right", "one").write_text("{")
    mark = grade(course)["everything right"]
    assert mark["points"] == dict(zip(COLUMNS, [0, 0, 0, 5], strict=True))
    assert mark["refused"] == ""
    assert "one.ipynb is not a readable notebook" in mark["flags"][0]


def test_a_gradebook_begun_anew_gets_all_marks(marks, course):
    (course.root / "gradebook.db").unlink()
    outcome = run("nbgrader", "generate_assignment", NAME, "--force", cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    assert grade(course) == marks


def test_a_notebook_that_is_not_released_is_told(course):
    (course.source(NAME) / "three.ipynb").write_text(notebook(course, "late", "two").read_text())
    outcome = run("autograder", "grade", NAME, cwd=course.root)
    assert outcome.returncode == 2
    assert "three.ipynb is not part of the release" in outcome.stderr
