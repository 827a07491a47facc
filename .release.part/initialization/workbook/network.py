"""The network that several notebooks train, and what it says to a mistake.

It is linear -> relu -> linear -> relu -> linear -> sigmoid. Examples are columns: X has shape
(n_x, m) and Y has shape (1, m). Parameters are a dict with the keys W1, b1, W2, b2, W3, b3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

import numpy as np

# exp(708) and 1 / exp(708) are both normal doubles; one step further the first overflows.
_LARGEST_EXPONENT = 708.0
_LAYER_KEYS = ("W1", "b1", "W2", "b2", "W3", "b3")
_get_layers = itemgetter(*_LAYER_KEYS)
Array = np.ndarray
Cache = tuple[Array, ...]


class MissingParameterError(KeyError):
    """A key is missing from `parameters`."""

    # KeyError itself would show the sentence inside quotes.
    __str__ = Exception.__str__


def require_shape(name: str, value: object, shape: tuple[int | str, ...], remedy: str) -> None:
    """Raise ValueError unless `value` is an array of `shape`, where a letter is any size >= 1."""
    wanted = f"{name} must be a NumPy array of shape ({', '.join(map(str, shape))})"
    if not isinstance(value, np.ndarray):
        raise ValueError(f"{wanted}, but it is a {type(value).__name__}: use np.array({name}).")
    fits = len(value.shape) == len(shape) and all(
        got >= 1 if isinstance(want, str) else got == want
        for got, want in zip(value.shape, shape, strict=True)
    )
    if not fits:
        raise ValueError(f"{wanted}, but its shape is {value.shape}: {remedy}.")


def _require_layers(X: Array, layers: Sequence[Array]) -> None:
    """Raise ValueError that names the first of X, W1, b1, ... whose shape does not fit."""
    require_shape("X", X, ("n_x", "m"), "give one example per column and at least one of them")
    width = X.shape[0]
    for layer, (W, b) in enumerate(zip(layers[::2], layers[1::2], strict=True), start=1):
        rows = 1 if layer == 3 else f"n_{layer}"
        require_shape(f"W{layer}", W, (rows, width), "match its columns to the layer before it")
        require_shape(f"b{layer}", b, (len(W), 1), f"give it one row for each row of W{layer}")
        width = len(W)


def _checked_layers(X: Array, parameters: Mapping[str, Array]) -> tuple[Array, ...]:
    """Return W1, b1, ..., W3, b3; one comparison of shapes keeps a training step quick."""
    try:
        layers = W1, b1, W2, b2, W3, b3 = _get_layers(parameters)
    except KeyError as missing:
        raise MissingParameterError(
            f"parameters must have the keys {', '.join(_LAYER_KEYS)}, but {missing} is missing: "
            "start from parameters for layers of the sizes n_x, n_1, n_2 and 1."
        ) from None
    try:
        n_1, n_2 = len(b1), len(b2)
        shapes = W1.shape, b1.shape, W2.shape, b2.shape, W3.shape, b3.shape
        fits = shapes == ((n_1, len(X)), (n_1, 1), (n_2, n_1), (n_2, 1), (1, n_2), (1, 1))
        fits = fits and X.ndim == 2 and X.size > 0
    except (AttributeError, TypeError):
        fits = False
    if not fits:
        _require_layers(X, layers)
    return layers


def flipped_labels(Y: Array, a3: Array) -> Array:
    """Return 1 - Y, once Y is known to fit the output a3 and to hold only 0 and 1."""
    try:
        fits = Y.size > 0 and Y.shape == a3.shape == (1, Y.size)
    except AttributeError:
        fits = False
    if not fits:
        require_shape("a3", a3, (1, "m"), "use the output of forward_propagation")
        require_shape("Y", Y, (1, a3.shape[1]), "give one label for each example, as one row")
    flipped = 1 - Y
    strange = np.logical_and(Y, flipped)
    if np.count_nonzero(strange):
        raise ValueError(f"Y must hold only 0 and 1, but it holds {Y[strange][0]}: recode it.")
    return flipped


def sigmoid(x: Array | float) -> Array:
    """Return 1 / (1 + exp(-x)), elementwise, in double precision.

    Beyond -708 and 708 the result is that of the bound, so that exp never overflows.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).round(3)
    array([0. , 0.5, 1. ])
    """
    exponent = np.asarray(x, dtype=float).clip(-_LARGEST_EXPONENT, _LARGEST_EXPONENT)
    return 1.0 / (1.0 + np.exp(-exponent))


def relu(x: Array | float) -> Array:
    """Return the larger of x and 0, elementwise, as floats."""
    return np.maximum(x, 0.0)


def forward_propagation(X: Array, parameters: Mapping[str, Array]) -> tuple[Array, Cache]:
    """Return the output a3 of the network, shape (1, m), and what backward_propagation needs.

    X has shape (n_x, m), W1 (n_1, n_x), b1 (n_1, 1), W2 (n_2, n_1), b2 (n_2, 1), W3 (1, n_2) and
    b3 (1, 1). MissingParameterError, a KeyError, if one is missing; ValueError if X is empty or
    the shapes do not fit together.
    """
    W1, b1, W2, b2, W3, b3 = _checked_layers(X, parameters)
    # For matrices as small as these, the method is twice as quick as the operator @.
    a1 = relu(W1.dot(X) + b1)
    a2 = relu(W2.dot(a1) + b2)
    a3 = sigmoid(W3.dot(a2) + b3)
    return a3, (W1, a1, W2, a2, W3, a3)


def backward_propagation(X: Array, Y: Array, cache: Cache) -> dict[str, Array]:
    """Return the gradient of the cost: dW1, db1, ..., dW3, db3, each shaped as its parameter.

    X (n_x, m) and Y (1, m) are the mini-batch, and cache is what forward_propagation returned for
    it. ValueError if the three do not belong together or if Y holds another label than 0 and 1.
    Source: the chain rule; for a sigmoid under a cross-entropy it gives a3 - Y.
    """
    W1, a1, W2, a2, W3, a3 = cache
    flipped_labels(Y, a3)
    shape = W1.shape[1], Y.shape[1]
    if getattr(X, "shape", None) != shape:
        require_shape("X", X, shape, "use the X that forward_propagation was given")
    dz3 = (a3 - Y) / Y.shape[1]
    dz2 = W3.T.dot(dz3) * (a2 > 0)
    dz1 = W2.T.dot(dz2) * (a1 > 0)
    return {
        "dW1": dz1.dot(X.T),
        "db1": dz1.sum(axis=1, keepdims=True),
        "dW2": dz2.dot(a1.T),
        "db2": dz2.sum(axis=1, keepdims=True),
        "dW3": dz3.dot(a2.T),
        "db3": dz3.sum(axis=1, keepdims=True),
    }


def predict_dec(parameters: Mapping[str, Array], X: Array) -> Array:
    """Return True where the output is above 0.5: booleans of shape (1, m) for X (n_x, m)."""
    return forward_propagation(X, parameters)[0] > 0.5


def predict(X: Array, Y: Array, parameters: Mapping[str, Array]) -> Array:
    """Print the accuracy on X (n_x, m) and Y (1, m); return the labels 0 or 1, int64 (1, m)."""
    predictions = predict_dec(parameters, X).astype(np.int64)
    flipped_labels(Y, predictions)
    print(f"Accuracy: {np.mean(predictions == Y):.3f}")
    return predictions
