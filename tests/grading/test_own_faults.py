"""A fault of the grader's own in one hand-in: the others are graded, and it costs no points."""

from __future__ import annotations

import pytest

from autograder.gradebook.kept import recall
from autograder.gradebook.reader import read_marks
from autograder.grading import opening
from autograder.grading.replaying import replay
from autograder.grading.run import grade
from autograder.grading.settings import Settings
from tests.conftest import FEW, NAME, needs_isolation

pytestmark = [pytest.mark.slow, needs_isolation]

UNLUCKY = "eva"


@pytest.fixture
def broken(monkeypatch):
    """Break the reading of one hand-in; return how to mend it again."""
    break_reading(monkeypatch)
    return monkeypatch.undo


def break_reading(monkeypatch) -> None:
    read = opening.read_hand_in

    def read_hand_in(submission, assignment):
        if submission.student == UNLUCKY:
            raise RuntimeError("a fault of ours")
        return read(submission, assignment)

    monkeypatch.setattr(opening, "read_hand_in", read_hand_in)


def grade_all(course):
    """Grade a class; return what came of it, and the verdicts that were kept, by student."""
    briefs = grade(course, NAME, Settings(), lambda _student: None)
    kept = {student: recall(course, NAME, student) for student in FEW}
    return briefs, {student: one.verdict for student, one in kept.items() if one}


def test_the_others_are_graded_and_the_next_run_tries_again(small_class, broken):
    briefs, before = grade_all(small_class)
    assert [brief.student for brief in briefs] == FEW
    assert [brief.student for brief in briefs if brief.needs_person] == [UNLUCKY]
    assert before[UNLUCKY].flags == ("the grader itself failed: RuntimeError: a fault of ours",)
    marks = read_marks(small_class, NAME, FEW)
    assert len(marks[UNLUCKY].waiting) == 6 and not marks["ben"].waiting
    graded = small_class.autograded() / UNLUCKY / NAME / f"{NAME}.ipynb"
    assert "a fault of ours" in graded.read_text()

    broken()
    briefs, again = grade_all(small_class)
    assert all(brief.is_judged for brief in briefs)
    assert again[UNLUCKY].score == 70
    assert again["ben"].seed == before["ben"].seed  # not graded again


def test_a_fault_of_the_graders_own_does_not_end_a_replay(small_class, monkeypatch):
    grade_all(small_class)
    done: list[str] = []
    break_reading(monkeypatch)
    differences = replay(small_class, NAME, Settings(), done.append)
    assert differences == {UNLUCKY: "the grader itself failed: RuntimeError: a fault of ours"}
    assert sorted(done) == FEW
