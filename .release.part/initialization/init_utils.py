"""The network, the data and the plot that the Initialization notebook imports.

The network is linear -> relu -> linear -> relu -> linear -> sigmoid. Examples are columns: X has
shape (n_x, m) and Y has shape (1, m). Parameters are a dict with the keys W1, b1, W2, b2, W3, b3.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workbook.network import (
    backward_propagation,
    flipped_labels,
    forward_propagation,
    predict,
    predict_dec,
    relu,
    sigmoid,
)
from workbook.plane import plot_decision_boundary
from workbook.points import circles

__all__ = [
    "backward_propagation",
    "compute_loss",
    "forward_propagation",
    "load_dataset",
    "plot_decision_boundary",
    "predict",
    "predict_dec",
    "relu",
    "sigmoid",
    "update_parameters",
]

Array = np.ndarray


def compute_loss(a3: Array, Y: Array) -> float:
    """Return the mean over the columns of -Y log(a3) - (1 - Y) log(1 - a3).

    a3 and Y have shape (1, m). It is infinite where the network is certain and wrong, because the
    logarithm of 0 is minus infinity; nothing warns of that. ValueError if the shapes differ, m is
    0, or Y holds another label than 0 and 1.

    >>> round(compute_loss(np.array([[0.5, 0.5]]), np.array([[0, 1]])), 6)
    0.693147
    >>> compute_loss(np.array([[1.0, 0.5]]), np.array([[0, 1]]))
    inf
    """
    # |a3 - (1 - Y)| is the probability given to the true label: one logarithm, never 0 * inf.
    probability = np.abs(a3 - flipped_labels(Y, a3))
    with np.errstate(divide="ignore"):
        return -float(np.log(probability).sum()) / Y.shape[1]


def update_parameters(
    parameters: Mapping[str, Array], grads: Mapping[str, Array], learning_rate: float
) -> dict[str, Array]:
    """Return new parameters, one step of gradient descent further.

    `grads` holds for each key of `parameters` the gradient of its array: dW1 for W1, and so on.
    """
    return {key: array - learning_rate * grads[f"d{key}"] for key, array in parameters.items()}


def load_dataset() -> tuple[Array, Array, Array, Array]:
    """Return the course's circles: train_X (2, 300), train_Y (1, 300), test_X (2, 100), test_Y.

    X is float64, Y holds the int64 labels 0 (outer circle) and 1 (inner circle).
    """
    return *circles(300, noise=0.05, seed=1), *circles(100, noise=0.05, seed=2)
