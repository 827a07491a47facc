"""The figures of the workbook show what their captions claim."""

from __future__ import annotations

import importlib

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from autograder.authoring.exercises import student_modules
from tests.exercises.gradient_checking import NAME
from tests.support.assignments import COURSE

with student_modules(COURSE, NAME):
    plots = importlib.import_module("workbook.plots")
    gc_utils = importlib.import_module("gc_utils")
    testCases = importlib.import_module("testCases")  # noqa: N816


def draw_vector():
    parameters = testCases.gradient_check_n_test_case()[2]
    plots.plot_vector(parameters, *gc_utils.dictionary_to_vector(parameters))


DRAWINGS = {
    "slopes": plots.plot_slopes,
    "errors": plots.plot_errors,
    "vector": draw_vector,
    "scaled": lambda: plots.plot_scaled({"W1": [1, 0, 1], "b1": [0, 1, 2]}, [0.5, 1, 1.5]),
    "differences": lambda: plots.plot_differences([1e-7, 1e-5], {"given": [0.3, 0.0]}),
}


@pytest.fixture(autouse=True)
def shown(monkeypatch):
    """Collect the figures that are shown, and close them after the test."""
    figures = []
    monkeypatch.setattr(plt, "show", lambda: figures.append(plt.gcf()))
    yield figures
    plt.close("all")


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_shows_one_figure_and_returns_nothing(draw, shown):
    assert draw() is None
    assert len(shown) == 1


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_every_panel_says_what_its_axes_show(draw, shown):
    draw()
    for axes in (axes for axes in shown[0].axes if axes.get_visible()):
        assert axes.get_xlabel() or not axes.lines
        assert axes.get_ylabel() or not axes.yaxis.get_ticklocs().size


def test_the_central_line_leans_almost_as_the_slope_does(shown):
    plots.plot_slopes()
    slopes = [float(axes.get_title().split()[-1]) for axes in shown[0].axes]
    assert slopes == [3.0, 5.16, 3.36]


def test_errors_fall_and_rise_again_and_the_central_one_is_smaller(shown):
    plots.plot_errors()
    lines = {line.get_label(): line for line in shown[0].axes[0].lines}
    best = {}
    for name in ("one-sided", "central"):
        steps, errors = (np.asarray(part) for part in lines[name].get_data())
        best[name] = steps[np.argmin(errors)]
        assert errors[0] > 1e-3 and errors[-1] > 1e-1
    assert 1e-9 < best["one-sided"] < 1e-7
    assert 1e-7 < best["central"] < 1e-4
    (_, one), (_, two) = (lines[name].get_data() for name in ("one-sided", "central"))
    assert (np.asarray(two)[100:-1] < np.asarray(one)[100:-1]).all()


def test_the_star_is_at_the_lowest_place(shown):
    DRAWINGS["scaled"]()
    titles = [axes.get_title() for axes in shown[0].axes[:2]]
    assert titles == ["dW1: lowest at 1.00", "db1: lowest at 0.50"]


@pytest.mark.parametrize("draw", [plots.plot_scaled, plots.plot_differences])
def test_nothing_to_draw_is_said_so(draw):
    with pytest.raises(ValueError, match="differences must hold at least one"):
        draw(*(({}, [1.0]) if draw is plots.plot_scaled else ([1.0], {})))
