"""The sliders follow the student's functions; a still picture stands in where there are none."""

from __future__ import annotations

import sys
from collections import Counter

import matplotlib

matplotlib.use("Agg")

import ipywidgets
import numpy as np
import pytest
from matplotlib.figure import Figure

from workbook import explore
from workbook.explore import LANDSCAPES, OPTIMIZERS, Picture, Settings, Walker, describe, make_panel
from workbook.landscapes import VALLEY

RATES = {"gd": 1.0, "momentum": 0.5, "adam": 0.2}


def start_state(optimizer, parameters):
    assert set(parameters) == {"W1", "b1"}
    return 0


def one_step(optimizer, parameters, grads, state, t, alpha, beta, beta1, beta2, epsilon):
    """Walk downhill, each optimizer at a pace of its own, and count the steps in the state."""
    assert t == state + 1
    pace = alpha * RATES[optimizer]
    moved = {key: value - pace * grads[f"d{key}"] for key, value in parameters.items()}
    return moved, state + 1


def one_step_in_place(optimizer, parameters, grads, state, t, alpha, *others):
    for key in parameters:
        parameters[key] -= alpha * RATES[optimizer] * grads[f"d{key}"]
    return parameters, state


WALKER = Walker(start_state, one_step)


@pytest.fixture
def displayed(monkeypatch):
    """Collect what is displayed as a widget."""
    objects = []
    monkeypatch.setattr("IPython.display.display", lambda one, **_: objects.append(one))
    return objects


@pytest.fixture
def panel():
    return make_panel(WALKER, ipywidgets)


def parts(panel):
    """Return all widgets in boxes, however they are laid out."""
    inner = (parts(child) if hasattr(child, "children") else [child] for child in panel.children)
    return [part for one in inner for part in one]


def control(panel, description):
    return next(child for child in parts(panel) if child.description == description)


def image(panel):
    return next(c for c in parts(panel) if isinstance(c, ipywidgets.HTML) and "<img" in c.value)


def story(panel):
    return next(c for c in parts(panel) if isinstance(c, ipywidgets.HTML) and "<img" not in c.value)


def test_without_the_static_variable_the_sliders_appear(displayed, monkeypatch, shown):
    monkeypatch.delenv("WORKBOOK_STATIC", raising=False)
    explore.explore(start_state, one_step)
    assert isinstance(displayed[0], ipywidgets.Box)
    assert len(shown) == 1  # a saved notebook keeps the picture, and no sliders


def test_with_the_static_variable_a_still_picture_appears(displayed, monkeypatch, shown):
    monkeypatch.setenv("WORKBOOK_STATIC", "1")
    explore.explore(start_state, one_step)
    assert len(shown) == 1
    assert not displayed


def test_without_ipywidgets_a_still_picture_appears(displayed, monkeypatch, shown):
    monkeypatch.delenv("WORKBOOK_STATIC", raising=False)
    monkeypatch.setitem(sys.modules, "ipywidgets", None)  # importing it now raises ImportError
    explore.explore(start_state, one_step)
    assert len(shown) == 1
    assert not displayed


def test_the_still_picture_shows_each_landscape_with_three_named_paths(shown):
    explore.plot_explorations(WALKER)
    assert [axes.get_title() for axes in shown[0].axes] == [place.name for place in LANDSCAPES]
    (legend,) = shown[0].legends
    assert [text.get_text() for text in legend.get_texts()] == list(OPTIMIZERS.values())
    for axes in shown[0].axes:
        assert axes.get_xlabel()
        assert axes.get_ylabel()


def test_there_is_a_control_for_every_setting_and_for_the_landscape(panel):
    words = {child.description for child in parts(panel) if hasattr(child, "description")}
    assert {"landscape", "learning rate α", "momentum β", "Adam β₁", "Adam β₂", "steps"} <= words


@pytest.mark.parametrize(
    ("slider", "value"), [("learning rate α", 0.01), ("steps", 3)], ids=["rate", "steps"]
)
def test_moving_a_slider_redraws_the_picture_and_its_text(panel, slider, value):
    picture, text = image(panel).value, story(panel).value
    control(panel, slider).value = value
    assert image(panel).value != picture
    assert story(panel).value != text


def test_choosing_a_landscape_redraws_the_picture(panel):
    before = image(panel).value
    control(panel, "landscape").value = LANDSCAPES[1]
    assert image(panel).value != before


def test_moving_a_slider_back_brings_back_the_same_picture(panel):
    before = image(panel).value
    control(panel, "steps").value = 3
    control(panel, "steps").value = Settings().num_steps
    assert image(panel).value == before


@pytest.mark.parametrize("name", ["beta", "beta1", "beta2", "learning_rate"])
def test_every_setting_reaches_the_students_function(name):
    heard = {}

    def listening_step(
        optimizer, parameters, grads, state, t, learning_rate, beta, beta1, beta2, e
    ):
        heard.update(learning_rate=learning_rate, beta=beta, beta1=beta1, beta2=beta2)
        return parameters, state

    settings = Settings(**{name: 0.125}, num_steps=1)
    Walker(start_state, listening_step).path("adam", VALLEY, settings)
    assert heard[name] == 0.125


@pytest.mark.parametrize("step", [one_step, one_step_in_place], ids=["new arrays", "in place"])
def test_a_path_starts_at_the_start_and_has_a_point_for_each_step(step):
    path = Walker(start_state, step).path("gd", VALLEY, Settings(learning_rate=0.1, num_steps=2))
    assert np.allclose(path, [(-3.5, 1.2), (-3.325, -0.96), (-3.15875, 0.768)])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_walking_twice_gives_the_same_path(optimizer):
    walker = Walker(start_state, one_step_in_place)
    first = walker.path(optimizer, VALLEY, Settings())
    assert walker.path(optimizer, VALLEY, Settings()) == first


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda landscape: landscape.name)
@pytest.mark.parametrize("rate", [1.0, 1e3, 1e160, 1e308], ids=str)
def test_a_diverging_path_ends_and_is_drawn_without_a_warning(landscape, rate):
    paths = WALKER.paths(landscape, Settings(learning_rate=rate, num_steps=200))
    assert len(paths["gd"]) <= 201
    assert Picture(landscape).png(paths)


def test_a_path_of_nan_ends_at_once():
    walker = Walker(start_state, lambda *_: ({"W1": [[np.nan]], "b1": [[0.0]]}, 0))
    assert len(walker.path("gd", VALLEY, Settings())) == 2


def test_the_text_tells_a_path_that_left_the_map_from_one_that_stayed():
    settings = Settings(learning_rate=0.2, num_steps=40)
    paths = WALKER.paths(VALLEY, settings)
    assert "left the map" in describe("gd", paths["gd"], VALLEY)
    assert "cost" in describe("adam", paths["adam"], VALLEY)


def test_a_redraw_walks_once_and_draws_no_map_anew(monkeypatch):
    """What a slider waits for is the new paths only: the map beneath them is drawn already."""
    calls, figures = [], []
    make = Figure.__init__

    def counted(*arguments):
        calls.append(arguments[0])
        return one_step(*arguments)

    monkeypatch.setattr(Figure, "__init__", lambda *a, **k: (figures.append(1), make(*a, **k))[1])
    panel = make_panel(Walker(start_state, counted), ipywidgets)
    assert len(figures) == len(LANDSCAPES)
    calls.clear()
    control(panel, "steps").value = 100
    assert Counter(calls) == dict.fromkeys(OPTIMIZERS, 100)
    assert len(figures) == len(LANDSCAPES)
