"""Claims on wrong answers as a whole: each is told where it is true, and only there."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from autograder.assignment.statements import Seen
from tests.conftest import NAME
from tests.support.assignments import load

STATEMENTS = {one.id: one.statements for one in load(NAME).exercises}
BATCHES, GD = "random_mini_batches", "update_parameters_with_gd"

X = np.arange(20.0).reshape(2, 10)
Y = np.arange(10.0).reshape(1, 10)
SIZE = 4
ORDER = np.array([3, 1, 4, 0, 5, 9, 2, 6, 8, 7])


def cut(order=ORDER, order_of_Y=None, bounds=(0, 4, 8, 10)):
    """Return the mini-batches of these columns, with these bounds."""
    order_of_Y = order if order_of_Y is None else order_of_Y
    return [(X[:, order[a:b]], Y[:, order_of_Y[a:b]]) for a, b in pairwise(bounds)]


def told(exercise_id, *seen):
    """Return the first claim that agrees with all that was seen."""
    agreeing = (one.id for one in STATEMENTS[exercise_id] if one.fits(seen))
    return next(agreeing, "")


def dealt(value):
    arguments = {"X": X, "Y": Y, "mini_batch_size": SIZE, "seed": 0}
    return Seen(arguments, frozenset(), cut(), "returned", value, "", passed=False)


RIGHT = cut()
EMPTY = (X[:, :0], Y[:, :0])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param([], "no-batches", id="an empty list"),
        pytest.param([EMPTY] * 3, "empty-batches", id="empty slices"),
        pytest.param(RIGHT[:-1], "last-missing", id="without the last"),
        pytest.param(RIGHT[1:], "first-missing", id="without the first"),
        pytest.param([*RIGHT, EMPTY], "one-more", id="one more"),
        pytest.param(cut(ORDER[::-1]), "fair-but-other-order", id="another order"),
        pytest.param([(x, y + 1) for x, y in RIGHT], "X-right", id="Y wrong"),
        pytest.param([(x + 1, y) for x, y in RIGHT], "Y-right", id="X wrong"),
        pytest.param([*RIGHT[:-1], RIGHT[0]], "all-right-but-the-last", id="the last wrong"),
        pytest.param(cut(bounds=(0, 3, 6, 10)), "cut-elsewhere", id="other bounds"),
        pytest.param([(x[:, :1], y[:, :1]) for x, y in RIGHT], "starts-right", id="too short"),
        pytest.param(cut(ORDER + 0, ORDER[::-1]), "X-right", id="Y in another order"),
        pytest.param(cut(ORDER[::-1], np.arange(10)), "X-and-Y-apart", id="two other orders"),
        pytest.param([(x + 1, y + 1) for x, y in RIGHT], "sizes-right", id="other examples"),
        pytest.param([RIGHT[0], RIGHT[0]], "first-right", id="only the first"),
        pytest.param([RIGHT[1], RIGHT[0]], "cut-alike", id="two of three, exchanged"),
        pytest.param([(x, x) for x, _ in RIGHT[1:]], "Y-with-rows-of-X", id="X twice"),
        pytest.param([(y, y) for _, y in RIGHT[1:]], "X-with-rows-of-Y", id="Y twice"),
        pytest.param(7, "", id="no list"),
        pytest.param([(1, 2)], "", id="no tables"),
        pytest.param([7], "no-pairs", id="numbers for pairs"),
        pytest.param([(x,) for x, _ in RIGHT], "no-pairs", id="X alone"),
        pytest.param(
            [(x[:, 1:], y[:, 2:]) for x, y in RIGHT], "sides-of-other-sizes", id="other slices"
        ),
        pytest.param([(x + 0.5, y) for x, y in RIGHT[:1]], "too-few", id="one, and wrong"),
        pytest.param([(x + 0.5, y) for x, y in RIGHT] * 2, "too-many", id="twice, and wrong"),
    ],
)
def test_mini_batches(value, expected):
    assert told(BATCHES, dealt(value)) == expected


def test_a_claim_on_most_answers_passes_over_exceptions_and_some_others():
    apart = dealt([(x[:, 1:], y[:, 2:]) for x, y in RIGHT])
    raised = apart._replace(status="raised", value=None)
    other = dealt([(x + 1, y + 1) for x, y in RIGHT])
    assert told(BATCHES, apart, apart, other, raised) == "sides-of-other-sizes"
    assert told(BATCHES, apart, other, other) == ""
    assert told(BATCHES, raised) == ""


def stopped(layers, key):
    parameters = {f"{kind}{n}": X for n in range(1, layers + 1) for kind in "Wb"}
    reason = f"stopped with KeyError: '{key}' in `step`"
    return Seen({"parameters": parameters}, frozenset(), None, "raised", None, reason, passed=False)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        pytest.param([stopped(2, "W0"), stopped(1, "W0")], "key-of-layer-0", id="layer 0"),
        pytest.param([stopped(2, "db3"), stopped(1, "db2")], "key-past-the-last", id="past"),
        pytest.param([stopped(2, "dW1")], "gradient-key-in-parameters", id="with d"),
        pytest.param([stopped(2, "b2")], "parameter-key-in-gradients", id="without d"),
        pytest.param([stopped(2, "Wl")], "no-such-key", id="an odd key"),
        pytest.param([stopped(2, "W0"), stopped(1, "W2")], "no-such-key", id="two of them"),
        pytest.param([stopped(2, "W0"), stopped(2, "W1")], "", id="nothing in common"),
    ],
)
def test_keys(seen, expected):
    assert told(GD, *seen) == expected


def test_moments_before_the_parameters():
    parameters, grads = {"W1": X}, {"dW1": X}
    given = {"parameters": parameters, "grads": grads, "v": grads, "s": grads, "t": 2}
    one = Seen(given, frozenset(), None, "returned", (grads, parameters, grads), "", passed=False)
    adam = "update_parameters_with_adam"
    assert told(adam, one) == "moments-before-parameters"
    assert told(adam, one._replace(value=(parameters, grads, grads))) == ""
