"""What a check is put to: its marks depend on it alone."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

from autograder.assignment.exercise import Call
from autograder.judging.questions import draw
from tests.exercises.gradient_checking import NAME
from tests.exercises.gradient_checking.test_proof import EXERCISES, failed
from tests.support.assignments import part_of

playing, drawing = part_of(NAME, "playing"), part_of(NAME, "drawing")

CHECK = """
import functools
import numpy as np

def forward_propagation(x, theta):
    {forward}

def backward_propagation(x, theta):
    raise NotImplementedError

{decorator}
def gradient_check(x, theta, epsilon=1e-7):
    rise = forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)
    approx, grad = rise / (2 * epsilon), backward_propagation(x, theta)
    return abs(grad - approx) / (abs(grad) + abs(approx))
"""


def notebook(forward: str = "raise NotImplementedError", decorator: str = "") -> dict[str, Any]:
    """Return the names of a notebook whose other answers are not right."""
    namespace: dict[str, Any] = {}
    exec(CHECK.format(forward=forward, decorator=decorator), namespace)
    return namespace


@pytest.mark.parametrize(
    "forward", ["raise NotImplementedError", "return x + theta", "return 'no number'"]
)
def test_a_right_check_earns_all_points_whatever_the_other_answers_are(forward):
    assert failed(notebook(forward)["gradient_check"], "gradient_check", seed=1) == []


class Callable:
    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments, **keywords):
        return self.function(*arguments, **keywords)


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(functools.partial, id="partial"),
        pytest.param(functools.cache, id="cached"),
        pytest.param(lambda check: functools.partial(functools.cache(check)), id="both"),
    ],
)
def test_a_wrapped_check_is_put_to_the_same(wrap):
    assert failed(wrap(notebook()["gradient_check"]), "gradient_check", seed=1) == []


def test_an_object_that_is_called_and_one_without_names_are_no_fault():
    check = notebook("return x * theta")["gradient_check"]
    assert playing.namespace_of(Callable(check)) is globals()
    assert playing.namespace_of(abs) == {}
    assert playing.play(abs, ("curve", 0.0, 0.0, 1.0), (-2,), {}) == 2


def test_the_notebooks_own_functions_are_there_again_afterwards():
    names = notebook()
    own = names["forward_propagation"], names["backward_propagation"]
    playing.play(names["gradient_check"], ("curve", 0.1, 0.1, 1.0), (2.0, 1.0), {})
    with pytest.raises(TypeError):
        playing.play(names["gradient_check"], ("curve", 0.1, 0.1, 1.0), (2.0,), {})
    assert (names["forward_propagation"], names["backward_propagation"]) == own


def test_a_name_that_was_not_there_is_not_there_afterwards():
    names = notebook()
    del names["backward_propagation"]
    playing.play(names["gradient_check"], ("curve", 0.1, 0.1, 1.0), (2.0, 1.0), {})
    assert "backward_propagation" not in names


NETWORK = """
def forward_propagation_n(X, Y, parameters):
    raise RuntimeError("redefined by a student")
"""


def test_marks_do_not_depend_on_a_redefined_network():
    catalogue = EXERCISES["gradient_check_n"].catalogue
    assert catalogue
    names: dict[str, Any] = {"np": np}
    exec(catalogue.solution + NETWORK, names)
    assert failed(names["gradient_check_n"], "gradient_check_n", seed=1) == []


def test_the_same_seed_draws_the_same_call():
    first, again = draw(EXERCISES["gradient_check_n"], 3), draw(EXERCISES["gradient_check_n"], 3)
    for a, b in zip(first, again, strict=True):
        np.testing.assert_equal(a.call.arguments, b.call.arguments)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_right_gradients_are_right(activation, seed):
    call: Call = drawing.draw_network(np.random.default_rng(seed), activation=activation)
    _, (parameters, gradients, X, Y), _ = call.arguments
    cost = playing.network(activation)["forward_propagation_n"]
    for key, array in parameters.items():
        for place in np.ndindex(array.shape):
            up, down = ({**parameters, key: array.copy()} for _ in range(2))
            up[key][place] += 1e-6
            down[key][place] -= 1e-6
            slope = (cost(X, Y, up)[0] - cost(X, Y, down)[0]) / 2e-6
            assert slope == pytest.approx(gradients[f"d{key}"][place], abs=1e-6)
