"""The figures of a fair race: steps to a target by learning rate, and one dot for each seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from workbook.figures import panels
from workbook.saddles import OPTIMIZER_LOOKS

Array = np.ndarray


def plot_rates(rates: Sequence[float], steps: Mapping[str, Array], budget: int) -> None:
    """Draw the median number of steps by learning rate, and the range over the seeds.

    Parameters
    ----------
    steps : mapping of str to array of shape (rates, seeds)
    """
    with panels(height=3.8) as (axes,):
        for name, counts in steps.items():
            colour, marker = OPTIMIZER_LOOKS[name]
            middle = np.median(counts, axis=1)
            axes.fill_between(
                rates, counts.min(axis=1), counts.max(axis=1), color=colour, alpha=0.15, linewidth=0
            )
            axes.plot(rates, middle, color=colour, marker=marker, label=name)
        axes.axhline(budget, color="0.6", linewidth=0.8, linestyle=":")
        axes.text(rates[0], 1.05 * budget, "not reached", color="0.4")
        axes.set(
            xscale="log",
            xlabel="learning rate",
            ylabel="steps to the target",
            ylim=(0, 1.15 * budget),
        )
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))  # fmt: skip


def plot_races(races: Mapping[str, Mapping[str, Array]], budget: int) -> None:
    """Draw races side by side: the steps of each optimizer, one dot for each seed."""
    with panels(columns=len(races), height=3.2) as axes_list:
        for axes, (title, steps) in zip(axes_list, races.items(), strict=True):
            for row, (name, counts) in enumerate(steps.items()):
                colour, marker = OPTIMIZER_LOOKS[name.partition(",")[0]]
                spread = np.linspace(-0.18, 0.18, len(counts))
                axes.plot(counts, row + spread, marker, color=colour, alpha=0.8)
                axes.plot([np.median(counts)] * 2, [row - 0.3, row + 0.3], color="0.2", linewidth=2)
            axes.axvline(budget, color="0.6", linewidth=0.8, linestyle=":")
            axes.set_yticks(range(len(steps)), [name.replace(", ", "\n") for name in steps])
            axes.set(xlabel="steps to the target", title=title, xlim=(0, 1.06 * budget))
            axes.invert_yaxis()
