"""What the Gradient Checking notebook imports: two activations, and the way from dict to vector.

The network is linear -> relu -> linear -> relu -> linear -> sigmoid. Its parameters are a dict with
the keys W1, b1, W2, b2, W3, b3; as a vector they stand in this order, each array row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

Array = np.ndarray

KEYS = ("W1", "b1", "W2", "b2", "W3", "b3")
# The networks of the notebook: the length of the vector tells which one it belongs to.
SIZES = {47: (4, 5, 3, 1), 20: (2, 3, 2, 1)}


def sigmoid(x: Array | float) -> Array:
    """Return 1 / (1 + exp(-x)), elementwise, in double precision.

    Beyond -708 and 708 the result is that of the bound, so that exp never overflows.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).round(3)
    array([0. , 0.5, 1. ])
    """
    return 1.0 / (1.0 + np.exp(-np.clip(np.asarray(x, dtype=float), -708.0, 708.0)))


def relu(x: Array | float) -> Array:
    """Return the larger of x and 0, elementwise, as floats."""
    return np.maximum(x, 0.0)


def dictionary_to_vector(parameters: Mapping[str, Array]) -> tuple[Array, list[str]]:
    """Return all parameters as one new column, and for each of its numbers the key it came from.

    The column has shape (n, 1), where n is the number of all weights and biases.
    """
    theta = _column(parameters, KEYS)
    keys = [key for key in KEYS for _ in range(np.size(parameters[key]))]
    return theta, keys


def vector_to_dictionary(theta: Array) -> dict[str, Array]:
    """Return the parameters W1, b1, W2, b2, W3, b3 that a vector holds, as new arrays.

    Undoes `dictionary_to_vector`. The vector belongs to the network 4 -> 5 -> 3 -> 1, or to
    2 -> 3 -> 2 -> 1 if it has only 20 numbers; ValueError if it belongs to neither.
    """
    numbers = np.asarray(theta).ravel()
    if len(numbers) not in SIZES:
        known = " or ".join(map(str, SIZES))
        raise ValueError(f"theta must hold {known} numbers, but it holds {len(numbers)}.")
    parameters, start = {}, 0
    for key, shape in zip(KEYS, _shapes(SIZES[len(numbers)]), strict=True):
        stop = start + shape[0] * shape[1]
        parameters[key] = numbers[start:stop].reshape(shape).copy()
        start = stop
    return parameters


def gradients_to_vector(gradients: Mapping[str, Array]) -> Array:
    """Return dW1, db1, ..., dW3, db3 as one new column, in the order of `dictionary_to_vector`.

    Other keys, such as dZ1 or dA1, are left out: they are no gradients of parameters.
    """
    return _column(gradients, [f"d{key}" for key in KEYS])


def _column(arrays: Mapping[str, Array], keys: tuple[str, ...] | list[str]) -> Array:
    return np.concatenate([np.reshape(arrays[key], (-1, 1)) for key in keys])


def _shapes(sizes: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    for inputs, units in pairwise(sizes):
        yield units, inputs
        yield units, 1
