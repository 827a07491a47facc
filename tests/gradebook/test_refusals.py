"""Grades that do not fit the assignment are refused, and nothing is written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nbgrader.api import MissingEntry

from autograder.gradebook.writer import GradedNotebook, GradedSubmission, write_grades
from tests.support.tiny_course import NAME, tables

ONE = GradedNotebook("one", {"test_one": 1.0, "essay": None})
REFUSED = {
    "unknown notebook": (replace(ONE, notebook="three"),),
    "notebook twice": (ONE, ONE),
    "no notebook": (),
    "no score": (replace(ONE, scores={"essay": None}),),
    "unknown grade cell": (replace(ONE, scores={**ONE.scores, "function": 1.0}),),
    "more points than there are": (replace(ONE, scores={**ONE.scores, "test_one": 2.1}),),
    "less than none": (replace(ONE, scores={**ONE.scores, "test_one": -0.1}),),
    "not a number": (replace(ONE, scores={**ONE.scores, "test_one": float("nan")}),),
    "unknown answer": (replace(ONE, unanswered=frozenset({"test_one"})),),
}


@pytest.mark.slow
@pytest.mark.parametrize("mistake", REFUSED)
def test_grades_that_do_not_fit_are_refused_and_nothing_is_written(mistake, course):
    before = tables(course)
    wrong = GradedSubmission("bob", None, REFUSED[mistake])
    with pytest.raises(ValueError, match="bob"):
        write_grades(course, NAME, [GradedSubmission("ada", None, (ONE,)), wrong])
    assert tables(course) == before


def test_a_student_given_twice_is_refused(course):
    ada = GradedSubmission("ada", None, (ONE,))
    with pytest.raises(ValueError, match="ada given more than once"):
        write_grades(course, NAME, [ada, ada])


def test_an_unknown_assignment_is_refused(course):
    with pytest.raises(MissingEntry, match="week2"):
        write_grades(course, "week2", [GradedSubmission("ada", None, (ONE,))])
