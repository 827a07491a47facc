"""A class of odd hand-ins and honest ones: each gets what is its due, and none stops the batch."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from typing import Any

import nbformat
import pytest

from autograder.course import Course
from autograder.names import printable
from tests.conftest import NAME, needs_isolation, run
from tests.hostile.malformed import FULL, MALFORMED, NAMES, RENAMED, UNFIT
from tests.hostile.malformed_making import Malformed
from tests.support.sample_class import fill_in, hand_in, written_by

pytestmark = [pytest.mark.slow, needs_isolation]

HONEST = {"ada": 100, "ben": 100, "eva": 70, "ines": 0}


@pytest.fixture(scope="module")
def right(released_course: Course) -> str:
    released = nbformat.read(released_course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    return nbformat.writes(fill_in(released, NAME, *written_by("ada", NAME)))


@pytest.fixture(scope="module")
def course(released_course: Course, right: str, tmp_path_factory) -> Course:
    course = released_course.copy_to(tmp_path_factory.mktemp("malformed"))
    shutil.copytree(released_course.release(NAME), course.release(NAME))
    shutil.copy(released_course.root / "gradebook.db", course.root)
    released = nbformat.read(course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    for student in HONEST:
        honest = fill_in(released, NAME, *written_by(student, NAME))
        hand_in(course, student, NAME, nbformat.writes(honest))
    for student in (*NAMES.values(), *UNFIT.values()):
        hand_in(course, student, NAME, right)
    for given in MALFORMED:
        folder = course.submitted() / given.name / NAME
        folder.mkdir(parents=True)
        if given.name != "a device for a notebook" or os.geteuid() == 0:
            given.make(folder, right)
    return course


@pytest.fixture(scope="module")
def outcome(course: Course):
    return run("autograder", "grade", NAME, "--json", cwd=course.root)


@pytest.fixture(scope="module")
def marks(outcome) -> dict[str, dict[str, Any]]:
    assert "Traceback" not in outcome.stderr, outcome.stderr
    assert outcome.returncode == 1, outcome.stderr
    return {mark["student"]: mark for mark in json.loads(outcome.stdout)}


@pytest.mark.parametrize("given", MALFORMED, ids=lambda given: given.name)
def test_malformed(given: Malformed, marks):
    if given.name == "a device for a notebook" and os.geteuid() != 0:
        pytest.skip("only root can make a device")
    mark = marks[given.name]
    assert given.says in mark["refused"]
    assert bool(given.says) == bool(mark["refused"])
    assert mark["total"] == given.points
    assert given.flag in " ".join(mark["flags"])
    assert bool(given.flag) == any("timestamp" in flag for flag in mark["flags"])


@pytest.mark.parametrize(("student", "told"), [(n, told) for n, (_, told) in RENAMED.items()])
def test_a_notebook_of_another_name_is_taken_and_told(student, told, marks):
    assert f"{told} was taken for {NAME}.ipynb" in marks[student]["flags"]


@pytest.mark.parametrize("student", HONEST)
def test_an_honest_hand_in_between_them_gets_its_mark(student, marks):
    assert marks[student]["total"] == HONEST[student]


@pytest.mark.parametrize("name", NAMES)
def test_a_student_of_an_odd_name_gets_the_mark(name, marks, course):
    assert marks[NAMES[name]]["total"] == FULL
    assert (course.autograded() / NAMES[name] / NAME / f"{NAME}.ipynb").is_file()


@pytest.mark.parametrize("name", UNFIT)
def test_a_name_that_nbgrader_cannot_keep_is_left_out_and_told(name, marks, outcome, course):
    assert UNFIT[name] not in marks
    assert not (course.autograded() / UNFIT[name]).exists()
    assert f"The folder {printable(UNFIT[name])!r} is left out: it " in outcome.stderr


def test_the_gradebook_has_each_student_once_and_all_its_tables(marks, course):
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        students = [row[0] for row in db.execute("SELECT id FROM student")]
        assert db.execute("SELECT count(*) FROM grade").fetchone()[0] > 0
    assert sorted(students) == sorted(marks)


def test_the_table_has_a_line_for_each_student(marks, course):
    outcome = run("autograder", "grade", NAME, cwd=course.root, env={"COLUMNS": "300"})
    assert outcome.returncode == 1
    assert "\x1b" not in outcome.stdout
    lines = [line.lstrip("│ ") for line in outcome.stdout.splitlines()]
    for student in marks:
        assert any(line.startswith(student.strip()) for line in lines)
    reasons = [line for line in outcome.stdout.splitlines() if " scores 0: " in line]
    assert len(reasons) == sum(bool(mark["refused"]) for mark in marks.values())


def test_nothing_of_a_hand_in_can_run_in_a_page(marks, course):
    for student in marks:
        notebook = nbformat.read(course.autograded() / student / NAME / f"{NAME}.ipynb", 4)
        nbformat.validate(notebook)
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                forms = output.get("data", {})
                assert not {"text/html", "image/svg+xml", "application/javascript"} & set(forms)
        if marks[student]["refused"]:
            (cell,) = notebook.cells
            _, reason = cell.source.split("\n\n")
            assert reason.startswith("    ")  # a block of code
            assert "\n" not in reason


def test_nbgraders_own_commands_go_on_with_the_class(marks, course):
    outcome = run("nbgrader", "export", cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    for student in ("ada", NAMES["html"], NAMES["sql"], "empty file"):
        options = (f"--student={student}", "--log-level=WARN")
        outcome = run("nbgrader", "generate_feedback", NAME, *options, cwd=course.root)
        assert outcome.returncode == 0, outcome.stderr
        page = course.root / "feedback" / student / NAME / f"{NAME}.html"
        assert "<img src=x onerror" not in page.read_text()
