"""A case that the judge could not finish pays at no door, and a person is asked."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import nbformat
import pytest

from autograder import nbgrader_plugins
from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_api
from autograder.gradebook.reader import read_marks
from autograder.grading.run import grade
from autograder.grading.settings import Settings
from autograder.judging import marking
from tests.conftest import NAME, needs_isolation

# nbgrader's own steps warn of what they do with SQLAlchemy.
quietly = pytest.mark.filterwarnings("default::sqlalchemy.exc.SAWarning")
pytestmark = [pytest.mark.slow, needs_isolation, quietly]

GD = "update_parameters_with_gd"
STUDENT = "ben"  # who is right everywhere


@pytest.fixture
def course(small_class: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A class whose judge fails at one case of weight 2 among 8, and finds another one wrong."""
    judge = marking.judge

    def broken(exercise, question, answer):
        if exercise.id == GD and question.case.name == "four layers":
            raise RuntimeError("a fault of ours")
        return judge(exercise, question, answer)

    monkeypatch.setattr(marking, "judge", broken)
    monkeypatch.chdir(small_class.root)
    return small_class


def by_autograder(course: Course) -> None:
    grade(course, NAME, Settings(workers=1), lambda _student: None)


def by_nbgrader(course: Course) -> None:
    try:
        done = open_api(course).autograde(NAME, STUDENT)
    finally:
        nbgrader_plugins._pools().close()
    assert done["success"], done


@pytest.mark.parametrize("door", [by_autograder, by_nbgrader])
def test_what_is_not_judged_takes_its_share_with_it(door, course):
    door(course)
    mark = read_marks(course, NAME, [STUDENT])[STUDENT]
    assert mark.points[GD] == 7.5
    assert mark.waiting == {GD}
    assert mark.raw == 97.5
    notebook = course.autograded() / STUDENT / NAME / f"{NAME}.ipynb"
    (cell,) = (
        cell
        for cell in nbformat.read(notebook, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == GD
    )
    said, points = cell.outputs
    assert points.data["text/plain"] == "7.5"
    assert "A person has to look: 2.5 points are open until then." in said.text


def test_what_a_person_decides_counts(course):
    by_autograder(course)
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db, db:
        changed = db.execute(
            "UPDATE grade SET manual_score = 9, needs_manual_grade = 0 WHERE needs_manual_grade"
            " AND notebook_id IN (SELECT n.id FROM submitted_notebook n JOIN submitted_assignment"
            " a ON a.id = n.assignment_id WHERE a.student_id = ?)",
            (STUDENT,),
        )
        assert changed.rowcount == 1
    mark = read_marks(course, NAME, [STUDENT])[STUDENT]
    assert (mark.points[GD], mark.waiting) == (9, frozenset())
