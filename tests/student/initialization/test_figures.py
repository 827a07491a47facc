"""The figures of Initialization, and the sliders of its last one."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from autograder.authoring.reference import load_reference
from tests.support.assignments import COURSE, load

HE = load_reference(COURSE, load("initialization"))["initialize_parameters_he"]
COSTS = {0: np.inf, 100: 2.0, 200: 0.5}
rng = np.random.default_rng(0)
X, Y = rng.standard_normal((2, 20)), rng.integers(0, 2, (1, 20))


def right_half(points):
    return points[:, 0] > 0


DRAWINGS = {
    "data": lambda s: s.circles.plot_data(X, Y, X, Y),
    "training": lambda s: s.circles.plot_training("random", COSTS, right_half, X, Y),
    "curves": lambda s: s.circles.plot_cost_curves({"zeros": COSTS, "he": {0: 0.8, 100: 0.1}}),
    "units": lambda s: s.circles.plot_unit_weights({"a": [np.ones((3, 2))] * 4}, every=100),
    "outputs": lambda s: s.circles.plot_outputs({"a": np.full((1, 9), 0.5), "b": np.ones((1, 9))}),
    "depths": lambda s: s.depth.plot_depths(HE),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=list(DRAWINGS))
def test_a_drawing_shows_one_figure_whose_axes_are_named(draw, student, shown):
    assert draw(student) is None
    (figure,) = shown
    assert all(axes.get_xlabel() and axes.get_ylabel() for axes in figure.axes)


def test_an_infinite_cost_is_told(student, shown):
    student.circles.plot_training("random", COSTS, right_half, X, Y)
    assert [text.get_text() for text in shown[0].axes[0].texts] == ["infinite at iteration 0"]


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda s: s.circles.plot_cost_curves({"xavier": COSTS}), "zeros, random, he"),
        (lambda s: s.circles.plot_unit_weights({}, every=1), "weights"),
        (lambda s: s.circles.plot_outputs({}), "outputs"),
    ],
)
def test_bad_input_gets_one_sentence_that_names_it(call, word, student):
    with pytest.raises(ValueError, match=word):
        call(student)


def test_he_keeps_signal_and_gradient(student):
    found = student.depth.strengths(HE, student.depth.Settings())
    assert len(found.signal) == len(found.gradient) == 31
    for row in (found.signal, found.gradient):
        assert row.min() > 0.1 and row.max() < 10


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_each_layer_multiplies_by_the_factor(factor, student):
    usual = student.depth.strengths(HE, student.depth.Settings())
    scaled = student.depth.strengths(HE, student.depth.Settings(factor=factor))
    powers = factor ** np.arange(31)
    assert np.allclose(scaled.signal / usual.signal, powers)
    assert np.allclose(scaled.gradient / usual.gradient, powers[::-1])


def test_a_gradient_is_that_of_the_signal(student):
    """Compare the way back with a difference of the way forward."""
    forward, backward = student.depth._forward, student.depth._backward
    weights = [rng.standard_normal((4, 4)) for _ in range(3)]
    inputs, last = rng.standard_normal((4, 1)), rng.standard_normal((4, 1))
    gradient = backward(weights, forward(weights, inputs), last)[0]
    for unit in range(4):
        ends = []
        for sign in (1, -1):
            moved = inputs.copy()
            moved[unit] += sign * 1e-6
            ends.append(np.sum(last * forward(weights, moved)[-1]))
        assert gradient[unit, 0] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-4, abs=1e-6)


@pytest.fixture
def displayed(monkeypatch):
    objects = []
    monkeypatch.setattr("IPython.display.display", lambda one, **_: objects.append(one))
    return objects


def test_sliders_appear_and_move_the_picture(student, displayed, monkeypatch, shown):
    monkeypatch.delenv("WORKBOOK_STATIC", raising=False)
    student.depth.explore_depth(HE)
    panel, _names = displayed
    assert len(shown) == 1  # a saved notebook keeps the picture, and no sliders
    *sliders, image, story = panel.children
    for slider, value in zip(sliders, (1.5, 5, 20), strict=True):
        before = image.value, story.value
        slider.value = value
        assert (image.value, story.value) != before
    assert "<img alt=" in image.value


@pytest.mark.parametrize("missing", ["asked", "not installed"])
def test_a_still_picture_stands_in(missing, student, displayed, monkeypatch, shown):
    if missing == "asked":
        monkeypatch.setenv("WORKBOOK_STATIC", "1")
    else:
        monkeypatch.delenv("WORKBOOK_STATIC", raising=False)
        monkeypatch.setitem(sys.modules, "ipywidgets", None)
    student.depth.explore_depth(HE)
    assert len(shown) == 1 and not displayed


@pytest.mark.parametrize("factor", [0.0, 1e-200, 1e200, np.inf])
def test_any_scale_is_drawn_without_a_warning(factor, student):
    settings = student.depth.Settings(factor=factor, depth=5, width=4)
    found = student.depth.strengths(HE, settings)
    assert student.depth.picture(found)
    assert student.depth.describe(found)
