"""Inputs for the notebook's four exercises, always the same, so that its documented numbers hold.

Each function takes nothing and returns the inputs of the exercise that it is named after. The
random numbers are those that np.random.seed(1) gives; the global random state is left alone.
"""

from __future__ import annotations

import numpy as np

__all__ = [
    "decayed_learning_rate_test_case",
    "steps_to_reach_test_case",
    "update_parameters_with_rmsprop_test_case",
    "weighted_average_test_case",
]

Arrays = dict[str, np.ndarray]


def weighted_average_test_case() -> tuple[np.ndarray, float, bool]:
    """Return six values, beta = 0.9, and True: with the correction."""
    return np.array([8.0, 10.0, 6.0, 13.0, 9.0, 12.0]), 0.9, True


def update_parameters_with_rmsprop_test_case() -> tuple[
    Arrays, Arrays, Arrays, float, float, float
]:
    """Return parameters of two layers, grads, s, beta, learning_rate and epsilon."""
    draw = np.random.RandomState(1).randn
    shapes = {"W1": (2, 3), "b1": (2, 1), "W2": (1, 2), "b2": (1, 1)}
    parameters = {key: draw(*shape) for key, shape in shapes.items()}
    grads = {f"d{key}": draw(*shape) for key, shape in shapes.items()}
    s = {f"d{key}": draw(*shape) ** 2 for key, shape in shapes.items()}
    return parameters, grads, s, 0.9, 0.05, 0.01


def decayed_learning_rate_test_case() -> tuple[float, float, int, str, int]:
    """Return learning_rate0, decay_rate, epoch, schedule and interval: a staircase."""
    return 0.2, 0.05, 27, "staircase", 10


def steps_to_reach_test_case() -> tuple[np.ndarray, float]:
    """Return the costs of three runs, five steps each, and the target 0.5."""
    costs = [
        [2.0, 1.1, 0.7, 0.4, 0.3, 0.2],
        [1.5, 0.5, 0.9, 0.6, 0.4, 0.1],
        [1.8, 1.4, 1.1, 0.9, 0.8, 0.7],
    ]
    return np.array(costs), 0.5
