"""Sliders that move the paths of three optimizers over a landscape.

The optimizers are not here: `explore` takes two functions of the notebook, `start_state` and
`one_step`, which call the functions that the student has written.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave

from workbook.asking import figure
from workbook.figures import panels
from workbook.landscapes import (
    CURVED_VALLEY,
    SADDLE,
    VALLEY,
    Landscape,
    Path,
    draw_map,
    draw_path,
    position,
)
from workbook.plots import OPTIMIZER_COLOURS
from workbook.widgets import as_image, live_widgets, show_panel

LANDSCAPES = (VALLEY, SADDLE, CURVED_VALLEY)
OPTIMIZERS = {"gd": "gradient descent", "momentum": "momentum", "adam": "Adam"}
EPSILON = 1e-8
IN_WORDS = "where each got to stands in words below the sliders."


@dataclass(frozen=True)
class Settings:
    """What the sliders choose."""

    learning_rate: float = 0.1
    beta: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    num_steps: int = 80


@dataclass(frozen=True)
class Walker:
    """The student's optimizers, ready to walk over a landscape.

    Attributes
    ----------
    start_state : callable
        ``start_state(optimizer, parameters)`` returns what the optimizer remembers at first.
    one_step : callable
        ``one_step(optimizer, parameters, grads, state, t, learning_rate, beta, beta1, beta2,
        epsilon)`` returns the new parameters and the new state.
    """

    start_state: Callable[..., Any]
    one_step: Callable[..., Any]

    def path(self, optimizer: str, landscape: Landscape, settings: Settings) -> Path:
        """Return the points that an optimizer visits; a path that leaves the map ends there."""
        rates = (settings.learning_rate, settings.beta, settings.beta1, settings.beta2, EPSILON)
        parameters = landscape.start_parameters()
        state = self.start_state(optimizer, parameters)
        points = [position(parameters)]
        for t in range(1, settings.num_steps + 1):
            grads = landscape.gradients(parameters)
            with np.errstate(over="ignore", invalid="ignore"):  # a path may diverge in one step
                parameters, state = self.one_step(optimizer, parameters, grads, state, t, *rates)
            points.append(position(parameters))
            if landscape.is_far(points[-1]):
                break
        return points

    def paths(self, landscape: Landscape, settings: Settings) -> dict[str, Path]:
        """Return the path of each optimizer."""
        return {optimizer: self.path(optimizer, landscape, settings) for optimizer in OPTIMIZERS}


class Picture:
    """The map of one landscape; it is drawn once, and then only the paths are drawn anew."""

    def __init__(self, landscape: Landscape) -> None:
        self._figure = Figure(figsize=(7.5, 4.2), dpi=100, layout="constrained")
        self._canvas = FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_subplot()
        draw_map(self._axes, landscape)
        self._canvas.draw()
        self._map = self._canvas.copy_from_bbox(self._figure.bbox)

    def png(self, paths: Mapping[str, Path]) -> bytes:
        """Return the map with the paths on it as a PNG file."""
        self._canvas.restore_region(self._map)
        for optimizer, path in paths.items():
            for artist in draw_path(self._axes, path, OPTIMIZER_COLOURS[optimizer]):
                self._axes.draw_artist(artist)
                artist.remove()
        file = io.BytesIO()
        # The lowest compression: writing the file is otherwise the slowest part of a redraw.
        pixels = np.asarray(self._canvas.buffer_rgba())
        imsave(file, pixels, format="png", pil_kwargs={"compress_level": 1})
        return file.getvalue()


def explore(start_state: Callable[..., Any], one_step: Callable[..., Any]) -> None:
    """Show the paths of the three optimizers: a still picture, below sliders where there are any.

    Parameters
    ----------
    start_state, one_step : callable
        The two functions of the notebook that `Walker` describes.
    """
    walker = Walker(start_state, one_step)
    widgets = live_widgets()
    if widgets is not None:
        show_panel(make_panel(walker, widgets))
    # A saved notebook keeps no sliders: what it shows when it is opened again is this picture.
    with figure("explore"):
        plot_explorations(walker)


def plot_explorations(walker: Walker) -> None:
    """Draw the three paths on every landscape, side by side, with the usual settings."""
    with panels(columns=len(LANDSCAPES), height=3.8) as axes_list:
        for axes, landscape in zip(axes_list, LANDSCAPES, strict=True):
            draw_map(axes, landscape)
            for optimizer, path in walker.paths(landscape, Settings()).items():
                line, _ = draw_path(axes, path, OPTIMIZER_COLOURS[optimizer])
                line.set_label(OPTIMIZERS[optimizer])
            axes.set_title(landscape.name)
        axes_list[0].figure.legend(
            *axes_list[0].get_legend_handles_labels(), loc="outside lower center", ncols=3
        )


def make_panel(walker: Walker, widgets: ModuleType) -> Any:
    """Return the sliders and the picture that follows them, as one widget."""
    controls = _make_controls(widgets)
    image = widgets.HTML()
    story = widgets.HTML()
    pictures = {landscape.name: Picture(landscape) for landscape in LANDSCAPES}

    def redraw(_change: object = None) -> None:
        values = {name: control.value for name, control in controls.items()}
        landscape = values.pop("landscape")
        settings = Settings(**values)
        paths = walker.paths(landscape, settings)
        alt = f"Map of the {landscape.name.lower()} with the path of each optimizer; {IN_WORDS}"
        image.value = as_image(pictures[landscape.name].png(paths), alt)
        story.value = "<br>".join(describe(name, paths[name], landscape) for name in paths)

    for control in controls.values():
        control.observe(redraw, names="value")
    redraw()
    # Beside each other, so that sliders and map are on one screen.
    left = widgets.VBox([*controls.values(), story], layout=widgets.Layout(min_width="370px"))
    return widgets.HBox([left, image], layout=widgets.Layout(flex_flow="row wrap"))


def describe(optimizer: str, path: Path, landscape: Landscape) -> str:
    """Say in a line of HTML, in the colour of the path, where an optimizer has got to."""
    steps = len(path) - 1
    if landscape.is_far(path[-1]):
        outcome = f"left the map after {steps} steps: the learning rate is too large"
    else:
        cost = float(landscape.cost(*np.asarray(path[-1])))
        outcome = f"cost {cost:.4f} after {steps} steps"
    colour = OPTIMIZER_COLOURS[optimizer]
    return f'<b style="color:{colour}">&#9632;</b> {OPTIMIZERS[optimizer]}: {outcome}'


def _make_controls(widgets: ModuleType) -> dict[str, Any]:
    """Return a menu for the landscape and a slider for each setting."""
    look = {"style": {"description_width": "110px"}, "layout": widgets.Layout(width="360px")}
    sliders = {
        "learning_rate": ("learning rate α", widgets.FloatLogSlider, -3, 0, 0.02, ".3f"),
        "beta": ("momentum β", widgets.FloatSlider, 0, 0.99, 0.01, ".2f"),
        "beta1": ("Adam β₁", widgets.FloatSlider, 0, 0.99, 0.01, ".2f"),
        "beta2": ("Adam β₂", widgets.FloatSlider, 0.5, 0.999, 0.001, ".3f"),
        "num_steps": ("steps", widgets.IntSlider, 1, 200, 1, "d"),
    }
    options = [(landscape.name, landscape) for landscape in LANDSCAPES]
    controls = {"landscape": widgets.Dropdown(options=options, description="landscape", **look)}
    for name, (label, kind, low, high, step, number) in sliders.items():
        bounds = {"min": low, "max": high, "step": step, "readout_format": number}
        controls[name] = kind(value=getattr(Settings(), name), description=label, **bounds, **look)
    return controls
