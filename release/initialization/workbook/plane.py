"""Examples of two classes in the plane, and the two sides of a decision boundary."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from workbook.figures import BLUE, ORANGE
from workbook.network import flipped_labels, require_shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Of the labels 0 and 1.
CLASS_COLOURS = (BLUE, ORANGE)
Array = np.ndarray


def draw_examples(axes: Axes, X: Array, Y: Array) -> None:
    """Mark the examples: X of shape (2, m), Y of shape (1, m) with labels 0 and 1."""
    for label, colour, marker in zip((0, 1), CLASS_COLOURS, "o^", strict=True):
        points = X[:, Y[0] == label]
        axes.scatter(*points, color=colour, marker=marker, edgecolor="black", label=f"y = {label}")
    axes.set(xlabel="$x_1$", ylabel="$x_2$")


def plot_decision_boundary(
    model: Callable[[Array], Array], X: Array, Y: Array, ax: Axes | None = None
) -> None:
    """Shade the two sides of the decision boundary and mark the examples.

    `model` takes points of shape (n_points, 2) and returns 0 or 1 for each, for example
    ``lambda points: predict_dec(parameters, points.T)``. X has shape (2, m) and Y (1, m). Draws on
    `ax`, or on the current axes if it is None.
    """
    import matplotlib.pyplot as plt

    require_shape("X", X, (2, "m"), "a plane can show two features only")
    flipped_labels(Y, np.empty((1, X.shape[1])))
    ax = ax or plt.gca()
    low, high = X.min(axis=1) - 1, X.max(axis=1) + 1
    grid = np.meshgrid(*(np.linspace(*ends, 300) for ends in zip(low, high, strict=True)))
    sides = np.asarray(model(np.stack(grid, axis=-1).reshape(-1, 2)), dtype=float)
    ax.contourf(
        *grid, sides.reshape(grid[0].shape), (-0.5, 0.5, 1.5), colors=CLASS_COLOURS, alpha=0.3
    )
    draw_examples(ax, X, Y)
    ax.legend()
