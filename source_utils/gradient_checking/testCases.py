"""Inputs for the notebook's four exercises, always the same, so that its documented numbers hold.

Each function takes nothing and returns the inputs of the exercise that it is named after. The
numbers are those that np.random.seed(1) gives; the notebook's own random state is left alone.
"""

from __future__ import annotations

import numpy as np

__all__ = [
    "backward_propagation_test_case",
    "forward_propagation_test_case",
    "gradient_check_n_test_case",
    "gradient_check_test_case",
]

_SHAPES = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}


def forward_propagation_test_case() -> tuple[int, int]:
    """Return x = 2 and theta = 4."""
    return 2, 4


def backward_propagation_test_case() -> tuple[int, int]:
    """Return x = 2 and theta = 4."""
    return 2, 4


def gradient_check_test_case() -> tuple[int, int]:
    """Return x = 2 and theta = 4."""
    return 2, 4


def gradient_check_n_test_case() -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Return X (4, 3), the labels Y of its three columns, and the parameters W1, b1, ..., b3."""
    draw = np.random.RandomState(1).randn
    X = draw(4, 3)
    return X, np.array([1, 1, 0]), {key: draw(*shape) for key, shape in _SHAPES.items()}
