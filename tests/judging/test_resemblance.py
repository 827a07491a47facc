"""Two answers that are the same."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.assignment.exercise import Answer, Call, Case, Exercise
from autograder.judging.resemblance import are_alike, resembles

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


def test_numbers_too_far_apart_for_a_float_are_not_alike():
    far = np.full(1, complex(1.3e308, 1.3e308))
    assert not are_alike([Answer("returned", far), Answer("returned", np.zeros(1, complex))])
    assert not are_alike([Answer("returned", np.zeros(1, complex)), Answer("returned", far)])
