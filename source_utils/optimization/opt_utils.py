"""The network, the data and the plot that the Optimization notebook imports.

The network is linear -> relu -> linear -> relu -> linear -> sigmoid. Examples are columns: X has
shape (n_x, m) and Y has shape (1, m). Parameters are a dict with the keys W1, b1, W2, b2, W3, b3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# exp(708) and 1 / exp(708) are both normal doubles; one step further the first overflows.
_LARGEST_EXPONENT = 708.0
_SMALLEST_PROBABILITY = np.finfo(float).tiny
# Two colours of the Okabe-Ito palette, https://jfly.uni-koeln.de/color/, for labels 0 and 1.
_COLOURS = ("#0072B2", "#E69F00")
_LAYER_KEYS = ("W1", "b1", "W2", "b2", "W3", "b3")
_get_layers = itemgetter(*_LAYER_KEYS)
Array = np.ndarray
Cache = tuple[Array, ...]


class MissingParameterError(KeyError):
    """A key is missing from `parameters`."""

    # KeyError itself would show the sentence inside quotes.
    __str__ = Exception.__str__


def _require_shape(name: str, value: object, shape: tuple[int | str, ...], remedy: str) -> None:
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
    _require_shape("X", X, ("n_x", "m"), "give one example per column and at least one of them")
    width = X.shape[0]
    for layer, (W, b) in enumerate(zip(layers[::2], layers[1::2], strict=True), start=1):
        rows = 1 if layer == 3 else f"n_{layer}"
        _require_shape(f"W{layer}", W, (rows, width), "match its columns to the layer before it")
        _require_shape(f"b{layer}", b, (len(W), 1), f"give it one row for each row of W{layer}")
        width = len(W)


def _checked_layers(X: Array, parameters: Mapping[str, Array]) -> tuple[Array, ...]:
    """Return W1, b1, ..., W3, b3; one comparison of shapes keeps a training step quick."""
    try:
        layers = W1, b1, W2, b2, W3, b3 = _get_layers(parameters)
    except KeyError as missing:
        raise MissingParameterError(
            f"parameters must have the keys {', '.join(_LAYER_KEYS)}, but {missing} is missing: "
            "start from initialize_parameters([n_x, n_1, n_2, 1])."
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


def _flipped_labels(Y: Array, a3: Array) -> Array:
    """Return 1 - Y, once Y is known to fit the output a3 and to hold only 0 and 1."""
    try:
        fits = Y.size > 0 and Y.shape == a3.shape == (1, Y.size)
    except AttributeError:
        fits = False
    if not fits:
        _require_shape("a3", a3, (1, "m"), "use the output of forward_propagation")
        _require_shape("Y", Y, (1, a3.shape[1]), "give one label for each example, as one row")
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
    _flipped_labels(Y, a3)
    shape = W1.shape[1], Y.shape[1]
    if getattr(X, "shape", None) != shape:
        _require_shape("X", X, shape, "use the X that forward_propagation was given")
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


def compute_cost(a3: Array, Y: Array) -> float:
    """Return the mean over the columns of -Y log(a3) - (1 - Y) log(1 - a3).

    a3 and Y have shape (1, m). The cost stays finite where a3 is 0 or 1. ValueError if the shapes
    differ, m is 0, or Y holds another label than 0 and 1.

    >>> round(compute_cost(np.array([[0.5, 0.5]]), np.array([[0, 1]])), 6)
    0.693147
    """
    # |a3 - (1 - Y)| is the probability given to the true label: one logarithm, never 0 * inf.
    probability = np.abs(a3 - _flipped_labels(Y, a3))
    return -float(np.log(np.maximum(probability, _SMALLEST_PROBABILITY)).sum()) / Y.shape[1]


def predict_dec(parameters: Mapping[str, Array], X: Array) -> Array:
    """Return True where the output is above 0.5: booleans of shape (1, m) for X (n_x, m)."""
    return forward_propagation(X, parameters)[0] > 0.5


def predict(X: Array, Y: Array, parameters: Mapping[str, Array]) -> Array:
    """Print the accuracy on X (n_x, m) and Y (1, m); return the labels 0 or 1, int64 (1, m)."""
    predictions = predict_dec(parameters, X).astype(np.int64)
    _flipped_labels(Y, predictions)
    print(f"Accuracy: {np.mean(predictions == Y):.3f}")
    return predictions


def plot_decision_boundary(
    model: Callable[[Array], Array], X: Array, Y: Array, ax: Axes | None = None
) -> None:
    """Shade the two sides of the decision boundary and mark the examples.

    `model` takes points of shape (n_points, 2) and returns 0 or 1 for each, for example
    ``lambda points: predict_dec(parameters, points.T)``. X has shape (2, m) and Y (1, m). Draws on
    `ax`, or on the current axes if it is None.
    """
    import matplotlib.pyplot as plt

    _require_shape("X", X, (2, "m"), "a plane can show two features only")
    _flipped_labels(Y, np.empty((1, X.shape[1])))
    ax = ax or plt.gca()
    low, high = X.min(axis=1) - 1, X.max(axis=1) + 1
    grid = np.meshgrid(*(np.linspace(*ends, 300) for ends in zip(low, high, strict=True)))
    sides = np.asarray(model(np.stack(grid, axis=-1).reshape(-1, 2)), dtype=float)
    ax.contourf(*grid, sides.reshape(grid[0].shape), (-0.5, 0.5, 1.5), colors=_COLOURS, alpha=0.3)
    for label, colour, marker in zip((0, 1), _COLOURS, "o^", strict=True):
        points = X[:, Y[0] == label]
        ax.scatter(*points, color=colour, marker=marker, edgecolor="black", label=f"y = {label}")
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    ax.legend()


def load_dataset() -> tuple[Array, Array]:
    """Return the course's two moons: X (2, 300) float64, Y (1, 300) int64 labels 0 and 1."""
    from sklearn.datasets import make_moons

    points, labels = make_moons(n_samples=300, noise=0.2, random_state=3)
    return np.asarray(points).T, np.asarray(labels).reshape(1, -1)
