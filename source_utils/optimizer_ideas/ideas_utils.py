"""What the notebook is given: a noisy series, a small network to train, noise for a descent."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from workbook.network import backward_propagation, forward_propagation
from workbook.points import moons

Array = np.ndarray
Arrays = dict[str, Array]

# The network that is trained: two inputs, two hidden layers, one output.
LAYERS = (2, 8, 4, 1)
# No probability is taken for smaller before its logarithm.
SMALLEST = 1e-12


def load_series(length: int = 180) -> tuple[Array, Array]:
    """Return noisy measurements, one a day, and the slow wave that is behind them."""
    days = np.arange(length)
    wave = 12 + 6 * np.sin(2 * np.pi * (days - 20) / 150)
    return wave + np.random.default_rng(2).normal(0, 2.5, length), wave


def load_examples() -> tuple[Array, Array]:
    """Return two moons: X (2, 300), one example in each column, and their labels Y (1, 300)."""
    return moons(300, noise=0.2, seed=3)


def start_parameters(rng: np.random.Generator) -> Arrays:
    """Return random first parameters W1, b1, ..., W3, b3, with the scale of He et al. (2015)."""
    parameters = {}
    for layer, (before, units) in enumerate(pairwise(LAYERS), start=1):
        parameters[f"W{layer}"] = rng.standard_normal((units, before)) * np.sqrt(2 / before)
        parameters[f"b{layer}"] = np.zeros((units, 1))
    return parameters


def gradients(parameters: Arrays, X: Array, Y: Array) -> Arrays:
    """Return the gradient of the cost on some examples: dW1, db1, ..., dW3, db3."""
    return backward_propagation(X, Y, forward_propagation(X, parameters)[1])


def cost(parameters: Arrays, X: Array, Y: Array) -> float:
    """Return the mean cross-entropy of the network on some examples."""
    output = forward_propagation(X, parameters)[0]
    return -float(np.mean(np.log(np.maximum(np.where(Y == 1, output, 1 - output), SMALLEST))))
