"""The figures of valleys and saddles: where a descent goes, and how long it stays.

The optimizers are not from here: each figure takes the points or the steps that they gave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from workbook.figures import BLUE, COLOURS, GREEN, VERMILION, panels

Array = np.ndarray

OPTIMIZER_LOOKS = {
    "gradient descent": (BLUE, "o"),
    "momentum": (VERMILION, "s"),
    "RMSprop": (GREEN, "^"),
    "gradient descent, noisy": (VERMILION, "s"),
}


def valley_cost(x: Array, y: Array) -> Array:
    """Return the cost of a long valley, 36 times as steep across as along."""
    return 0.25 * x**2 + 9 * y**2


def valley_slope(x: float, y: float) -> tuple[float, float]:
    """Return the gradient of the valley."""
    return 0.5 * x, 18 * y


def saddle_cost(x: Array, y: Array) -> Array:
    """Return a cost with a saddle at (0, 0), and its lowest places, -1/4, at (0, 1) and (0, -1)."""
    return x**2 / 2 - y**2 / 2 + y**4 / 4


def saddle_slope(x: float, y: float) -> tuple[float, float]:
    """Return the gradient of the saddle."""
    return x, y**3 - y


def plot_valley(paths: Mapping[str, Array], rates: Mapping[str, float]) -> None:
    """Draw paths down the valley, and their costs by step."""
    with panels(columns=2, height=3.6) as (left, right):
        _draw_levels(left, valley_cost, (-3.4, 0.8), (-1.1, 1.1))
        for name, points in paths.items():
            colour, marker = OPTIMIZER_LOOKS[name]
            label = f"{name}, α = {rates[name]:g}"
            left.plot(*points.T, color=colour, marker=marker, markersize=3.5, linewidth=1.2)
            right.semilogy(
                valley_cost(*points.T), color=colour, marker=marker, markersize=3.5, label=label
            )
        left.set(xlabel="W", ylabel="b", title="paths from the left to the cross")
        left.plot(0, 0, "k+", markersize=11)
        right.set(xlabel="step", ylabel="cost", title="their costs")
        right.legend()  # fmt: skip


def plot_saddle(paths: Mapping[float, Array]) -> None:
    """Draw descents that begin at several distances from the ridge, and their costs by step."""
    with panels(columns=2, height=3.8) as (left, right):
        _draw_levels(left, saddle_cost, (-0.4, 1.7), (-0.7, 1.3))
        for (distance, points), colour, marker in zip(
            paths.items(), COLOURS, "os^Dv", strict=False
        ):
            left.plot(*points.T, color=colour, marker=marker, markersize=3.5, linewidth=1.2)
            right.plot(
                saddle_cost(*points.T),
                color=colour,
                marker=marker,
                markevery=8,
                markersize=4.5,
                label=f"y = {distance:g}",
            )
        left.plot(0, 0, "k+", markersize=11)
        left.text(-0.05, -0.12, "saddle", ha="right")
        left.set(xlabel="x", ylabel="y", title="paths from the right")
        right.set(xlabel="step", ylabel="cost", title="their costs")
        right.legend(title="start")  # fmt: skip


def plot_escape_times(distances: Sequence[float], steps: Mapping[str, Array], budget: int) -> None:
    """Draw the steps that each optimizer needs to leave the saddle, by where it starts."""
    with panels(height=3.9) as (axes,):
        for name, counts in steps.items():
            colour, marker = OPTIMIZER_LOOKS[name]
            axes.plot(distances, counts, color=colour, marker=marker, markersize=5, label=name)
        axes.axhline(budget, color="0.6", linewidth=0.8, linestyle=":")
        axes.text(distances[-1], budget, "all there are", va="bottom", ha="right", color="0.4")
        axes.set(
            xscale="log",
            xlabel="distance from the ridge at the start",
            ylabel="steps until the cost is below −0.2",
            ylim=(0, 1.12 * budget),
        )
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def share_without_descent(directions: int, draws: int = 4000) -> float:
    """Return the share of random curvatures that bend up in every direction.

    A curvature is a symmetric matrix of normal numbers; it bends up where no eigenvalue is below 0.
    """
    rng = np.random.default_rng(directions)
    A = rng.standard_normal((draws, directions, directions))
    lowest = np.linalg.eigvalsh(A + A.transpose(0, 2, 1))[:, 0]
    return float(np.mean(lowest > 0))


def plot_shares(shares: Mapping[int, float]) -> None:
    """Draw the share of minima among random flat places, by the number of directions."""
    counts = np.array(list(shares))
    with panels(height=3.4) as (axes,):
        axes.semilogy(counts, list(shares.values()), "o", color=BLUE, label="random curvatures")
        axes.semilogy(counts, 0.5**counts, ":", color="0.35", label="a coin for each: 2⁻ⁿ")
        axes.set(xlabel="number of directions n", ylabel="share that are minima")
        axes.set_xticks(counts)
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def _draw_levels(
    axes: Axes, cost, x_ends: tuple[float, float], y_ends: tuple[float, float]
) -> None:
    x, y = np.meshgrid(np.linspace(*x_ends, 160), np.linspace(*y_ends, 160))
    axes.contour(x, y, cost(x, y), levels=14, colors="0.75", linewidths=0.8)
