"""What an answer may be is found in a table, and nothing is left out that it resembles."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from autograder.assignment.exercise import Answer, Call, Case, Exercise
from autograder.judging.resemblance import resembles
from autograder.judging.shortlist import Shortlist
from workbook.comparison import Tolerance
from workbook.plain import Opaque

A = np.array([[1.0, 2.0]])
VALUES = [
    A, A.T, A + 1e-7, A + 1, A.astype(np.float32) + np.float32(1e-6), A.astype(int), A + 0j,
    np.array([[np.nan, 2.0]]), np.array([[np.inf, 2.0]]), np.array([[True, False]]),
    np.array([[1, 0]]), np.empty((0, 2)), None, "text", 1, 1.0, True, Opaque("set"),
    {"W1": A}, {"W1": A, "b1": A}, {"b1": A, "W1": A}, {1: A}, {"W1": None}, [A, A], (A, A),
    [(A, A)], [[A, A]], [], (), {}, {"W1": [A, {"x": 2}]}, np.array(["a"], dtype=object),
]  # fmt: skip
ANSWERS = [Answer("returned", value) for value in VALUES]
ANSWERS += [Answer("raised", reason="stopped with KeyError"), Answer("raised", reason="other")]


@pytest.mark.parametrize("returns", [("W",), ("W", "v")], ids=["one value", "two"])
@pytest.mark.parametrize("tolerance", [Tolerance(), Tolerance(0, 0)], ids=["near", "exactly"])
def test_nothing_that_resembles_an_answer_is_left_out(returns, tolerance):
    exercise = Exercise("f", 1, returns, ())
    case = Case("a case", "", lambda rng: Call(()), tolerance=tolerance)
    shortlist = Shortlist(exercise, ANSWERS, tolerance)
    for answer in ANSWERS:
        listed = set(shortlist.of(answer))
        alike = {n for n, one in enumerate(ANSWERS) if resembles(exercise, case, answer, one)}
        assert alike <= listed


def test_what_has_other_numbers_is_left_out():
    exercise = Exercise("f", 1, ("W",), ())
    shortlist = Shortlist(
        exercise, [None, *(Answer("returned", A + n) for n in range(9))], Tolerance()
    )
    assert shortlist.of(Answer("returned", A + 3)) == [4]
    assert shortlist.of(Answer("returned", A.T)) == []
    assert shortlist.of(Answer("raised", reason="x")) == []


def test_predictions_keep_their_order():
    exercise = Exercise("f", 1, ("W",), ())
    mixed = [Answer("returned", value) for value in itertools.islice(itertools.cycle([None, A]), 6)]
    assert Shortlist(exercise, mixed, Tolerance()).of(Answer("returned", A)) == [0, 1, 2, 3, 4, 5]
