"""Arrays that lie in the same memory are found, and no others."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from autograder.sandbox.overlap import overlaps, with_overlaps

POOL = np.zeros(64)
A, B = '["a"]', '["b"]'


def two(a, b):
    return {"a": a, "b": b}


@pytest.mark.parametrize(
    "returned",
    [
        pytest.param(two(POOL, POOL), id="the same array"),
        pytest.param(two(POOL[:6], POOL[:6].reshape(2, 3)), id="views of one shape and another"),
        pytest.param(two(POOL[:6], POOL[5:9]), id="one number in common"),
        pytest.param(two(POOL[::2], POOL[2:3]), id="one among many"),
        pytest.param(two(POOL[::-1], POOL[:1]), id="backwards"),
        pytest.param(two(POOL, POOL.view(np.uint8)[3:4]), id="a byte of a number"),
        pytest.param(two(POOL.view(np.complex128), POOL), id="another dtype"),
    ],
)
def test_two_that_overlap_are_a_pair(returned):
    assert overlaps(returned, ()) == [(A, B)]


@pytest.mark.parametrize(
    "array",
    [
        pytest.param(np.broadcast_to(0.0, (2, 3)), id="one number for all"),
        pytest.param(np.broadcast_to(POOL[:3], (2, 3)), id="one row for all"),
        pytest.param(sliding_window_view(POOL, 3), id="windows"),
        pytest.param(as_strided(POOL, (3, 4), (24, 16)), id="crossing strides"),
        pytest.param(as_strided(POOL, (3,), (4,)), id="halves of numbers"),
    ],
)
def test_one_that_overlaps_itself_is_a_pair_with_itself(array):
    assert overlaps({"a": array}, ()) == [(A, A)]


@pytest.mark.parametrize(
    "returned",
    [
        pytest.param(two(POOL[:6], POOL[6:]), id="parts of a pool"),
        pytest.param(two(POOL[::2], POOL[1::2]), id="every other number"),
        pytest.param(two(*np.hsplit(POOL.reshape(8, 8), 2)), id="columns of one array"),
        pytest.param(two(POOL[:0], POOL[:0]), id="nothing"),
        pytest.param({"a": POOL.reshape(8, 8).T[::-2, ::3]}, id="an odd view"),
        pytest.param({"a": np.broadcast_to(POOL[:1], (1, 1))}, id="a broadcast of one number"),
        pytest.param(object(), id="no data"),
    ],
)
def test_what_only_lies_side_by_side_is_none(returned):
    assert overlaps(returned, ()) == []


def test_arguments_count_as_well():
    given = {"W1": np.zeros(2)}
    pairs = overlaps(([given["W1"]], POOL), (given, POOL))
    assert pairs == [("value 0[0]", 'argument 0["W1"]'), ("value 1", "argument 1")]


LONG = np.zeros(64, np.longdouble)


@pytest.mark.parametrize(
    ("returned", "pairs"),
    [
        pytest.param(two(LONG, LONG), [(A, B)], id="the same array"),
        pytest.param(two(LONG[:6], LONG[:6]), [(A, B)], id="two views alike"),
        pytest.param(two(LONG[:6], LONG[5:9]), [(A, B)], id="one number in common"),
        pytest.param(two(LONG.view(np.float64)[:6], LONG[1:9]), [(A, B)], id="as doubles too"),
        pytest.param(two(LONG.view(np.clongdouble)[:2], LONG[3:]), [(A, B)], id="as complex too"),
        pytest.param({"a": np.broadcast_to(LONG[:1], (2, 3))}, [(A, A)], id="one number for all"),
        pytest.param(two(LONG[:6], LONG[6:]), [], id="parts of a pool"),
        pytest.param(two(LONG[:0], LONG[:0]), [], id="nothing"),
        pytest.param(two(LONG.copy(), LONG.copy()), [], id="copies"),
    ],
)
def test_long_doubles_travel_as_doubles_and_share_what_they_share(returned, pairs):
    read, _, told = with_overlaps(returned, ())
    assert told == pairs
    assert all(array.dtype.itemsize <= 16 and array.dtype.char in "dD" for array in read.values())


def test_a_long_argument_that_is_returned_is_told():
    given = {"W1": LONG[2:4]}
    told = with_overlaps({"a": LONG[3:5]}, (given,))[2]
    assert told == [(A, 'argument 0["W1"]')]
