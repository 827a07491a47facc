"""Inputs for the notebook's six exercises, always the same, so that its documented numbers hold.

Each function takes nothing and returns the inputs of the exercise that it is named after. The
numbers are those that np.random.seed(1) gives; the notebook's own random state is left alone.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from opt_utils import load_params_and_grads

__all__ = [
    "initialize_adam_test_case",
    "initialize_velocity_test_case",
    "random_mini_batches_test_case",
    "update_parameters_with_adam_test_case",
    "update_parameters_with_gd_test_case",
    "update_parameters_with_momentum_test_case",
]

Arrays = dict[str, np.ndarray]
_NAMES: tuple[str, ...] = ("W1", "b1", "W2", "b2")


def _parameters_and_gradients() -> tuple[Arrays, Arrays]:
    """Return W1 (2, 3), b1 (2, 1), W2 (3, 3), b2 (3, 1) and gradients dW1, ... shaped alike."""
    arrays = load_params_and_grads(seed=1)
    parameters = dict(zip(_NAMES, arrays[:4], strict=True))
    gradients = {f"d{name}": array for name, array in zip(_NAMES, arrays[4:], strict=True)}
    return parameters, gradients


def _zeros_like(gradients: Arrays) -> Arrays:
    return {name: np.zeros_like(gradient) for name, gradient in gradients.items()}


def update_parameters_with_gd_test_case() -> tuple[Arrays, Arrays, float]:
    """Return parameters, grads and learning_rate = 0.01."""
    return *_parameters_and_gradients(), 0.01


def random_mini_batches_test_case() -> tuple[np.ndarray, np.ndarray, int]:
    """Return X (12288, 148) float64, Y (1, 148) bool and mini_batch_size = 64."""
    X, Y = random_examples()
    return X.copy(), Y.copy(), 64


@cache
def random_examples() -> tuple[np.ndarray, np.ndarray]:
    """Return X and Y themselves, not to be changed.

    They are drawn once: two million normal numbers take ten times as long as a copy.
    """
    draw = np.random.RandomState(1).randn
    return draw(12288, 148), draw(1, 148) < 0.5


def initialize_velocity_test_case() -> Arrays:
    """Return parameters of two layers."""
    return _parameters_and_gradients()[0]


def update_parameters_with_momentum_test_case() -> tuple[Arrays, Arrays, Arrays]:
    """Return parameters, grads and a velocity v of zeros."""
    parameters, gradients = _parameters_and_gradients()
    return parameters, gradients, _zeros_like(gradients)


def initialize_adam_test_case() -> Arrays:
    """Return parameters of two layers."""
    return _parameters_and_gradients()[0]


def update_parameters_with_adam_test_case() -> tuple[Arrays, Arrays, Arrays, Arrays]:
    """Return parameters, grads and moments v and s of zeros."""
    parameters, gradients = _parameters_and_gradients()
    return parameters, gradients, _zeros_like(gradients), _zeros_like(gradients)
