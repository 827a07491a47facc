"""The figures of learning rates that fade: the schedules, and what they buy where there is noise.

The rates are not from here: each figure takes the notebook's own function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from workbook.figures import BLUE, GREEN, PURPLE, VERMILION, panels

Array = np.ndarray
# Takes the first rate, the decay rate, the epoch, the schedule and the interval.
Decay = Callable[[float, float, int, str, int], float]

SCHEDULES = ("inverse", "exponential", "staircase")
LOOKS = {
    "inverse": (BLUE, "-"),
    "exponential": (VERMILION, "--"),
    "staircase": (GREEN, "-"),
    "constant": ("0.3", "-"),
    "constant, a tenth": (PURPLE, ":"),
}


def plot_schedules(
    decay: Decay, learning_rate0: float = 0.5, decay_rate: float = 0.05, interval: int = 10
) -> None:
    """Draw the three schedules, as they are and with a logarithmic axis."""
    epochs = range(81)
    with panels(columns=2, height=3.4) as (left, right):
        for schedule in SCHEDULES:
            rates = [decay(learning_rate0, decay_rate, t, schedule, interval) for t in epochs]
            colour, dashes = LOOKS[schedule]
            drawstyle = "steps-post" if schedule == "staircase" else "default"
            for axes in (left, right):
                axes.plot(
                    epochs, rates, dashes, color=colour, drawstyle=drawstyle, linewidth=2,
                    label=schedule,
                )  # fmt: skip
        left.set(xlabel="epoch", ylabel="learning rate", ylim=(0, None))
        right.set(
            xlabel="epoch", ylabel="learning rate", yscale="log", title="the same, in powers of ten"
        )
        left.set_title(f"α₀ = {learning_rate0:g}, k = {decay_rate:g}, n = {interval}")
        left.legend()


def noisy_descent(rates: Array, runs: int = 200, noise: float = 1.0) -> Array:
    """Return the mean cost of a descent into the bowl J(w) = w²/2 whose gradients are noisy.

    Parameters
    ----------
    rates : array of shape (steps,)
        The learning rate of each step. Every call has the same noise.
    """
    rng = np.random.default_rng(0)
    w = np.full(runs, 3.0)
    costs = [float(np.mean(w**2)) / 2]
    for rate in rates:
        w = w - rate * (w + noise * rng.standard_normal(runs))
        costs.append(float(np.mean(w**2)) / 2)
    return np.array(costs)


def plot_noise(costs: Mapping[str, Array]) -> None:
    """Draw the mean cost by step of several descents, with a logarithmic axis."""
    with panels(height=3.8) as (axes,):
        for name, series in costs.items():
            colour, dashes = LOOKS[name]
            axes.semilogy(series, dashes, color=colour, linewidth=1.6, label=name)
        axes.set(xlabel="step (an epoch each)", ylabel="mean cost of 200 runs")
        axes.legend(title="learning rate", loc="center left", bbox_to_anchor=(1.0, 0.5))
