"""A run that is killed, over and over, at any moment: nothing is lost and nothing half-written."""

from __future__ import annotations

import random

import pytest

from autograder.course import Course
from tests.conftest import needs_isolation
from tests.support.killing import count_changes, grade_and_kill
from tests.support.tiny_class import (
    NAME,
    STUDENTS,
    class_in,
    grade,
    hand_in_all,
    released_course,
)
from tests.support.tiny_course import tables

pytestmark = [pytest.mark.slow, needs_isolation]

KILLS = 50
TURNS = 5


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Course:
    return released_course(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="module")
def undisturbed(template, tmp_path_factory) -> dict[int, dict]:
    """What the gradebook holds after runs that nothing disturbs, by turn."""
    course = class_in(template, tmp_path_factory.mktemp("undisturbed"))
    found = {}
    for turn in range(TURNS):
        hand_in_all(course, turn)
        grade(course)
        found[turn] = tables(course)
    return found


@pytest.fixture
def course(template, tmp_path) -> Course:
    return class_in(template, tmp_path / "course")


@pytest.mark.parametrize("turn", range(TURNS))
def test_a_run_killed_at_any_moment_loses_nothing(turn, course, undisturbed):
    moments = random.Random(turn)
    grade(course)  # the first run makes folders, which no later one does
    hand_in_all(course, TURNS)
    changes = count_changes(NAME, course.root) * 9 // 10
    assert changes > len(STUDENTS)
    for kill in range(KILLS // TURNS):
        hand_in_all(course, TURNS + 1 + kill)  # all are new, so there is all to do
        grade_and_kill(moments.randint(1, changes), NAME, course.root)
    hand_in_all(course, turn)
    grade(course)
    assert tables(course) == undisturbed[turn]
    assert not list(course.root.rglob(".*.part"))
