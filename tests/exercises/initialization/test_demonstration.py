"""The signal by depth: read with suspicion, told in words, drawn where there is a difference."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.assignment.verdict import Demonstrated
from autograder.authoring.reference import load_reference
from tests.support.assignments import COURSE, load, part_of

NAME = "initialization"
REFERENCE = load_reference(COURSE, load(NAME))
SignalByDepth = part_of(NAME, "demonstrations").SignalByDepth
figure = part_of(NAME, "signal_figure")
HE = REFERENCE["initialize_parameters_he"]


def played(function):
    return SignalByDepth().play(lambda call: call.put_to(function))


def scaled(factor):
    return lambda sizes: {key: factor * array for key, array in HE(sizes).items()}


RIGHT = played(HE)


def shown(own):
    return Demonstrated("signal", own, RIGHT)


def test_the_right_scale_keeps_the_signal():
    (path,) = RIGHT
    assert [layer for layer, _ in path] == list(range(11))
    assert all(abs(strength) < 1 for _, strength in path)


@pytest.mark.parametrize("factor", [0.1, 10.0])
def test_each_layer_multiplies_by_the_factor(factor):
    (own,), (right,) = played(scaled(factor)), RIGHT
    for (layer, strength), (_, wanted) in zip(own, right, strict=True):
        assert strength == pytest.approx(wanted + layer * np.log10(factor), abs=1e-3)


ODD = {
    "nothing": (None, 1),
    "a number": (1.0, 1),
    "lists": ({"W1": [[1.0]]}, 1),
    "another shape": ({"W1": np.ones((55, 2))}, 1),
    "text": ({"W1": np.full((55, 60), "x")}, 1),
    "complex": ({"W1": np.full((55, 60), 1j)}, 1),
    "nan": ({"W1": np.full((55, 60), np.nan)}, 1),
    "infinity": ({"W1": np.full((55, 60), np.inf)}, 1),
    "zeros": ({"W1": np.zeros((55, 60))}, 1),
    "huge": ({"W1": np.full((55, 60), 1e308)}, 1),
    "one layer": ({"W1": np.eye(55, 60)}, 2),
}


@pytest.mark.parametrize(("answer", "length"), ODD.values(), ids=list(ODD))
def test_an_odd_answer_is_shown_as_far_as_it_goes(answer, length):
    own = SignalByDepth().play(lambda _call: answer)
    assert len(own[0]) == length
    assert figure.describe_signals(shown(own)).endswith(".")
    assert (figure.lay_out_signals(shown(own)) is None) == (length < 2)


@pytest.mark.parametrize(
    ("own", "says"),
    [
        pytest.param(RIGHT, "as the right ones do", id="same"),
        pytest.param(played(scaled(3.0)), "too large, layer after layer", id="large"),
        pytest.param(played(scaled(0.5)), "too small, layer after layer", id="small"),
        pytest.param(played(scaled(-1.0)), "by less than a factor of ten", id="other"),
        pytest.param((RIGHT[0][:4],), "through the next layer nothing comes", id="ends"),
        pytest.param((RIGHT[0][:1],), "No signal comes through", id="nothing"),
        pytest.param((), "No signal comes through", id="no group"),
    ],
)
def test_words_say_what_becomes_of_the_signal(own, says):
    assert says in figure.describe_signals(shown(own))


def test_no_difference_is_not_drawn_and_a_difference_is():
    assert not figure.draw_signals(shown(RIGHT), "a").html
    picture = figure.draw_signals(shown(played(scaled(10.0))), "a")
    assert "<svg" in picture.html and picture.style
    assert figure.draw_signals(shown(()), "a") is None


def test_all_points_lie_in_the_window():
    for factor in (1e-9, 0.5, 2.0, 1e9):
        drawing = figure.lay_out_signals(shown(played(scaled(factor))))
        for trace in (drawing.own, drawing.right):
            assert all(drawing.left <= x <= drawing.right_edge for x, _ in trace.dots)
            assert all(drawing.top <= y <= drawing.bottom_edge for _, y in trace.dots)
