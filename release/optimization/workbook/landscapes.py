"""Cost functions of two parameters, small enough to draw: one weight W1 and one bias b1.

Parameters and gradients use the dict interface of the workbook with arrays of shape (1, 1), so
the functions that train a network also walk over these landscapes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

Point = tuple[float, float]
Path = Sequence[Point]


@dataclass(frozen=True)
class Landscape:
    """A cost over two parameters, and the window in which it is drawn.

    Attributes
    ----------
    name : str
        What the landscape is called in titles and menus.
    cost : callable
        Takes w and b (arrays of one shape) and returns the cost, an array of that shape.
    slope : callable
        Takes w and b (numbers) and returns the two partial derivatives.
    start : tuple of two floats
        Where a path begins.
    minima : tuple of points
        Where the cost is lowest.
    w_range, b_range : tuple of two floats
        The window to draw.
    """

    name: str
    cost: Callable[[np.ndarray, np.ndarray], np.ndarray]
    slope: Callable[[float, float], Point]
    start: Point
    minima: tuple[Point, ...]
    w_range: Point
    b_range: Point

    def start_parameters(self) -> dict[str, np.ndarray]:
        """Return the start as parameters ``{"W1": (1, 1), "b1": (1, 1)}``, new at each call."""
        return as_parameters(self.start)

    def gradients(self, parameters: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Return ``{"dW1": (1, 1), "db1": (1, 1)}`` at the given parameters."""
        slope_w, slope_b = self.slope(*position(parameters))
        return {"dW1": np.array([[slope_w]]), "db1": np.array([[slope_b]])}

    def grid(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return w, b and the cost on a fine grid over the window, each of shape (121, 121)."""
        w, b = np.meshgrid(np.linspace(*self.w_range, 121), np.linspace(*self.b_range, 121))
        return w, b, self.cost(w, b)

    def is_far(self, point: Point) -> bool:
        """Tell whether a point lies more than ten windows away: its path has diverged.

        Examples
        --------
        >>> VALLEY.is_far((0.0, 1e6)), VALLEY.is_far(VALLEY.start)
        (True, False)
        """
        ranges = (self.w_range, self.b_range)
        return not all(
            abs(value - (low + high) / 2) <= 10 * (high - low)
            for value, (low, high) in zip(point, ranges, strict=True)
        )


def as_parameters(point: Point) -> dict[str, np.ndarray]:
    """Return the point (w, b) as a dict of parameters.

    Examples
    --------
    >>> as_parameters((1.0, 2.0))
    {'W1': array([[1.]]), 'b1': array([[2.]])}
    """
    w, b = point
    return {"W1": np.array([[w]], dtype=float), "b1": np.array([[b]], dtype=float)}


def position(parameters: Mapping[str, np.ndarray]) -> Point:
    """Return parameters of shape (1, 1) as the point (w, b): plain numbers, hence a safe copy.

    Examples
    --------
    >>> position({"W1": np.array([[3.0]]), "b1": np.array([[4.0]])})
    (3.0, 4.0)
    """
    missing = {"W1", "b1"} - set(parameters)
    if missing:
        raise ValueError(f"parameters must have W1 and b1, but {sorted(missing)} is missing.")
    return np.asarray(parameters["W1"]).item(), np.asarray(parameters["b1"]).item()


def draw_map(axes: Axes, landscape: Landscape) -> None:
    """Draw the cost as a map: darker is lower, and stars mark the minima."""
    w, b, cost = landscape.grid()
    # Levels at equal steps of the square root: dense enough near the minimum, not black far away.
    depth = np.sqrt(cost - cost.min())
    levels = np.linspace(0, depth.max(), 14)
    axes.contourf(w, b, depth, levels=levels, cmap="Greys_r", alpha=0.35)
    axes.contour(w, b, depth, levels=levels, colors="0.6", linewidths=0.6)
    for minimum in landscape.minima:
        axes.plot(*minimum, marker="*", markersize=13, color="black", zorder=5)
    axes.set(xlim=landscape.w_range, ylim=landscape.b_range)
    axes.set(xlabel="weight $W_1$", ylabel="bias $b_1$")


def draw_path(axes: Axes, path: Path, colour: str) -> tuple[Line2D, Line2D]:
    """Draw the points (W1, b1) of a path in the order of its steps; a square marks the start.

    Returns the line of the path and the square.
    """
    line = np.asarray(path, dtype=float)
    if line.ndim != 2 or line.shape[1] != 2:
        raise ValueError(f"path must be a sequence of points (W1, b1), not of shape {line.shape}.")
    (steps,) = axes.plot(*line.T, marker="o", markersize=3, linewidth=1.2, color=colour)
    (start,) = axes.plot(*line[0], marker="s", markersize=7, color=colour, markeredgecolor="black")
    return steps, start


def line_fit(X: np.ndarray, Y: np.ndarray) -> Landscape:
    """Return the landscape of fitting the line W1 x + b1 to the points in X and Y.

    Parameters
    ----------
    X, Y : ndarray of shape (1, m)
        The points. The cost is half the mean squared error.
    """
    if X.shape != Y.shape or X.ndim != 2 or X.shape[0] != 1:
        raise ValueError(f"X and Y must both have shape (1, m), not {X.shape} and {Y.shape}.")

    def cost(w: np.ndarray, b: np.ndarray) -> np.ndarray:
        errors = np.asarray(w)[..., None] * X[0] + np.asarray(b)[..., None] - Y[0]
        return 0.5 * np.mean(errors**2, axis=-1)

    def slope(w: float, b: float) -> Point:
        errors = w * X + b - Y
        return float(np.mean(errors * X)), float(np.mean(errors))

    weight, bias = np.polyfit(X[0], Y[0], deg=1)
    minimum = (float(weight), float(bias))
    return Landscape("Line fit", cost, slope, (-1.0, 3.0), (minimum,), (-3.0, 5.0), (-3.0, 4.0))


VALLEY = Landscape(
    name="Valley",
    cost=lambda w, b: 0.25 * w**2 + 9 * b**2,
    slope=lambda w, b: (0.5 * w, 18 * b),
    start=(-3.5, 1.2),
    minima=((0.0, 0.0),),
    w_range=(-4.0, 2.0),
    b_range=(-1.6, 1.6),
)

# 100 times steeper across than along: the zigzag of gradient descent is hard to miss.
NARROW_VALLEY = Landscape(
    name="Narrow valley",
    cost=lambda w, b: 0.5 * w**2 + 50 * b**2,
    slope=lambda w, b: (w, 100 * b),
    start=(-4.0, 0.6),
    minima=((0.0, 0.0),),
    w_range=(-4.5, 1.5),
    b_range=(-0.8, 0.8),
)

SADDLE = Landscape(
    name="Saddle",
    cost=lambda w, b: 0.5 * w**2 - 0.5 * b**2 + 0.25 * b**4,
    slope=lambda w, b: (w, b**3 - b),
    start=(-2.5, 0.0001),
    minima=((0.0, -1.0), (0.0, 1.0)),
    w_range=(-3.0, 1.5),
    b_range=(-1.6, 1.6),
)

# Rosenbrock's function with 10 for 100 and scaled by 0.07, so that one range of learning rates
# suits all landscapes.
CURVED_VALLEY = Landscape(
    name="Curved valley",
    cost=lambda w, b: 0.07 * ((1 - w) ** 2 + 10 * (b - w**2) ** 2),
    slope=lambda w, b: (0.07 * (2 * (w - 1) - 40 * w * (b - w**2)), 1.4 * (b - w**2)),
    start=(-1.5, 0.5),
    minima=((1.0, 1.0),),
    w_range=(-2.0, 2.0),
    b_range=(-1.0, 2.5),
)
