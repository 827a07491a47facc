"""The cheapest wrong answers earn nothing, beside the documented one written down or alone."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.assignment.exercise import Call
from autograder.authoring.reference import load_reference
from autograder.judging.judge import describe
from tests.conftest import NAME
from tests.support.assignments import load
from tests.support.judging import judged

EXERCISES = {exercise.id: exercise for exercise in load(NAME).exercises}


@pytest.fixture(scope="module")
def reference(repo):
    return load_reference(repo, load(NAME))


def copied(arrays):
    return {key: array.copy() for key, array in arrays.items()}


def renamed(given, copy=False):
    return {f"d{key}": array.copy() if copy else array for key, array in given[0].items()}


def of_zeros(given):
    return {key: np.zeros_like(array) for key, array in given[0].items()}


def in_right_sizes(given):
    X, Y, size = given[:3]
    starts = range(0, X.shape[1], size)
    return [(0 * X[:, start : start + size], 0 * Y[:, start : start + size]) for start in starts]


def one_again_and_again(given):
    X, Y, size = given[:3]
    starts = range(0, X.shape[1], size)
    counts = [min(size, X.shape[1] - start) for start in starts]
    return [(X[:, [0] * count], Y[:, [0] * count]) for count in counts]


# What each returns, given the positional arguments of the call.
CHEAP = {
    "nothing": lambda given: None,
    "a number": lambda given: 0.0,
    "an empty dict": lambda given: {},
    "an empty list": lambda given: [],
    "empty dicts": lambda given: ({}, {}, {}),
    "the first argument": lambda given: given[0],
    "all arguments": lambda given: given,
    "the first two": lambda given: (given[0], given[-1]),
    "the first three": lambda given: (given[0], *given[2:4]),
    "copies": lambda given: copied(given[0]),
    "copies twice": lambda given: (copied(given[0]), copied(given[2])),
    "copies three times": lambda given: (copied(given[0]), copied(given[2]), copied(given[3])),
    "the first under new names": renamed,
    "the first under new names twice": lambda given: (renamed(given), renamed(given)),
    "copies under new names": lambda given: renamed(given, True),
    "copies under new names twice": lambda given: (renamed(given, True), renamed(given, True)),
    "zeros": of_zeros,
    "zeros twice": lambda given: (of_zeros(given), of_zeros(given)),
    "all in a list": lambda given: [given[:2]],
    "a list of nothing": lambda given: [(given[0][:, :0], given[1][:, :0])],
    "zeros in batches": in_right_sizes,
    "one example again and again": one_again_and_again,
}


@pytest.mark.parametrize("documented", [False, True], ids=["alone", "beside the documented"])
@pytest.mark.parametrize("cheap", CHEAP)
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_cheap_answer_earns_nothing(exercise_id, cheap, documented, reference):
    exercise = EXERCISES[exercise_id]
    known = known_calls(exercise) if documented else []

    def function(*given, **named):
        if any(same(given, call.arguments) for call in known):
            return reference[exercise_id](*given, **named)
        return CHEAP[cheap](given)

    verdict = judged(exercise, function, reference[exercise_id])
    assert verdict.score == 0, describe(verdict)


def known_calls(exercise) -> list[Call]:
    return [case.draw(np.random.default_rng(0)) for case in exercise.cases if case.known]


def same(one, other) -> bool:
    """Tell whether two calls have the same arguments."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return np.array_equal(one, other)


def in_order(X, Y, mini_batch_size=64, seed=0):
    starts = range(0, X.shape[1], mini_batch_size)
    return [(X[:, k : k + mini_batch_size], Y[:, k : k + mini_batch_size]) for k in starts]


def other_order(X, Y, mini_batch_size=64, seed=0):
    order = np.random.default_rng(seed).permutation(X.shape[1])
    return in_order(X[:, order], Y[:, order], mini_batch_size)


@pytest.mark.parametrize("function", [in_order, other_order])
def test_a_fair_partition_in_another_order_still_earns_its_laws(function, reference):
    name = "random_mini_batches"
    verdict = judged(EXERCISES[name], function, reference[name])
    assert 0 < verdict.score < 6, describe(verdict)


def test_zeros_from_one_pool_are_not_an_array_for_each_key(reference):
    def pooled(parameters):
        pool = np.zeros(max(array.size for array in parameters.values()))
        return {f"d{k}": pool[: w.size].reshape(w.shape) for k, w in parameters.items()}

    name = "initialize_velocity"
    verdict = judged(EXERCISES[name], pooled, reference[name])
    assert [case.name for case in verdict.cases if case.message] == ["an array for each key"]


def test_parts_of_one_pool_are(reference):
    def apart(parameters):
        pool = np.zeros((sum(array.size for array in parameters.values()), 2))[:, 1]
        ends = np.cumsum([array.size for array in parameters.values()])
        parts = np.split(pool, ends[:-1])
        return {
            f"d{key}": part.reshape(array.shape)
            for (key, array), part in zip(parameters.items(), parts, strict=True)
        }

    name = "initialize_velocity"
    verdict = judged(EXERCISES[name], apart, reference[name])
    assert verdict.score == verdict.points, describe(verdict)


def adds_a_key(parameters):
    zeros = {f"d{key}": np.zeros_like(array) for key, array in parameters.items()}
    parameters.update(copied(zeros))
    return zeros


def shifts_a_little(parameters):
    zeros = {f"d{key}": np.zeros_like(array) for key, array in parameters.items()}
    parameters["W1"] *= 1 + 1e-9
    return zeros


@pytest.mark.parametrize("function", [adds_a_key, shifts_a_little])
def test_every_change_of_the_parameters_is_seen(function, reference):
    name = "initialize_velocity"
    verdict = judged(EXERCISES[name], function, reference[name])
    assert [case.name for case in verdict.cases if case.message] == ["the parameters left alone"]
