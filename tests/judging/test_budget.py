"""Judging an answer takes no more than its budget: running out of it is the answer's failure."""

from __future__ import annotations

import itertools
import sys

import numpy as np
import pytest

from autograder.assignment.exercise import Answer, Assignment, Call, Case, Exercise, Question
from autograder.assignment.verdict import Outcome
from autograder.grading.notebook.judging import HEAVY, Judging, judge_safely
from autograder.judging import budget
from autograder.judging.budget import OutOfBudgetError, limited
from workbook.comparison import Finding


def judged(law, value, expected=None):
    case = Case("a law", "Think.", lambda _rng: Call((1,)), law=law)
    exercise = Exercise("f", 10, ("value",), (case,))
    return judge_safely(exercise, Question(case, Call((1,)), expected), Answer("returned", value))


def passes(_answer, _argument):
    return [Finding("the value")]


def never_ends(_answer, _argument):
    for _ in itertools.count():
        pass


def never_ends_and_catches(_answer, _argument):
    while True:
        try:
            never_ends(_answer, _argument)
        except Exception:
            continue


def takes_all_memory(_answer, _argument):
    return np.zeros(1 << 50)


def fails(_answer, _argument):
    raise ValueError("a fault of ours")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(limited.__wrapped__, "__defaults__", (0.05,))


@pytest.mark.parametrize("law", [never_ends, never_ends_and_catches, takes_all_memory])
def test_an_answer_that_takes_too_much_to_judge_fails(law):
    verdict = judged(law, 1)
    assert verdict.outcome is Outcome.FAILED
    assert "is too much to judge" in verdict.message
    assert sys.gettrace() is None or sys.gettrace().__module__ != budget.__name__


def test_a_fault_of_the_laws_own_is_no_failure_of_the_answer():
    assert judged(fails, 1).outcome is Outcome.NOT_JUDGED


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        pytest.param(np.zeros(budget.SMALL - 9), Outcome.PASSED, id="small"),
        pytest.param(np.zeros(1 << 20), Outcome.FAILED, id="large"),
        pytest.param([0] * 600_000, Outcome.FAILED, id="many"),
        pytest.param(
            {n: {"a": [np.zeros(9999)] * 9} for n in range(9)}, Outcome.FAILED, id="nested"
        ),
    ],
)
def test_a_law_never_sees_an_answer_that_is_far_larger_than_it_should_be(value, outcome):
    assert judged(passes, value).outcome is outcome


def test_an_answer_may_be_as_large_as_the_right_one():
    assert judged(passes, np.zeros(1 << 20), np.zeros(1 << 19)).outcome is Outcome.PASSED


def test_what_is_in_budget_is_left_alone_and_so_is_who_traces():
    def trace(*_given):
        return None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with limited(1e9):
            assert sum(range(1000)) == 499500
        assert sys.gettrace() is trace
    finally:
        sys.settrace(before)
    with pytest.raises(OutOfBudgetError), limited(-1.0):
        never_ends(None, None)


def counting():
    """Return a law that counts how often it is asked, and an exercise that it judges."""
    asked = []
    case = Case("a law", "Think.", lambda _rng: Call((1,)), law=lambda a, _: asked.append(a) or [])
    exercise = Exercise("f", 10, ("value",), (case, case))
    questions = {"f": (Question(case, Call((1,)), np.zeros(1 << 20)),) * 2}
    return asked, Judging(Assignment("a", (exercise,)), questions)


def test_the_same_answers_are_judged_once_by_their_digests():
    asked, judging = counting()
    for _student in range(2):
        answers = [Answer("returned", 1, digest=digest) for digest in (b"a", b"b")]
        assert judging.judge("f", answers).score == 10
    assert len(asked) == 2


def test_a_heavy_answer_is_judged_as_it_comes_and_not_kept():
    asked, judging = counting()
    for _student in range(2):
        heavy = Answer("returned", np.zeros(1 << 20), digest=b"a", weight=HEAVY + 1)
        light = judging.lighten("f", 0, heavy)
        assert light.value is not heavy.value and not isinstance(light.value, np.ndarray)
        assert judging.judge("f", [light, light]).score == 10
    assert len(asked) == 1
