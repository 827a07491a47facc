"""The figures of the workbook show what their captions claim."""

from __future__ import annotations

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from workbook import figures, plots
from workbook.landscapes import CURVED_VALLEY, NARROW_VALLEY, SADDLE, VALLEY, line_fit, position

X = np.array([[-1.0, 0.0, 1.0, 2.0]])
Y = np.array([[0.0, 1.0, 1.5, 4.0]])
LANDSCAPES = [VALLEY, NARROW_VALLEY, SADDLE, CURVED_VALLEY, line_fit(X, Y)]
PATH = [(-1.0, 0.5), (0.0, 0.2), (0.5, 0.0)]
MOONS_X = np.array([[0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 0.0, 1.0]])
MOONS_Y = np.array([[0, 0, 1, 1]])
BATCHES = [(np.array([[3, 0]]), np.array([[1, 0]])), (np.array([[2]]), np.array([[1]]))]


def draw_one_training() -> None:
    with figures.panels() as (axes,):
        plots.draw_costs(axes, [0.7, 0.5], "adam")


DRAWINGS = {
    "landscape": lambda: plots.plot_landscape(line_fit(X, Y)),
    "paths": lambda: plots.plot_paths(VALLEY, {"one": PATH, "two": PATH}),
    "mini-batches": lambda: plots.plot_mini_batches(np.arange(4)[None], MOONS_Y, BATCHES),
    "series": lambda: plots.plot_series({"v": [1.0, 2.0]}, "step", "gradient", points=[1.0]),
    "examples": lambda: plots.plot_examples(MOONS_X, MOONS_Y),
    "costs": draw_one_training,
    "cost curves": lambda: plots.plot_cost_curves({"gd": [0.7, 0.6], "adam": [0.7, 0.2]}, smooth=1),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_shows_one_figure_and_returns_nothing(draw, shown):
    assert draw() is None
    assert len(shown) == 1


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_every_panel_says_what_its_axes_show(draw, shown):
    draw()
    for axes in shown[0].axes:
        assert axes.get_xlabel()
        assert axes.get_ylabel() or [tick.get_text() for tick in axes.get_yticklabels()]


def test_a_drawing_leaves_the_students_own_style_alone(shown):
    before = plt.rcParams.copy()
    plots.plot_series({"v": [1.0]}, "step", "gradient")
    assert plt.rcParams == before


def test_each_path_has_its_panel_with_all_its_points(shown):
    plots.plot_paths(VALLEY, {"short": PATH[:2], "long": PATH})
    titles = [axes.get_title() for axes in shown[0].axes]
    drawn = [
        _lines_with_colour(axes, colour)
        for axes, colour in zip(shown[0].axes, figures.COLOURS, strict=False)
    ]
    assert titles == ["short", "long"]
    assert np.allclose(drawn[0], PATH[:2])
    assert np.allclose(drawn[1], PATH)


def test_a_path_keeps_to_the_window_of_its_landscape(shown):
    plots.plot_paths(VALLEY, {"diverging": [(0.0, 1.0), (0.0, -1e150), (0.0, 1e300)]})
    shown[0].canvas.draw()
    assert shown[0].axes[0].get_xlim() == VALLEY.w_range
    assert shown[0].axes[0].get_ylim() == VALLEY.b_range


def test_mini_batches_show_each_number_above_its_label(shown):
    plots.plot_mini_batches(np.arange(4)[None], MOONS_Y, BATCHES)
    cells = {text.get_position(): text.get_text() for text in shown[0].axes[1].texts}
    numbers = [text for (_, height), text in sorted(cells.items()) if 1 < height < 2]
    labels = [text for (_, height), text in sorted(cells.items()) if height < 1]
    assert numbers == ["3", "0", "2"]
    assert labels == ["1", "0", "1"]


def test_mini_batches_say_how_many_examples_they_hold(shown):
    plots.plot_mini_batches(np.arange(4)[None], MOONS_Y, BATCHES)
    words = [text.get_text() for text in shown[0].axes[1].texts]
    assert "mini-batch 1: 2 examples" in words
    assert "mini-batch 2: 1 examples" in words


def test_a_series_starts_at_step_one(shown):
    plots.plot_series({"v": [0.1, 0.3]}, "step", "velocity")
    (line,) = shown[0].axes[0].lines
    assert line.get_xdata().tolist() == [1, 2]
    assert list(line.get_ydata()) == [0.1, 0.3]


def test_the_two_classes_differ_in_colour_and_marker(shown):
    plots.plot_examples(MOONS_X, MOONS_Y)
    zeros, ones = shown[0].axes[0].collections
    assert np.allclose(zeros.get_offsets(), MOONS_X[:, :2].T)
    assert zeros.get_facecolor().tolist() != ones.get_facecolor().tolist()
    assert len(zeros.get_paths()[0].vertices) != len(ones.get_paths()[0].vertices)


def test_a_smoothed_cost_stands_in_the_middle_of_the_costs_it_averages(shown):
    plots.plot_cost_curves({"gd": [1.0, 2.0, 6.0, 1.0]}, smooth=3)
    raw, smoothed = shown[0].axes[0].lines
    assert raw.get_ydata().tolist() == [1.0, 2.0, 6.0, 1.0]
    assert np.allclose(smoothed.get_xydata(), [(100, 3.0), (200, 3.0)])


BAD_CALLS = {
    "no path": (lambda: plots.plot_paths(VALLEY, {}), "at least one path"),
    "a path of numbers": (lambda: plots.plot_paths(VALLEY, {"a": [1.0, 2.0]}), "points"),  # type: ignore
    "no mini-batch": (lambda: plots.plot_mini_batches(X, Y, []), "at least one mini-batch"),
    "no series": (lambda: plots.plot_series({}, "x", "y"), "at least one line"),
    "unknown optimizer": (lambda: plots.plot_cost_curves({"sgd": [1.0]}, smooth=1), "'sgd'"),
    "too much smoothing": (lambda: plots.plot_cost_curves({"gd": [1.0]}, smooth=2), "smooth"),
    "X and Y of two sizes": (lambda: line_fit(X, Y[:, :2]), "shape"),
    "no bias": (lambda: position({"W1": np.zeros((1, 1))}), "b1"),
}


@pytest.mark.parametrize(("call", "word"), BAD_CALLS.values(), ids=BAD_CALLS)
def test_bad_input_gets_one_sentence_that_names_it(call, word):
    with pytest.raises(ValueError, match=word) as caught:
        call()
    assert str(caught.value).count(". ") == 0


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda landscape: landscape.name)
def test_the_slope_is_the_derivative_of_the_cost(landscape):
    step = 1e-6
    for w, b in [landscape.start, (0.3, -0.4), (-1.1, 0.7)]:
        along_w = landscape.cost(np.array([w - step, w + step]), np.array([b, b]))
        along_b = landscape.cost(np.array([w, w]), np.array([b - step, b + step]))
        slope = np.array([np.diff(along_w)[0], np.diff(along_b)[0]]) / (2 * step)
        assert np.allclose(landscape.slope(w, b), slope, atol=1e-6)


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda landscape: landscape.name)
def test_the_stars_stand_where_the_cost_is_lowest(landscape):
    _, _, cost = landscape.grid()
    for minimum in landscape.minima:
        assert np.allclose(landscape.slope(*minimum), 0, atol=1e-9)
        assert landscape.cost(*np.array(minimum)) <= cost.min() + 1e-12


def test_a_start_can_be_changed_in_place_without_harm():
    VALLEY.start_parameters()["W1"] += 5
    assert position(VALLEY.start_parameters()) == VALLEY.start


def _lines_with_colour(axes, colour):
    return max((line.get_xydata() for line in axes.lines if line.get_color() == colour), key=len)
