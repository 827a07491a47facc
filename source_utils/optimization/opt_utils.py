"""The network, the data and the plot that the Optimization notebook imports.

The network is linear -> relu -> linear -> relu -> linear -> sigmoid. Examples are columns: X has
shape (n_x, m) and Y has shape (1, m). Parameters are a dict with the keys W1, b1, W2, b2, W3, b3.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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
from workbook.points import moons

__all__ = [
    "backward_propagation",
    "compute_cost",
    "forward_propagation",
    "initialize_parameters",
    "load_dataset",
    "load_params_and_grads",
    "plot_decision_boundary",
    "predict",
    "predict_dec",
    "relu",
    "sigmoid",
]

_SMALLEST_PROBABILITY = np.finfo(float).tiny
Array = np.ndarray


def load_params_and_grads(seed: int = 1) -> tuple[Array, ...]:
    """Return W1 (2, 3), b1 (2, 1), W2 (3, 3), b2 (3, 1), then dW1, db1, dW2, db2 shaped alike.

    They are standard normal float64 numbers, those that np.random.seed(seed) is documented to give.
    """
    # A private RandomState draws them too, and leaves the notebook's own random state alone.
    draw = np.random.RandomState(seed).randn
    return tuple(draw(*shape) for shape in 2 * ((2, 3), (2, 1), (3, 3), (3, 1)))


def initialize_parameters(layer_dims: Sequence[int]) -> dict[str, Array]:
    """Return the documented initial parameters, always the same for the same layer sizes.

    Parameters
    ----------
    layer_dims : sequence of int
        Number of inputs, then number of units of each layer; ValueError if there are fewer than
        two or if one is not a whole number above 0.

    Returns
    -------
    dict of str to numpy.ndarray
        Wl (n_l, n_{l-1}): normal numbers of variance 2 / n_{l-1}; bl (n_l, 1): zeros. All float64.
        Source: He et al. 2015, arXiv:1502.01852.
    """
    whole = all(isinstance(size, int | np.integer) and size > 0 for size in layer_dims)
    if not whole or len(layer_dims) < 2:
        raise ValueError(
            f"layer_dims must be at least two whole numbers above 0, but it is {layer_dims}: "
            "use for example [2, 5, 2, 1]."
        )
    draw = np.random.RandomState(3).randn
    parameters = {}
    for layer, (inputs, units) in enumerate(pairwise(layer_dims), 1):
        parameters[f"W{layer}"] = draw(units, inputs) * np.sqrt(2.0 / inputs)
        parameters[f"b{layer}"] = np.zeros((units, 1))
    return parameters


def compute_cost(a3: Array, Y: Array) -> float:
    """Return the mean over the columns of -Y log(a3) - (1 - Y) log(1 - a3).

    a3 and Y have shape (1, m). The cost stays finite where a3 is 0 or 1. ValueError if the shapes
    differ, m is 0, or Y holds another label than 0 and 1.

    >>> round(compute_cost(np.array([[0.5, 0.5]]), np.array([[0, 1]])), 6)
    0.693147
    """
    # |a3 - (1 - Y)| is the probability given to the true label: one logarithm, never 0 * inf.
    probability = np.abs(a3 - flipped_labels(Y, a3))
    return -float(np.log(np.maximum(probability, _SMALLEST_PROBABILITY)).sum()) / Y.shape[1]


def load_dataset() -> tuple[Array, Array]:
    """Return the course's two moons: X (2, 300) float64, Y (1, 300) int64 labels 0 and 1."""
    return moons(300, noise=0.2, seed=3)
