"""The figures of the workbook. Each function draws one of them and shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from workbook.figures import BLUE, GREEN, ORANGE, PURPLE, SKY_BLUE, VERMILION, panels

# Each array of the network keeps its colour in all figures; its name stands beside it.
ARRAY_COLOURS = {
    "W1": BLUE,
    "b1": VERMILION,
    "W2": ORANGE,
    "b2": SKY_BLUE,
    "W3": GREEN,
    "b3": PURPLE,
}
# A difference of 0 has no place on a logarithmic axis.
LOWEST = 1e-17


def plot_slopes(theta: float = 1.0, epsilon: float = 0.6) -> None:
    """Draw a curve three times: its tangent, a secant to one side, a secant to both sides."""
    places = np.linspace(theta - 1.1, theta + 1.1, 200)
    secants = {
        "one-sided: from θ to θ + ε": (theta, theta + epsilon),
        "central: from θ − ε to θ + ε": (theta - epsilon, theta + epsilon),
    }
    with panels(columns=3, height=3.3) as axes_list:
        for axes in axes_list:
            axes.plot(places, _curve(places), color="0.45", linewidth=1.5)
            axes.set(xlabel="parameter θ", ylabel="cost J(θ)", ylim=(-0.6, 9))
        tangent, *others = axes_list
        _draw_line(tangent, (theta,), _slope(theta), BLUE)
        tangent.set_title(f"the slope at θ\nslope {_slope(theta):.2f}")
        for axes, (title, ends) in zip(others, secants.items(), strict=True):
            steepness = float(_rise(*ends) / (ends[1] - ends[0]))
            _draw_line(axes, ends, steepness, VERMILION)
            _draw_line(axes, (theta,), _slope(theta), BLUE, dashes="--")
            axes.set_title(f"{title}\nslope {steepness:.2f}")


def plot_errors(theta: float = 1.0) -> None:
    """Draw how far two approximate slopes are from the true one, against ε."""
    steps = np.logspace(-15, 0, 151)
    slopes = {
        "one-sided": _rise(theta, theta + steps) / steps,
        "central": _rise(theta - steps, theta + steps) / (2 * steps),
    }
    with panels(height=3.9) as (axes,):
        for (label, slope), look in zip(slopes.items(), ((ORANGE, "s"), (BLUE, "o")), strict=True):
            errors = np.maximum(np.abs(slope - _slope(theta)), LOWEST)
            colour, marker = look
            axes.loglog(steps, errors, marker, color=colour, markersize=3.5, label=label)
        axes.loglog(steps, 1e-16 / steps, ":", color="0.35", label="rounding: 10⁻¹⁶ / ε")
        axes.loglog(steps, steps**2, "--", color="0.35", label="truncation: ε²")
        axes.axvline(1e-7, color="0.6", linewidth=1)
        axes.text(1.4e-7, 3, "ε = 10⁻⁷", color="0.35")
        axes.set(xlabel="step ε", ylabel="error of the slope", ylim=(1e-13, 20))
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def plot_vector(
    parameters: Mapping[str, np.ndarray], theta: np.ndarray, keys: Sequence[str]
) -> None:
    """Draw the arrays of a network, and below them the column that holds all their numbers."""
    with panels(rows=2, height=3.6) as (above, below):
        left = 0.0
        for key, array in parameters.items():
            rows, columns = array.shape
            for row in range(rows):
                for column in range(columns):
                    _draw_cell(above, left + column, rows - 1 - row, key)
            above.text(left + columns / 2, rows + 0.3, f"{key}\n{array.shape}", ha="center")
            left += columns + 1.8
        for place, key in enumerate(keys):
            _draw_cell(below, place, 0, key)
        for key in parameters:
            places = [place for place, found in enumerate(keys) if found == key]
            below.text(float(np.mean(places)) + 0.5, 1.3, key, ha="center")
        above.set(xlim=(-0.2, left), ylim=(-0.2, 7.4), aspect="equal", xticks=[], yticks=[])
        below.set(xlim=(-0.2, len(theta) + 0.2), ylim=(-0.2, 2.4), yticks=[])
        firsts = [list(keys).index(key) for key in parameters]
        below.set_xticks([first + 0.5 for first in firsts], list(map(str, firsts)))
        below.set_xlabel("place in the vector θ")
        above.set_xlabel("the arrays of the dictionary")
        for axes in (above, below):
            axes.spines[:].set_visible(False)
            axes.tick_params(length=0)


def plot_scaled(differences: Mapping[str, Sequence[float]], factors: Sequence[float]) -> None:
    """Draw for each array how the difference changes when its gradient is multiplied by a factor.

    Parameters
    ----------
    differences : mapping of str to sequence of floats
        By the key of the array; one for each factor.
    factors : sequence of floats
        The factors, not all below or above 1.
    """
    if not differences:
        raise ValueError("differences must hold at least one array.")
    with panels(columns=3, rows=-(-len(differences) // 3), height=5.2) as axes_list:
        top = 1.08 * max(max(values) for values in differences.values())
        for axes, (key, values) in zip(axes_list, differences.items(), strict=False):
            best = int(np.argmin(values))
            axes.axvline(1, color="0.6", linewidth=1)
            axes.plot(factors, values, color=ARRAY_COLOURS[key], linewidth=2)
            axes.plot(factors[best], values[best], "*", color="black", markersize=11)
            axes.set(title=f"d{key}: lowest at {factors[best]:.2f}", ylim=(0, top))
            axes.set(xlabel=f"d{key} times this factor", ylabel="difference")
        for axes in axes_list[len(differences) :]:
            axes.set_visible(False)


def plot_differences(
    epsilons: Sequence[float], differences: Mapping[str, Sequence[float]], usual: float = 1e-7
) -> None:
    """Draw differences against ε on logarithmic axes, with the two thresholds in use."""
    if not differences:
        raise ValueError("differences must hold at least one series.")
    with panels(height=3.9) as (axes,):
        for (label, values), colour, marker in zip(
            differences.items(), (VERMILION, BLUE), "so", strict=False
        ):
            shown = np.maximum(values, LOWEST)
            axes.loglog(epsilons, shown, f"{marker}-", color=colour, markersize=4, label=label)
        axes.axhline(2e-7, color="0.2", linewidth=1, label="threshold 2·10⁻⁷")
        axes.axhline(1e-7, color="0.2", linewidth=1, linestyle=":", label="threshold 10⁻⁷")
        axes.axvline(usual, color="0.6", linewidth=1)
        axes.set(xlabel="step ε", ylabel="difference that your check returns")
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def _curve(theta: np.ndarray | float) -> np.ndarray:
    return np.asarray(theta, dtype=float) ** 3


def _slope(theta: float) -> float:
    return 3 * theta**2


def _rise(first: np.ndarray | float, last: np.ndarray | float) -> np.ndarray:
    """Return by how much the curve rises from the first places to the last."""
    return _curve(last) - _curve(first)


def _draw_line(
    axes: Axes, ends: Sequence[float], slope: float, colour: str, dashes: str = "-"
) -> None:
    places = np.array([ends[0] - 0.5, ends[-1] + 0.5])
    axes.plot(
        places, _curve(ends[0]) + slope * (places - ends[0]), dashes, color=colour, linewidth=2
    )
    axes.plot(ends, _curve(np.array(ends)), "o", color=colour, markersize=6)


def _draw_cell(axes: Axes, left: float, bottom: float, key: str) -> None:
    axes.add_patch(
        Rectangle(
            (left, bottom), 1, 1, facecolor=ARRAY_COLOURS[key], edgecolor="white", linewidth=1
        )
    )
