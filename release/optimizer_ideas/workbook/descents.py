"""Optimizers that share one form, and where they lead: over a landscape, or a network's cost.

An optimizer is called as ``step(parameters, grads, memory, learning_rate)`` and returns the new
parameters and the new memory. RMSprop is not here: it is the notebook's own function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ideas_utils import (  # pyright: ignore[reportMissingImports]
    cost,
    gradients,
    load_examples,
    start_parameters,
)

Array = np.ndarray
Arrays = dict[str, Array]
Step = Callable[[Arrays, Arrays, Arrays, float], tuple[Arrays, Arrays]]

# The usual values, which the notebook names.
BETA, EPSILON = 0.9, 1e-8
# A cost beyond this is as good as infinite; its run is over.
DIVERGED = 1e3
MINI_BATCH = 32


def optimizers(update_parameters_with_rmsprop: Callable[..., Any]) -> dict[str, Step]:
    """Return three optimizers by name; the last one calls the function that it is given."""

    def rmsprop(
        parameters: Arrays, grads: Arrays, memory: Arrays, learning_rate: float
    ) -> tuple[Arrays, Arrays]:
        return update_parameters_with_rmsprop(
            parameters, grads, memory, BETA, learning_rate, EPSILON
        )

    return {"gradient descent": _along(0.0), "momentum": _along(BETA), "RMSprop": rmsprop}


def _along(beta: float) -> Step:
    """Return descent along an average of the gradients; with β = 0 that is the gradient."""

    def step(
        parameters: Arrays, grads: Arrays, memory: Arrays, learning_rate: float
    ) -> tuple[Arrays, Arrays]:
        memory = {key: old + (1 - beta) * (grads[key] - old) for key, old in memory.items()}
        after = {key: old - learning_rate * memory["d" + key] for key, old in parameters.items()}
        return after, memory

    return step


def walk(
    step: Step,
    slope: Callable[[float, float], tuple[float, float]],
    start: tuple[float, float],
    learning_rate: float,
    num_steps: int,
) -> Array:
    """Return the points (x, y) of a descent over a landscape, shape (num_steps + 1, 2)."""
    parameters = {"W1": np.array([[start[0]]]), "b1": np.array([[start[1]]])}
    memory = {"dW1": np.zeros((1, 1)), "db1": np.zeros((1, 1))}
    points = [start]
    for _ in range(num_steps):
        pair = slope(*points[-1])
        grads = {"dW1": np.array([[pair[0]]]), "db1": np.array([[pair[1]]])}
        parameters, memory = step(parameters, grads, memory, learning_rate)
        points.append((parameters["W1"].item(), parameters["b1"].item()))
    return np.array(points)


def train(step: Step, learning_rate: float, seed: int, num_steps: int) -> Array:
    """Train the network; return the cost on all examples before and after each step.

    The seed decides the first parameters and the order of the examples, so that two optimizers
    with the same seed have the same luck. Where a run diverges the rest is infinite.
    """
    X, Y = load_examples()
    rng = np.random.default_rng(seed)
    parameters = start_parameters(rng)
    memory = {f"d{key}": np.zeros_like(array) for key, array in parameters.items()}
    costs = np.full(num_steps + 1, np.inf)
    costs[0] = cost(parameters, X, Y)
    for k in range(1, num_steps + 1):
        some = rng.choice(X.shape[1], MINI_BATCH, replace=False)
        grads = gradients(parameters, X[:, some], Y[:, some])
        parameters, memory = step(parameters, grads, memory, learning_rate)
        costs[k] = cost(parameters, X, Y)
        if not costs[k] < DIVERGED:
            break
    return costs
