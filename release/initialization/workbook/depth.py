"""Signals and gradients by depth: how strong they are, layer after layer, before any training.

The weights are not from here: `explore_depth` takes the notebook's own function.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from workbook.asking import figure
from workbook.figures import BLUE, GREEN, STYLE, VERMILION, panels
from workbook.widgets import as_image, live_widgets, show_panel

Array = np.ndarray
# Gives parameters for a list of layer sizes.
Initialize = Callable[[list[int]], Mapping[str, Array]]

EXAMPLES = 100
# What can be drawn on an axis of powers of ten.
SMALLEST, LARGEST = 1e-30, 1e30
STILL_FACTORS = (0.5, 1.0, 1.5)
STILL_COLOURS = (VERMILION, BLUE, GREEN)
STILL_MARKERS = "v^o"


@dataclass(frozen=True)
class Settings:
    """What the sliders choose: a factor on all weights, and the network's depth and width."""

    factor: float = 1.0
    depth: int = 30
    width: int = 100


@dataclass(frozen=True)
class Strengths:
    """The root mean square of the signal in each layer from 0 on, and of its gradient."""

    signal: Array
    gradient: Array


def strengths(initialize: Initialize, settings: Settings) -> Strengths:
    """Send random inputs forward through a ReLU network, and random gradients back.

    Parameters
    ----------
    initialize : callable
        Called with the sizes of `depth` layers of `width` units each; its weights are multiplied
        by `factor`.
    """
    parameters = initialize([settings.width] * (settings.depth + 1))
    weights = [settings.factor * parameters[f"W{layer}"] for layer in range(1, settings.depth + 1)]
    rng = np.random.default_rng(0)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        layers = _forward(weights, rng.standard_normal((settings.width, EXAMPLES)))
        last = rng.standard_normal((settings.width, EXAMPLES))
        gradients = _backward(weights, layers, last)
        return Strengths(*(np.array([_rms(part) for part in row]) for row in (layers, gradients)))


def explore_depth(initialize: Initialize) -> None:
    """Show the strengths by depth: a still picture, below sliders where there are any."""
    widgets = live_widgets()
    if widgets is not None:
        show_panel(make_panel(initialize, widgets))
    # A saved notebook keeps no sliders: what it shows when it is opened again is this picture.
    with figure("depth"):
        plot_depths(initialize)


def plot_depths(initialize: Initialize, factors: Sequence[float] = STILL_FACTORS) -> None:
    """Draw signal and gradient by layer for several factors, side by side."""
    found = {factor: strengths(initialize, Settings(factor=factor)) for factor in factors}
    with panels(columns=2, height=4.0) as axes_list:
        for axes, part in zip(axes_list, ("signal", "gradient"), strict=True):
            looks = zip(found.items(), STILL_COLOURS, STILL_MARKERS, strict=False)
            for (factor, strength), colour, marker in looks:
                _draw(axes, getattr(strength, part), colour, marker, f"your weights × {factor:g}")
            _name_axes(axes, part)
        axes_list[0].figure.legend(
            *axes_list[0].get_legend_handles_labels(), loc="outside lower center", ncols=3
        )


def make_panel(initialize: Initialize, widgets: ModuleType) -> Any:
    """Return the sliders and the picture that follows them, as one widget."""
    look = {"style": {"description_width": "110px"}, "layout": widgets.Layout(width="480px")}
    look["continuous_update"] = False  # a deep and wide network takes a moment
    usual = Settings()
    controls = {
        "factor": widgets.FloatSlider(
            usual.factor, min=0.3, max=2, step=0.05, description="factor", **look
        ),
        "depth": widgets.IntSlider(usual.depth, min=1, max=60, description="layers", **look),
        "width": widgets.IntSlider(
            usual.width, min=10, max=200, step=10, description="units in each", **look
        ),
    }
    image, story = widgets.HTML(), widgets.HTML()

    def redraw(_change: object = None) -> None:
        settings = Settings(**{name: control.value for name, control in controls.items()})
        found = strengths(initialize, settings)
        alt = "Strength of signal and gradient by layer; the factors stand in words below."
        image.value, story.value = as_image(picture(found), alt), describe(found)

    for control in controls.values():
        control.observe(redraw, names="value")
    redraw()
    return widgets.VBox([*controls.values(), image, story])


def picture(found: Strengths) -> bytes:
    """Return signal and gradient by layer as a PNG file."""
    import matplotlib.pyplot as plt

    with plt.rc_context(STYLE):
        drawing = Figure(figsize=(7.5, 3.8), dpi=100, layout="constrained")
        FigureCanvasAgg(drawing)
        for axes, part in zip(drawing.subplots(1, 2), ("signal", "gradient"), strict=True):
            _draw(axes, getattr(found, part), BLUE, "o", "")
            _name_axes(axes, part)
        file = io.BytesIO()
        drawing.savefig(file, format="png")
    return file.getvalue()


def describe(found: Strengths) -> str:
    """Say in two lines what becomes of signal and gradient."""
    depth = len(found.signal) - 1
    return "<br>".join(
        f"The {name} changes by the factor {_number(after / before)} over {depth} layers."
        for name, before, after in (
            ("signal", found.signal[0], found.signal[-1]),
            ("gradient, on its way back,", found.gradient[-1], found.gradient[0]),
        )
    )


def _forward(weights: Sequence[Array], X: Array) -> list[Array]:
    layers = [X]
    for W in weights:
        layers.append(np.maximum(W @ layers[-1], 0.0))
    return layers


def _backward(weights: Sequence[Array], layers: Sequence[Array], last: Array) -> list[Array]:
    """Return the gradient in each layer, from layer 0 on, given that in the last one."""
    gradients = [last]
    for W, layer in zip(weights[::-1], layers[:0:-1], strict=True):
        gradients.append(W.T @ (gradients[-1] * (layer > 0)))
    return gradients[::-1]


def _rms(part: Array) -> float:
    return float(np.sqrt(np.mean(part**2)))


def _draw(axes: Axes, values: Array, colour: str, marker: str, label: str) -> None:
    shown = np.clip(np.nan_to_num(values, nan=LARGEST, posinf=LARGEST), SMALLEST, LARGEST)
    axes.semilogy(range(len(shown)), shown, marker=marker, color=colour, markersize=4, label=label)


def _name_axes(axes: Axes, part: str) -> None:
    names = {
        "signal": "the signal, on its way forward",
        "gradient": "the gradient, on its way back",
    }
    axes.set(title=names[part], xlabel="layer (0: the inputs)", ylabel=f"strength of the {part}")
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, 1e-2), max(high, 1e2))
    axes.axhline(1.0, color="0.6", linewidth=0.8, zorder=0)


def _number(value: float) -> str:
    return f"{value:.2g}" if np.isfinite(value) else "infinity"
