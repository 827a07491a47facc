"""The laws of a start: each finds what it is about, and the instant check asks them."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.authoring.exercises import student_modules
from autograder.authoring.reference import load_reference
from tests.support.assignments import COURSE, load
from workbook.checks import Status, examine

REFERENCE = load_reference(COURSE, load("initialization"))
ZEROS = REFERENCE["initialize_parameters_zeros"]
SIZES = [60, 50, 20]


def drawn(draw, scale=1.0):
    zeros = ZEROS(SIZES)
    return {
        key: scale * draw(array.shape) if key.startswith("W") else array
        for key, array in zeros.items()
    }


rng = np.random.default_rng(1)
SPREADS = {
    "normal": (rng.standard_normal, ""),
    "twice as wide": (lambda shape: 2 * rng.standard_normal(shape), "times as widely"),
    "uniform": (lambda shape: rng.uniform(-(3**0.5), 3**0.5, shape), "evenly up to a bound"),
    "positive": (lambda shape: np.abs(rng.standard_normal(shape)), "evenly around 0"),
    "one row": (lambda shape: np.tile(rng.standard_normal(shape[1]), (shape[0], 1)), "again and"),
    "nan": (lambda shape: np.full(shape, np.nan), "NaN"),
    "zeros": (np.zeros, "again and"),
}


@pytest.mark.parametrize(("draw", "says"), SPREADS.values(), ids=list(SPREADS))
def test_the_spread_is_judged(draw, says, student):
    first, _ = student.starts.spread(drawn(draw), SIZES, lambda before: 1.0)
    assert (first.problem == "") == (says == "")
    assert says in first.problem


def test_repeated_numbers_are_found(student):
    def again(shape):
        return np.random.RandomState(3).randn(*shape)

    (repeated,) = student.starts.fresh_numbers(drawn(again), SIZES)
    (fresh,) = student.starts.fresh_numbers(drawn(rng.standard_normal), SIZES)
    assert "repeats the numbers of W1" in repeated.problem and fresh.passed


def test_numbers_whose_square_is_infinite_repeat_nothing(student):
    start = drawn(rng.standard_normal) | {"W1": np.full((50, 60), -1e308)}
    (fresh,) = student.starts.fresh_numbers(start, SIZES)
    assert fresh.passed


def whole(sizes):
    return {key: array.astype(int) for key, array in ZEROS(sizes).items()}


def with_layer_0(sizes):
    return {"W0": np.zeros((3, 1)), "b0": np.zeros((3, 1)), **ZEROS(sizes)}


@pytest.mark.parametrize(
    ("function", "says"),
    [
        pytest.param(whole, "not floats", id="whole numbers"),
        pytest.param(with_layer_0, "has W0, b0, which no layer has", id="layer 0"),
        pytest.param(lambda sizes: {}, "is missing", id="empty"),
        pytest.param(lambda sizes: None, "is None", id="nothing"),
        pytest.param(lambda sizes: {"W1": 0}, "has shape ()", id="a number"),
    ],
)
def test_the_instant_check_says_what_is_wrong(function, says):
    with student_modules(COURSE, "initialization"):
        report = examine("initialize_parameters_zeros", {"initialize_parameters_zeros": function})
    assert report.status is Status.WRONG
    assert says in repr(report)


@pytest.mark.parametrize("name", list(REFERENCE))
def test_the_reference_is_all_green(name):
    with student_modules(COURSE, "initialization"):
        assert examine(name, REFERENCE).status is Status.RIGHT
