"""Marks read in a few statements are those that nbgrader's own objects tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook
from autograder.gradebook.reader import Mark, read_marks
from autograder.gradebook.released import maximal_points
from tests.gradebook.listening import listening
from tests.support.tiny_course import (
    CLASS,
    CONFIG,
    NAME,
    ZERO_IF_LATE,
    copy_of,
    many,
    released,
    silent,
    write,
)
from tests.support.tiny_people import edit, people_grade

pytestmark = pytest.mark.slow

STUDENTS = [given.student for given in CLASS]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of two notebooks with a task, whose class was graded by program and by people."""
    folder: Path = tmp_path_factory.mktemp("graded")
    course = released(folder, CONFIG + ZERO_IF_LATE)
    write(course, CLASS)
    edit(course, people_grade)
    return course


@pytest.fixture(scope="module")
def marks(course: Course) -> dict[str, Mark]:
    return read_marks(course, NAME)


@pytest.fixture(scope="module")
def nbgraders(course: Course) -> dict[str, tuple[float, float]]:
    with silent(), open_gradebook(course) as gradebook:
        found: Any = gradebook.assignment_submissions(NAME)
        return {one.student.id: (one.score, one.late_submission_penalty) for one in found}


@pytest.mark.parametrize("student", STUDENTS)
def test_all_points_and_the_penalty_are_nbgraders(student, marks, nbgraders):
    score, penalty = nbgraders[student]
    assert marks[student].raw == pytest.approx(score)
    assert marks[student].penalty == pytest.approx(penalty)
    assert marks[student].total == pytest.approx(max(0, score - penalty))


def test_the_maximum_is_nbgraders(course):
    with silent(), open_gradebook(course) as gradebook:
        assert (
            sum(maximal_points(course, NAME).values()) == gradebook.find_assignment(NAME).max_score
        )


def test_what_people_entered_stands_in_its_cell(marks):
    mark = marks["everything right"]
    assert mark.points == {
        "one/test_one": 0.5,
        "one/essay": 3.5,
        "one/project": 4,
        "two/test_two": 5,
    }
    assert mark.by_hand == {"one/test_one", "one/essay", "one/project"}
    assert mark.extra == {"one/essay": 1.0}
    assert not mark.waiting


def test_extra_credit_counts_without_a_score_by_hand(marks):
    mark = marks["nothing done"]
    assert (mark.extra, mark.points["one/test_one"]) == ({"one/test_one": 0.25}, 0.25)
    assert not mark.by_hand


def test_comments_and_untouched_answers_are_told_apart(marks):
    mark = marks["nothing done"]
    assert mark.comments == {"one/function": "Please try.", "one/project": "Please try."}
    assert mark.untouched == {"one/function", "one/essay", "two/formula"}
    assert marks["partly right"].waiting == {"one/project"}


def test_only_the_students_asked_for_are_read(course):
    assert list(read_marks(course, NAME, ["late", "nobody"])) == ["late"]


def test_more_students_than_a_query_can_name_have_the_same_marks(course, marks, monkeypatch):
    monkeypatch.setattr("autograder.gradebook.nbgrader_api.STUDENTS_AT_ONCE", 3)
    some = STUDENTS[:4]
    assert read_marks(course, NAME, some) == {student: marks[student] for student in some}
    assert read_marks(course, NAME) == marks


def test_one_students_marks_take_little_more_work_in_a_class_ten_times_as_large(course, tmp_path):
    larger = copy_of(course.root, tmp_path / "larger")
    write(larger, many(9 * len(CLASS)))
    assert work_of_reading(larger, "late") < 4 * work_of_reading(course, "late")


def work_of_reading(course: Course, student: str) -> int:
    """Return how often SQLite reports ten instructions while the marks of a student are read."""
    count = 0

    def add() -> None:
        nonlocal count
        count += 1

    with listening("connect", lambda connection, _: connection.set_progress_handler(add, 10)):
        assert list(read_marks(course, NAME, [student])) == [student]
    return count
