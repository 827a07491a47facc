"""The figures of the workbook. Each function draws one of them and shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from workbook.figures import (
    BLUE,
    COLOURS,
    GREEN,
    ORANGE,
    SKY_BLUE,
    STYLE,
    VERMILION,
    finish,
    panels,
)
from workbook.landscapes import Landscape, Path, as_parameters, draw_map, draw_path
from workbook.plane import draw_examples

# Blue and orange are the two classes of the training data.
OPTIMIZER_COLOURS = {"gd": VERMILION, "momentum": SKY_BLUE, "adam": GREEN}


def plot_landscape(landscape: Landscape) -> None:
    """Draw the cost twice: as a surface, and as a map with arrows that point downhill."""
    w, b, cost = landscape.grid()
    with plt.rc_context(STYLE):
        fig = plt.figure(figsize=(9, 3.9), layout="constrained")
        surface = fig.add_subplot(1, 2, 1, projection="3d")
        surface.plot_surface(w, b, cost, cmap="Greys_r", alpha=0.9, linewidth=0)
        surface.set(xlabel="weight $W_1$", ylabel="bias $b_1$", zlabel="cost $J$")
        seen_from_above = fig.add_subplot(1, 2, 2)
        draw_map(seen_from_above, landscape)
        _draw_arrows(seen_from_above, landscape)
        surface.set_title("The cost as a surface")
        # One unit is as long on both axes, so that right angles look right.
        seen_from_above.set(title="The same cost as a map", aspect="equal")
        finish(fig)


def plot_paths(landscape: Landscape, paths: Mapping[str, Path], rows: int = 1) -> None:
    """Draw paths over a landscape, one panel for each.

    Parameters
    ----------
    landscape : Landscape
        The map to draw them on.
    paths : mapping of str to sequence of points
        The title of each panel and its path: the points (W1, b1) in the order of the steps.
    rows : int
        How many rows the panels are laid out in.
    """
    if not paths:
        raise ValueError("paths must hold at least one path.")
    columns = -(-len(paths) // rows)
    with panels(columns, rows, height=1.3 + 2.2 * rows) as panel_list:
        for axes, (title, path), colour in zip(panel_list, paths.items(), COLOURS, strict=False):
            draw_map(axes, landscape)
            draw_path(axes, path, colour)
            axes.set(title=title)


def plot_arrows(landscape: Landscape, path: Path) -> None:
    """Draw a path's own steps, and from each point which way the gradient alone would go."""
    points = np.asarray(path, dtype=float)
    slopes = [_direction(landscape, point) for point in path[:-1]]
    steps = np.diff(points, axis=0)
    # All gradient arrows are as long as a usual step: only their direction is compared.
    usual = float(np.median(np.hypot(*steps.T)))
    against = np.array([[-w, -b] for w, b in slopes]) * usual
    with panels(height=3.4) as (axes,):
        draw_map(axes, landscape)
        look = {"angles": "xy", "scale_units": "xy", "scale": 1, "zorder": 4}
        axes.quiver(*points[:-1].T, *steps.T, color=SKY_BLUE, width=0.005, **look)
        axes.quiver(*points[:-1].T, *against.T, color=VERMILION, width=0.003, **look)
        axes.plot([], [], color=SKY_BLUE, linewidth=3, label="step along the velocity")
        axes.plot([], [], color=VERMILION, label="against the gradient")
        axes.legend(loc="upper right")


def _direction(landscape: Landscape, point: Sequence[float]) -> tuple[float, float]:
    """Return the direction of the gradient at a point, with a length of 1."""
    grads = landscape.gradients(as_parameters((point[0], point[1])))
    slope = grads["dW1"].item(), grads["db1"].item()
    length = float(np.hypot(*slope)) or 1.0
    return slope[0] / length, slope[1] / length


def plot_mini_batches(
    X: np.ndarray, Y: np.ndarray, batches: Sequence[tuple[np.ndarray, np.ndarray]]
) -> None:
    """Draw the columns of X and Y in their first order and as they lie in the mini-batches.

    Parameters
    ----------
    X : ndarray of shape (1, m)
        The number of each column: 0, 1, ..., m - 1.
    Y : ndarray of shape (1, m)
        The label of each column: 0 or 1.
    batches : sequence of (mini_batch_X, mini_batch_Y)
        The mini-batches, each with one row.
    """
    if not batches:
        raise ValueError("batches must hold at least one mini-batch.")
    with panels(rows=2, height=3.8) as (before, after):
        _draw_columns(before, X[0], Y[0], offset=0)
        before.set_title("Before: the columns in their first order", loc="left")
        offset = 0.0
        for number, (batch_X, batch_Y) in enumerate(batches, start=1):
            size = batch_X.shape[1]
            _draw_columns(after, batch_X[0], batch_Y[0], offset)
            after.text(offset, 2.15, f"mini-batch {number}: {size} examples")
            offset += size + 1
        after.set_title("After: shuffled, then cut into mini-batches", loc="left", pad=24)
        for axes in (before, after):
            axes.set(xlim=(-0.1, offset - 0.9), ylim=(0, 2), yticks=[0.5, 1.5], xticks=[])
            axes.set(yticklabels=["label $Y$", "column of $X$"], xlabel="examples, left to right")
            axes.spines[:].set_visible(False)
            axes.tick_params(length=0)


def plot_series(
    series: Mapping[str, Sequence[float]],
    xlabel: str,
    ylabel: str,
    points: Sequence[float] | None = None,
) -> None:
    """Draw one line for each series against 1, 2, 3, ...

    Parameters
    ----------
    series : mapping of str to sequence of floats
        The label of each line and its values.
    xlabel, ylabel : str
        What the axes show.
    points : sequence of floats, optional
        Measured values, drawn as grey dots behind the lines.
    """
    if not series:
        raise ValueError("series must hold at least one line.")
    with panels() as (axes,):
        if points is not None:
            axes.plot(range(1, len(points) + 1), points, ".", color="0.65", label="gradient")
        for (label, values), colour in zip(series.items(), COLOURS, strict=False):
            axes.plot(range(1, len(values) + 1), values, color=colour, linewidth=2, label=label)
        axes.set(xlabel=xlabel, ylabel=ylabel)
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def plot_examples(X: np.ndarray, Y: np.ndarray) -> None:
    """Draw the examples of two classes: X of shape (2, m), Y of shape (1, m) with 0 and 1."""
    with panels(height=4.2) as (axes,):
        draw_examples(axes, X, Y)
        axes.set_aspect("equal")
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def draw_costs(axes: Axes, costs: Sequence[float], optimizer: str) -> None:
    """Draw the cost of every 100th epoch of a training with "gd", "momentum" or "adam"."""
    axes.plot(100 * np.arange(len(costs)), costs, color=_colour(optimizer), linewidth=1.5)
    axes.set(xlabel="epoch", ylabel="cost of the last mini-batch", ylim=(0, None))


def plot_cost_curves(costs: Mapping[str, Sequence[float]], smooth: int = 5) -> None:
    """Draw the cost curves of several optimizers in one figure.

    Parameters
    ----------
    costs : mapping of {"gd", "momentum", "adam"} to sequence of floats
        The cost of every 100th epoch for each optimizer.
    smooth : int
        The thick line is the mean over this many kept costs; the thin one shows every cost.
    """
    longest = min((len(values) for values in costs.values()), default=0)
    if not 1 <= smooth <= longest:
        raise ValueError(f"smooth must lie between 1 and the {longest} kept costs, not {smooth}.")
    with panels() as (axes,):
        for optimizer, values in costs.items():
            colour, epochs = _colour(optimizer), 100 * np.arange(len(values))
            dashes = "--" if optimizer == "momentum" else "-"  # it lies on top of gd
            means = np.convolve(values, np.ones(smooth) / smooth, mode="valid")
            first = (smooth - 1) // 2
            axes.plot(epochs, values, color=colour, linewidth=0.6, alpha=0.45)
            axes.plot(
                epochs[first : first + len(means)], means, dashes, color=colour, linewidth=2.2,
                label=optimizer,
            )  # fmt: skip
        axes.set(xlabel="epoch", ylabel="cost", ylim=(0, None))
        axes.legend()


def _colour(optimizer: str) -> str:
    if optimizer not in OPTIMIZER_COLOURS:
        raise ValueError(f"optimizer must be one of {list(OPTIMIZER_COLOURS)}, not {optimizer!r}.")
    return OPTIMIZER_COLOURS[optimizer]


def _draw_arrows(axes: Axes, landscape: Landscape) -> None:
    """Draw arrows of one length against the slope, on a coarse grid."""
    w, b = np.meshgrid(
        *(np.linspace(low, high, 11)[1:-1] for low, high in (landscape.w_range, landscape.b_range))
    )
    slopes = np.array([landscape.slope(*point) for point in zip(w.flat, b.flat, strict=True)])
    downhill = -slopes / np.linalg.norm(slopes, axis=1, keepdims=True)
    axes.quiver(w, b, *downhill.T, angles="xy", color=BLUE, width=0.005, scale=16)


def _draw_columns(axes: Axes, numbers: np.ndarray, labels: np.ndarray, offset: float) -> None:
    """Draw two cells for each example, its number above its label, the first one at `offset`."""
    greys = plt.get_cmap("Greys")
    for place, (number, label) in enumerate(zip(numbers, labels, strict=True)):
        label_colour, label_ink = (ORANGE, "black") if label else (BLUE, "white")
        _draw_cell(axes, offset + place, 1, number, greys(0.05 + 0.02 * number), "black")
        _draw_cell(axes, offset + place, 0, label, label_colour, label_ink)


def _draw_cell(axes: Axes, left: float, bottom: float, number: float, colour, ink: str) -> None:
    axes.add_patch(Rectangle((left, bottom), 0.92, 0.92, color=colour))
    axes.text(left + 0.46, bottom + 0.44, f"{number:.0f}", color=ink, ha="center", va="center")
