"""The figures of the trainings: the data, a cost curve beside a boundary, weights on their way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from workbook.figures import BLUE, COLOURS, panels
from workbook.plane import draw_examples, plot_decision_boundary

Array = np.ndarray
START_COLOURS = dict(zip(("zeros", "random", "he"), COLOURS, strict=False))
START_DASHES = {"zeros": ":", "random": "--", "he": "-"}


def plot_data(train_X: Array, train_Y: Array, test_X: Array, test_Y: Array) -> None:
    """Draw the examples for training beside those for the test."""
    with panels(columns=2, height=4.2) as (left, right):
        draw_examples(left, train_X, train_Y)
        draw_examples(right, test_X, test_Y)
        left.set(title=f"{train_X.shape[1]} examples for training", aspect="equal")
        right.set(title=f"{test_X.shape[1]} examples for the test", aspect="equal")
        right.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def plot_training(
    start: str,
    costs: Mapping[int, float],
    predictor: Callable[[Array], Array],
    X: Array,
    Y: Array,
) -> None:
    """Draw the cost of a training by iteration, beside the boundary that it reached.

    Parameters
    ----------
    start : {"zeros", "random", "he"}
        Which initialization it began with.
    costs : mapping of int to float
        The cost at each kept iteration; costs above 1 leave the figure, and an arrow says where
        one is infinite.
    predictor : callable
        Takes points of shape (n_points, 2), and returns 0 or 1 for each.
    X, Y : ndarray of shape (2, m), (1, m)
        The examples to draw.
    """
    with panels(columns=2, height=4.2) as (left, right):
        draw_costs(left, start, costs)
        plot_decision_boundary(predictor, X, Y, ax=right)
        left.set_title("cost by iteration")
        edge = 1.6 * np.abs(X).max()
        right.set(xlim=(-edge, edge), ylim=(-edge, edge), aspect="equal")
        right.set_title("where the network says 0 and 1")


def plot_cost_curves(costs_by_start: Mapping[str, Mapping[int, float]]) -> None:
    """Draw the costs of several trainings in one figure."""
    with panels(height=3.8) as (axes,):
        for start, costs in costs_by_start.items():
            draw_costs(axes, start, costs)
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def draw_costs(axes: Axes, start: str, costs: Mapping[int, float]) -> None:
    """Draw one cost curve, in the colour and the dashes of its start."""
    if start not in START_COLOURS:
        raise ValueError(f"start must be one of {', '.join(START_COLOURS)}, not {start!r}.")
    colour = START_COLOURS[start]
    iterations, values = np.array(list(costs)), np.array(list(costs.values()), dtype=float)
    finite = np.isfinite(values)
    axes.plot(
        iterations[finite],
        values[finite],
        START_DASHES[start],
        color=colour,
        linewidth=2,
        label=start,
    )
    for iteration in iterations[~finite]:
        axes.annotate(
            f"infinite at iteration {iteration}",
            xy=(iteration, 0.995),
            xytext=(iteration + 0.15 * iterations[-1], 0.92),
            xycoords=("data", "axes fraction"),
            color=colour,
            arrowprops={"arrowstyle": "->", "color": colour},
        )
    axes.locator_params(axis="x", nbins=4)
    axes.set(xlabel="iteration", ylabel="cost", ylim=(0, 1))


def plot_unit_weights(weights: Mapping[str, Sequence[Array]], every: int) -> None:
    """Draw how the first weight of each hidden unit changes, one panel for each training.

    Parameters
    ----------
    weights : mapping of str to sequence of ndarray
        The title of each panel, and W1 as it was at each kept iteration.
    every : int
        How many iterations lie between two of them.
    """
    if not weights:
        raise ValueError("weights must hold at least one training.")
    with panels(columns=len(weights), height=3.6) as axes_list:
        for axes, (title, kept) in zip(axes_list, weights.items(), strict=True):
            first = np.array([W1[:, 0] for W1 in kept])
            iterations = every * np.arange(len(first))
            axes.plot(iterations, first, color=BLUE, linewidth=1.3, alpha=0.8)
            axes.plot(np.full(first.shape[1], iterations[-1]), first[-1], "o", color=BLUE)
            axes.set(title=title, xlabel="iteration", ylabel="weight from $x_1$ to a hidden unit")


def plot_outputs(outputs: Mapping[str, Array]) -> None:
    """Draw how often the network says what, before training, one panel for each start.

    Parameters
    ----------
    outputs : mapping of str to ndarray of shape (1, m)
        The title of each panel, and the network's outputs between 0 and 1.
    """
    if not outputs:
        raise ValueError("outputs must hold at least one start.")
    with panels(columns=len(outputs), height=3.2) as axes_list:
        for axes, (title, values) in zip(axes_list, outputs.items(), strict=True):
            axes.hist(np.ravel(values), bins=20, range=(0, 1), color=BLUE, edgecolor="white")
            axes.set(title=title, xlim=(0, 1), ylim=(0, np.size(values)))
            axes.set(xlabel="output of the network", ylabel="examples")
