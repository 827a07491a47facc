"""What a student is shown holds nothing hidden, whatever the functions did with what they saw.

The calls that are no secret come before the hidden ones, or in a process that never had any: so
what comes of them is shown in full.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.gradebook.kept import recall
from tests.conftest import NAME, needs_isolation, run
from tests.hostile.attack import ADAM, ALL, BATCHES, GD, MOMENTUM
from tests.hostile.attacks.carrying import (
    ATTACKS,
    CARRYING_COLUMN,
    CARRYING_POINT,
    CLEAN_COLUMN,
    CLEAN_KEY,
    CLEAN_POINT,
    CLEAN_TEXT,
)
from tests.hostile.batch import make_course, write_hand_ins

pytestmark = [pytest.mark.slow, needs_isolation]

SHOWN, ANSWERED = (attack.student for attack in ATTACKS)
DOORS = {
    "ours": (("autograder", "grade", NAME), ("autograder", "feedback", NAME)),
    "nbgrader's": (("nbgrader", "autograde", NAME), ("nbgrader", "generate_feedback", NAME)),
}

GENEROUS = """
c.Grading.cell_seconds = 60
c.Grading.call_seconds = 60
c.Grading.submission_seconds = 600
"""


@dataclass(frozen=True)
class Graded:
    course: Course

    def verdict(self, student: str) -> Verdict:
        kept = recall(self.course, NAME, student)
        assert kept is not None
        return kept.verdict

    def page(self, student: str) -> str:
        (page,) = (self.course.root / "feedback" / student / NAME).glob("*.html")
        return page.read_text(encoding="utf-8")

    def notebook(self, student: str) -> str:
        path = self.course.autograded() / student / NAME / f"{NAME}.ipynb"
        return path.read_text(encoding="utf-8")

    def shown(self, student: str, exercise_id: str) -> set[float]:
        """Return the numbers that are drawn."""
        found = (one for one in self.verdict(student).exercises if one.exercise_id == exercise_id)
        picture = next(found).demonstration
        return {n for pairs in (picture.own if picture else ()) for pair in pairs for n in pair}


@pytest.fixture(scope="module", params=DOORS)
def graded(request, repo: Course):
    # Not below /tmp: a child has a /tmp of its own.
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="autograder-hostile-") as folder:
        course = make_course(repo, Path(folder, "course"))
        # Here nothing waits for the end of its time: a slow machine must not come to it either.
        with (course.root / "nbgrader_config.py").open("a") as config:
            config.write(GENEROUS)
        course = Course.find(course.root)
        write_hand_ins(course, ATTACKS, {}, "")
        for command in DOORS[request.param]:
            outcome = run(*command, cwd=course.root)
            assert outcome.returncode == 0, outcome.stderr
        yield Graded(course)


@pytest.mark.parametrize("exercise_id", [GD, MOMENTUM, ADAM])
def test_a_path_is_of_a_function_that_was_given_nothing_hidden(exercise_id, graded: Graded):
    numbers = graded.shown(SHOWN, exercise_id)
    assert CLEAN_POINT in numbers  # it was asked
    assert CARRYING_POINT not in numbers


def test_mini_batches_are_dealt_by_one_that_was_given_nothing_hidden(graded: Graded):
    numbers = graded.shown(SHOWN, BATCHES)
    assert CLEAN_COLUMN in numbers
    assert CARRYING_COLUMN not in numbers


@pytest.mark.parametrize("student", [SHOWN, ANSWERED])
def test_nothing_is_carried_onto_a_page_or_into_what_is_kept(student, graded: Graded):
    verdict = graded.verdict(student)
    assert "CARRIED" not in graded.page(student) + graded.notebook(student) + repr(verdict)
    assert verdict.flags == ()
    earned = {one.exercise_id: one.score for one in verdict.exercises}
    assert earned == next(a for a in ATTACKS if a.student == student).expected
    assert earned.keys() == ALL.keys()


def test_an_error_of_the_documented_call_is_told_in_full(graded: Graded):
    for text in (graded.page(SHOWN), graded.notebook(SHOWN)):
        assert "Carrier" in text
        assert CLEAN_TEXT in text
    for one in graded.verdict(SHOWN).exercises:
        hidden = [case.message for case in one.cases if case.name != "the documented example"]
        assert not any("Carrier" in message or CLEAN_TEXT in message for message in hidden)


def test_keys_of_a_documented_answer_are_told(graded: Graded):
    assert f"The keys you have: {CLEAN_KEY}." in graded.page(ANSWERED)
