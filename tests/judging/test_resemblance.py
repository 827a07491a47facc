"""Two answers that are the same."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.assignment.exercise import Answer, Call, Case, Exercise
from autograder.judging.resemblance import resembles

CASE = Case("one", "", lambda rng: Call(()))
EXERCISE = Exercise("number", 5, ("number",), (CASE,))


def same(a, b):
    return resembles(EXERCISE, CASE, Answer("returned", a), Answer("returned", b))


@pytest.mark.parametrize(("a", "b"), [(True, 1.0), (1.0, True), (np.array([False]), np.zeros(1))])
def test_a_truth_value_is_no_number(a, b):
    assert not same(a, b)


@pytest.mark.parametrize(("a", "b"), [(True, np.True_), (1, 1.0), (np.float32(2), 2.0)])
def test_kinds_of_numbers_do_not_matter(a, b):
    assert same(a, b)
