"""The figures of weighted averages: a noisy series, what β remembers, and the first values.

The averages are not from here: each figure takes the notebook's own function.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from workbook.asking import figure
from workbook.figures import BLUE, ORANGE, STYLE, VERMILION, panels
from workbook.widgets import as_image, live_widgets, show_panel

Array = np.ndarray
# Takes the values, β, and whether to correct.
Average = Callable[[Array, float, bool], Array]

BETAS = (0.5, 0.9, 0.98)
# How far back the weights are drawn.
BACK = 80


def plot_averages(
    average: Average, values: Array, wave: Array, betas: Sequence[float] = BETAS
) -> None:
    """Draw the series with its averages, one panel for each β."""
    with panels(columns=len(betas), height=3.4) as axes_list:
        for axes, beta in zip(axes_list, betas, strict=True):
            _draw_series(axes, values, wave)
            axes.plot(average(values, beta, True), color=BLUE, linewidth=2, label="your average")
            axes.set(title=f"β = {beta:g}: window {_window(beta):g}", xlabel="day")
            axes.sharey(axes_list[0])
        axes_list[0].set_ylabel("value")
        axes_list[0].figure.legend(
            *axes_list[0].get_legend_handles_labels(), loc="outside lower center", ncols=3
        )


def plot_weights(average: Average, betas: Sequence[float] = BETAS) -> None:
    """Draw the weight of each value by its age, with the window of 1 / (1 - β) shaded."""
    impulse = np.zeros(BACK)
    impulse[0] = 1.0  # what is left of one value, day after day, is its weight at that age
    with panels(columns=len(betas), height=3.2) as axes_list:
        for axes, beta in zip(axes_list, betas, strict=True):
            weights, window = average(impulse, beta, False), _window(beta)
            axes.axvspan(-0.5, window - 0.5, color=ORANGE, alpha=0.25, linewidth=0)
            axes.bar(np.arange(BACK), weights, width=1.0, color=BLUE)
            inside = 100 * np.sum(weights[: round(window)])
            axes.set_title(f"β = {beta:g}: window {window:g}\n{inside:.0f} % of the weight inside")
            axes.set(xlabel="age of the value in days", xlim=(-1, BACK))
        axes_list[0].set_ylabel("weight in the average")


def plot_correction(
    average: Average, values: Array, wave: Array, beta: float = 0.98, days: int = 90
) -> None:
    """Draw the first averages with and without correction, and how much the correction divides."""
    shown = np.arange(1, days + 1)
    with panels(columns=2, height=3.5) as (left, right):
        left.plot(shown, values[:days], ".", color="0.7", markersize=4)
        left.plot(shown, wave[:days], color="0.5", linewidth=1, linestyle=":", label="the wave")
        for corrected, colour, dashes in ((False, VERMILION, "--"), (True, BLUE, "-")):
            label = "corrected" if corrected else "not corrected"
            series = average(values, beta, corrected)[:days]
            left.plot(shown, series, dashes, color=colour, linewidth=2, label=label)
        left.set(xlabel="day t", ylabel="value", title=f"averages with β = {beta:g}")
        left.legend(loc="lower left", bbox_to_anchor=(0.3, 0.0))
        right.plot(shown, 1 - beta**shown, color=BLUE, linewidth=2)
        right.axhline(1, color="0.6", linewidth=0.8)
        right.set(xlabel="day t", ylabel="1 − βᵗ", ylim=(0, 1.05))
        right.set_title("what the correction divides by")


def explore_average(average: Average, values: Array, wave: Array) -> None:
    """Show the average with a slider for β where there are widgets, and a still picture below."""
    widgets = live_widgets()
    if widgets is not None:
        show_panel(make_panel(average, values, wave, widgets))
    # A saved notebook keeps no sliders: what it shows when it is opened again is this picture.
    with figure("averages-explore"), panels(height=3.6) as (axes,):
        _draw_explored(axes, average, values, wave, 0.95, True)


def make_panel(average: Average, values: Array, wave: Array, widgets: ModuleType) -> Any:
    """Return the slider, the box to tick, and the picture that follows both, as one widget."""
    layout = widgets.Layout(width="480px")
    beta = widgets.FloatSlider(
        0.95, min=0, max=0.995, step=0.005, description="β", readout_format=".3f", layout=layout
    )
    corrected = widgets.Checkbox(True, description="corrected")
    image = widgets.HTML()

    def redraw(_change: object = None) -> None:
        import matplotlib.pyplot as plt

        with plt.rc_context(STYLE):
            drawing = Figure(figsize=(7.5, 3.6), dpi=100, layout="constrained")
            FigureCanvasAgg(drawing)
            axes = drawing.add_subplot()
            _draw_explored(axes, average, values, wave, beta.value, corrected.value)
            file = io.BytesIO()
            drawing.savefig(file, format="png")
        image.value = as_image(file.getvalue(), f"The series and its average, β = {beta.value:.3g}")

    for control in (beta, corrected):
        control.observe(redraw, names="value")
    redraw()
    return widgets.VBox([beta, corrected, image])


def _draw_explored(
    axes: Axes, average: Average, values: Array, wave: Array, beta: float, corrected: bool
) -> None:
    """Draw the series, its average, and the window behind its last day."""
    series, end = average(values, beta, corrected), len(values) - 1
    axes.axvspan(max(end - _window(beta), 0), end, color=ORANGE, alpha=0.25, linewidth=0)
    _draw_series(axes, values, wave)
    axes.plot(series, color=BLUE, linewidth=2, label="your average")
    off = float(np.sqrt(np.mean((series - wave) ** 2)))
    axes.set(
        xlabel="day",
        ylabel="value",
        title=f"β = {beta:.3g}: window {_window(beta):.3g} days (shaded), off by {off:.2f}",
    )
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def _draw_series(axes: Axes, values: Array, wave: Array) -> None:
    axes.plot(values, ".", color="0.65", markersize=4, label="measured")
    axes.plot(wave, color="0.35", linewidth=1, linestyle=":", label="the wave behind it")


def _window(beta: float) -> float:
    return float(round(1 / (1 - beta), 6))
