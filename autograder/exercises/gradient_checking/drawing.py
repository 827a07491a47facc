"""Draw the inputs of the hidden cases afresh from a random generator.

ε is so large in most of them that truncation decides the difference, and rounding nothing of it:
then all right ways to compute it agree in many digits, and all wrong ones are far away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call
from workbook.examples import EXAMPLES

from .playing import network

Arrays = dict[str, np.ndarray]
Change = Callable[[np.random.Generator, Arrays], Arrays]

PLAY = Path(__file__).with_name("playing.py").read_text(encoding="utf-8")

LARGE, SMALL = (4, 5, 3, 1), (2, 3, 2, 1)
# What a network must come up to, so that no mistake hides in units that are dead or saturated.
STEEPEST_OUTPUT, FLATTEST_ARRAY = 4.0, 0.02


def documented_call(exercise_id: str) -> Callable[[np.random.Generator], Call]:
    """Return what draws nothing, and makes the documented call."""
    return lambda rng: Call(*EXAMPLES[exercise_id].call())


def documented_check(exercise_id: str, *stand_in: Any) -> Callable[[np.random.Generator], Call]:
    """Return what draws nothing, and makes the documented call of a check on a stand-in."""
    return lambda rng: _check(stand_in, *EXAMPLES[exercise_id].call())


def draw_numbers(rng: np.random.Generator, signs: tuple[int, int] = (1, 1)) -> Call:
    """Draw x and θ of these signs; neither is near 0, 1, 2 or the other one."""
    x, theta = rng.uniform(2.3, 3.8), rng.uniform(0.3, 0.8)
    x, theta = (x, theta) if rng.random() < 0.5 else (theta, x)
    return Call((signs[0] * float(x), signs[1] * float(theta)))


def draw_curve(
    rng: np.random.Generator,
    scale: float = 1.0,
    sign: int = 1,
    bend: float = 1.0,
    **keywords: float,
) -> Call:
    """Draw a curve and a place on it; `scale` is what is wrong with its slope."""
    a, b = bend * rng.uniform(0.2, 0.5), bend * rng.uniform(0.2, 0.5)
    x, theta = rng.uniform(2.3, 3.8), sign * rng.uniform(0.6, 1.6)
    stand_in = ("curve", float(sign * a), float(b), scale)
    return _check(stand_in, (float(x), float(theta)), keywords)


def draw_network(
    rng: np.random.Generator,
    change: Change = lambda rng, gradients: gradients,
    sizes: tuple[int, ...] = LARGE,
    m: int = 5,
    activation: str = "tanh",
    **keywords: float,
) -> Call:
    """Draw a network with examples and its gradients, which `change` may make wrong."""
    while True:
        parameters, X, Y = (
            _parameters(rng, sizes),
            rng.standard_normal((sizes[0], m)),
            _labels(rng, m),
        )
        cache = network(activation)["forward_propagation_n"](X, Y, parameters)[1]
        gradients = right_gradients(X, Y, cache, activation)
        lengths = [np.linalg.norm(gradients[f"d{key}"]) for key in parameters]
        # A loop may leave out the first number, or the last, which is all of b3.
        flattest = min(*lengths, abs(gradients["dW1"][0, 0]))
        if np.abs(cache[8]).max() < STEEPEST_OUTPUT and flattest > FLATTEST_ARRAY:
            break
    arguments = parameters, change(rng, gradients), X, Y
    return _check(("network", activation), arguments, keywords)


def one_array_wrong(rng: np.random.Generator, gradients: Arrays) -> Arrays:
    """Multiply the gradient of one layer's weights."""
    key = f"dW{rng.integers(1, 4)}"
    return gradients | {key: gradients[key] * rng.uniform(1.5, 3)}


def wrong_sign(rng: np.random.Generator, gradients: Arrays) -> Arrays:
    """Turn every gradient round, and give each another length."""
    return {key: -rng.uniform(0.4, 2.5) * gradient for key, gradient in gradients.items()}


def one_number_wrong(rng: np.random.Generator, gradients: Arrays) -> Arrays:
    """Add to the very last number, which is that of b3."""
    return gradients | {"db3": gradients["db3"] + rng.uniform(0.2, 0.4)}


def too_short(rng: np.random.Generator, gradients: Arrays) -> Arrays:
    """Make every gradient too short."""
    return {key: rng.uniform(0.2, 0.6) * gradient for key, gradient in gradients.items()}


def right_gradients(X: np.ndarray, Y: np.ndarray, cache: tuple, activation: str) -> Arrays:
    """Return the gradients of the cost, in the order in which a backward pass finds them."""
    slope = {"relu": lambda A: A > 0, "tanh": lambda A: 1 - A**2}[activation]
    _, A1, _, _, _, A2, W2, _, _, A3, W3, _ = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * slope(A2)
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * slope(A1)
    return {
        "dZ3": dZ3, "dW3": dZ3 @ A2.T / m, "db3": dZ3.sum(axis=1, keepdims=True) / m,
        "dA2": dA2, "dZ2": dZ2,
        "dW2": dZ2 @ A1.T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m,
        "dA1": dA1, "dZ1": dZ1,
        "dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m,
    }  # fmt: skip


def _check(stand_in: tuple, arguments: tuple, keywords: Mapping[str, Any]) -> Call:
    return Call((stand_in, arguments, dict(keywords)), program=PLAY)


def _parameters(rng: np.random.Generator, sizes: tuple[int, ...]) -> Arrays:
    parameters = {}
    for layer, (inputs, units) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{layer}"] = rng.standard_normal((units, inputs))
        parameters[f"b{layer}"] = rng.standard_normal((units, 1))
    return parameters


def _labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """Draw labels in one row, of which each kind occurs where there is more than one."""
    labels = rng.permutation(np.arange(m) % 2) if m > 1 else rng.integers(0, 2, size=m)
    return labels.reshape(1, m).astype(float)
