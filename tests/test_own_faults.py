"""A fault of the grader's own in one hand-in: the others are graded, and it costs no points."""

from __future__ import annotations

import pytest

from autograder import grading
from autograder.gradebook_reader import read_marks
from autograder.grading import grade
from autograder.pool import Settings
from tests.conftest import FEW, NAME, needs_isolation

pytestmark = [pytest.mark.slow, needs_isolation]

UNLUCKY = "eva"


@pytest.fixture
def broken(monkeypatch):
    """Break the reading of one hand-in; return how to mend it again."""
    read = grading.read_hand_in

    def read_hand_in(submission, assignment):
        if submission.student == UNLUCKY:
            raise RuntimeError("a fault of ours")
        return read(submission, assignment)

    monkeypatch.setattr(grading, "read_hand_in", read_hand_in)
    return monkeypatch.undo


def test_the_others_are_graded_and_the_next_run_tries_again(small_class, broken):
    verdicts = grade(small_class, NAME, Settings(), lambda _student: None)
    before = {verdict.student: verdict for verdict in verdicts}
    assert [*before] == FEW
    assert [name for name in FEW if not before[name].is_judged] == [UNLUCKY]
    assert before[UNLUCKY].flags == ("the grader itself failed: RuntimeError: a fault of ours",)
    marks = read_marks(small_class, NAME, FEW)
    assert len(marks[UNLUCKY].waiting) == 6 and not marks["ben"].waiting
    graded = small_class.autograded() / UNLUCKY / NAME / f"{NAME}.ipynb"
    assert "a fault of ours" in graded.read_text()

    broken()
    again = {v.student: v for v in grade(small_class, NAME, Settings(), lambda _student: None)}
    assert again[UNLUCKY].is_judged and again[UNLUCKY].score == 70
    assert again["ben"].seed == before["ben"].seed  # not graded again
