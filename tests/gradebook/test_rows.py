"""Grades written in one transaction are the rows that nbgrader's own commands leave."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook
from autograder.gradebook.writer import GradedNotebook, GradedSubmission, write_grades
from tests.conftest import run
from tests.support.tiny_course import (
    ALL_OF_ONE,
    ALL_OF_TWO,
    CLASS,
    DEFAULT_STEPS,
    LATE,
    NAME,
    NOTHING,
    ON_TIME,
    OWN_PLUGIN,
    ZERO_IF_LATE,
    HandIn,
    Work,
    copy_of,
    due_at,
    grade_with_nbgrader,
    hand_in,
    silent,
    tables,
    write,
)
from tests.support.tiny_people import edit, of, people_grade

pytestmark = pytest.mark.slow

Step = list[HandIn] | Callable[[Gradebook], None]


def assert_same_rows(template: Path, folder: Path, steps: Sequence[Step], config: str = "") -> None:
    """Take two copies of a course through the same steps, and compare after each."""
    theirs = copy_of(template, folder / "theirs", config)
    ours = copy_of(template, folder / "ours", config)
    for step in steps:
        if callable(step):
            edit(theirs, step)
            edit(ours, step)
        else:
            with own_plugin_from(theirs):
                grade_with_nbgrader(theirs, step)
            write(ours, step)
        assert tables(ours) == tables(theirs)


@contextmanager
def own_plugin_from(course: Course) -> Iterator[None]:
    """nbgrader's commands put the course folder on the path; its API leaves that to its caller."""
    sys.path.insert(0, str(course.root))
    try:
        yield
    finally:
        sys.path.remove(str(course.root))
        sys.modules.pop("late_rule", None)


def two_get_more_time(gradebook: Gradebook) -> None:
    gradebook.grant_extension(NAME, "late", hours=3)
    gradebook.grant_extension(NAME, "late and empty", hours=5)


def due_date_is_dropped(gradebook: Gradebook) -> None:
    due_at(gradebook, None)


def of_class(*students: str) -> list[HandIn]:
    return [given for given in CLASS if given.student in students]


def again(given: HandIn, **changes: Any) -> list[HandIn]:
    return [replace(given, **changes)]


LATE_TWO = of_class("late", "late and empty")
BOTH = HandIn("both", ON_TIME, ALL_OF_ONE, ALL_OF_TWO)

STORIES: dict[str, tuple[Step, ...]] = {
    "people grade, the class is graded again": (
        CLASS,
        people_grade,
        CLASS,
        again(CLASS[0], one=None),
    ),
    "a better hand-in": (again(BOTH, one=NOTHING), [BOTH]),
    "a worse hand-in": ([BOTH], again(BOTH, one=NOTHING, two=Work((), 1.1))),
    "a notebook goes missing and comes back": ([BOTH], again(BOTH, one=None), [BOTH]),
    "the timestamp goes missing": (again(BOTH, timestamp=LATE), again(BOTH, timestamp=None)),
    "late, then in time": (again(BOTH, timestamp=LATE), [BOTH]),
    "in time, then late with one missing": ([BOTH], again(BOTH, timestamp=LATE, two=None)),
    "late, then one missing": (again(BOTH, timestamp=LATE), again(BOTH, timestamp=LATE, two=None)),
    "more time": (LATE_TWO, two_get_more_time, LATE_TWO),
    "the due date is dropped": (of_class("late"), due_date_is_dropped, of_class("late")),
}


@pytest.mark.parametrize("story", STORIES)
def test_the_rows_are_those_of_nbgrader(story, template, tmp_path):
    assert_same_rows(template, tmp_path, STORIES[story], ZERO_IF_LATE)


def people_grade_late(gradebook: Gradebook) -> None:
    grade: Any = gradebook.find_grade("essay", *of(gradebook, "too much"))
    grade.manual_score, grade.extra_credit = 1.3, 0.7


LATE_CLASS = [
    HandIn(student, LATE, ALL_OF_ONE, Work(("formula",), 3.3))
    for student in ("nothing", "negative", "too much", "by the hour")
]

PENALTIES: dict[str, tuple[str, tuple[Step, ...]]] = {
    "own plugin": (OWN_PLUGIN, (LATE_CLASS, people_grade_late, LATE_CLASS)),
    "nbgrader's default": ("", (LATE_TWO,)),
    "step disabled": (f"{ZERO_IF_LATE}c.AssignLatePenalties.enabled = False\n", (LATE_TWO,)),
    "step left out": (f"{ZERO_IF_LATE}c.Autograde.autograde_preprocessors.pop()\n", (LATE_TWO,)),
}


@pytest.mark.parametrize("rule", PENALTIES)
def test_late_work_is_penalised_as_configured(rule, template, tmp_path):
    config, steps = PENALTIES[rule]
    assert_same_rows(template, tmp_path, steps, config)


def test_the_rows_are_those_of_the_command_with_a_kernel(template, tmp_path):
    theirs = copy_of(template, tmp_path / "theirs", DEFAULT_STEPS + ZERO_IF_LATE)
    ours = copy_of(template, tmp_path / "ours", DEFAULT_STEPS + ZERO_IF_LATE)
    given = HandIn("late", LATE, Work(("function", "essay"), 2.0))
    hand_in(theirs, given)
    outcome = run("nbgrader", "autograde", NAME, cwd=theirs.root)
    assert outcome.returncode == 0, outcome.stderr
    write(ours, [given])
    assert tables(ours) == tables(theirs)


def test_a_score_of_none_asks_for_a_person(course):
    notebook = GradedNotebook("one", {"test_one": None, "essay": None})
    write_grades(course, NAME, [GradedSubmission("ada", None, (notebook,))])
    asking = {
        cell: (grade.auto_score, grade.needs_manual_grade)
        for cell, grade in grades_of(course, "ada").items()
    }
    assert asking["test_one"] == asking["essay"] == asking["project"] == (None, True)
    assert asking["test_two"] == (0, False)


def grades_of(course: Course, student: str) -> dict[str, Any]:
    with silent(), open_gradebook(course) as gradebook:
        submission = gradebook.find_submission(NAME, student)
        return {str(g.name): g for notebook in submission.notebooks for g in notebook.grades}


def test_an_extension_without_a_due_date_is_not_late(course):
    given = again(BOTH, timestamp=LATE)
    write(course, given)
    edit(course, lambda gradebook: gradebook.grant_extension(NAME, "both", days=1))
    edit(course, due_date_is_dropped)
    write(course, given)  # nbgrader stops with a TypeError here
    assert {row["late_submission_penalty"] for row in tables(course)["submitted_notebook"]} == {
        None
    }


def test_a_notebook_added_after_the_hand_ins_gets_its_rows(course):
    write(course, [BOTH])
    whole = tables(course)
    edit(course, lambda gradebook: gradebook.remove_submission_notebook(*of(gradebook, "both")))
    assert tables(course) != whole
    write(course, [BOTH])
    assert tables(course) == whole


def test_the_comparison_of_tables_sees_one_changed_value(course):
    write(course, CLASS)
    before = tables(course)

    def change(gradebook: Gradebook) -> None:
        grade: Any = gradebook.find_grade("test_one", *of(gradebook, "late"))
        grade.auto_score -= 0.1

    edit(course, change)
    after = tables(course)
    assert [name for name in before if before[name] != after[name]] == ["grade"]
