"""Following the parts of an answer from one to the next, and what is said where one breaks."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from autograder.judging.marking import mark
from tests.conftest import NAME
from tests.proving.trials import answers_of, benches
from tests.solutions import solutions_of

MOMENTUM, ADAM = "update_parameters_with_momentum", "update_parameters_with_adam"


@pytest.fixture(scope="module")
def bench():
    return benches(NAME, seed=33)


def told(bench, exercise_id, function):
    one = bench[exercise_id]
    return mark(one.diagnostician, answers_of(function, one.questions)).diagnoses


def momentum(parameters, grads, v, beta, learning_rate, average=None, step=None):
    """Return a step in which `average` and `step` may stand for the right ones."""
    new_parameters, new_v = {}, {}
    for key, w in parameters.items():
        old, g = v["d" + key], grads["d" + key]
        right = beta * old + (1 - beta) * g
        new = average(old, g, beta, key) if average else right
        new_v["d" + key] = new
        move = step(new, learning_rate, key) if step else learning_rate * new
        new_parameters[key] = w - move
    return new_parameters, new_v


def only(kind, wrong, right):
    """Return a rule that is wrong for one kind of key."""
    return lambda *given: (wrong if kind in given[-1] else right)(*given)


def average(old, g, beta, _key):
    return beta * old + (1 - beta) * g


@pytest.mark.parametrize(
    ("average", "step", "expected"),
    [
        pytest.param(
            lambda old, g, beta, _: beta * old + (2 - beta) * g,
            None,
            ["Your v is what `beta * old_v + (2 - beta) * gradient` gives."],
            id="the rule of v",
        ),
        pytest.param(
            only("b", lambda old, g, beta, _: beta * old + (2 - beta) * g, average),
            None,
            ["Your v is what `beta * old_v + (2 - beta) * gradient` gives, for b."],
            id="the rule of v for b",
        ),
        pytest.param(
            lambda old, g, beta, _: beta * old + (2 - beta) * g,
            lambda new, rate, _: rate**2 * new,
            [
                "Your v is what `beta * old_v + (2 - beta) * gradient` gives.",
                "Your parameters are what `parameter - learning_rate**2 * new_v` gives"
                " from your own v.",
            ],
            id="two links, each by itself",
        ),
        pytest.param(
            lambda old, g, beta, _: np.sin(old) + g**3,
            None,
            [],
            id="nothing is right before it, and no rule is near",
        ),
        pytest.param(
            only("W", lambda old, g, beta, _: np.sin(old) + g**3, average),
            None,
            ["Your v is wrong for W; for b all is right. What follows from it is by the rule."],
            id="a group",
        ),
        pytest.param(
            None,
            lambda new, rate, _: np.sin(new) * rate**3,
            ["Your v is right, and your parameters are wrong."],
            id="a link",
        ),
    ],
)
def test_the_link_that_breaks_is_told(average, step, expected, bench):
    function = partial(momentum, average=average, step=step)
    assert [one.done for one in told(bench, MOMENTUM, function)] == expected


def test_an_entry_may_hold_for_some_keys(bench):
    swapped = lambda old, g, beta, _: (1 - beta) * old + beta * g  # noqa: E731
    function = partial(momentum, average=only("W", swapped, average))
    (one,) = told(bench, MOMENTUM, function)
    assert one.id == "weights-exchanged"
    assert one.done.endswith("That is so for W; for b all is right.")


def test_what_single_precision_does_not_follow_is_no_rule(bench):
    def function(parameters, grads, learning_rate):
        rate = 3 if parameters["W1"].dtype == np.float32 else learning_rate**2
        return {key: w - rate * grads["d" + key] for key, w in parameters.items()}

    ids = [one.id for one in told(bench, "update_parameters_with_gd", function)]
    assert "new_parameters-rule" not in ids


def test_a_difference_that_hardly_shows_is_told_by_its_cause_or_not_at_all(bench):
    def function(parameters, grads, learning_rate):
        return {
            key: w - learning_rate * grads["d" + key] * 1.00002 for key, w in parameters.items()
        }

    assert told(bench, "update_parameters_with_gd", function) == ()


def test_what_is_right_from_rest_is_told_though_known_answers_earn_nothing(bench):
    odd = lambda old, g, beta, _: np.sinh(old) + (1 - beta) * g  # noqa: E731
    one = bench[MOMENTUM]
    function = partial(momentum, average=odd)
    verdict = mark(one.diagnostician, answers_of(function, one.questions))
    assert verdict.score == 0
    assert [told.id for told in verdict.diagnoses] == ["right-from-rest"]


def test_a_default_that_differs_is_told(bench):
    right = next(iter(solutions_of(NAME, ADAM).values()))

    def function(parameters, grads, v, s, t, learning_rate=0.02, **rates):
        return right(parameters, grads, v, s, t, learning_rate, **rates)

    assert [one.id for one in told(bench, ADAM, function)] == ["wrong-default-of-learning_rate"]
