"""What several wrong parts of an answer have in common."""

from __future__ import annotations

import numpy as np
import pytest

from workbook.comparison import compare_returned
from workbook.hints import with_hint

BEFORE = {
    f"{kind}{layer}": np.arange(1.0, 5).reshape(shape)
    for layer in (1, 2)
    for kind, shape in (("W", (2, 2)), ("b", (4, 1)))
}
STEP = {key: 0.1 + 0.01 * array for key, array in BEFORE.items()}


def moved(factor, keys=("W1", "b1", "W2", "b2")):
    """Return the parameters after a step, of another length for some keys."""
    return {
        key: array - (factor if key in keys else 1) * STEP[key] for key, array in BEFORE.items()
    }


def hint(answer, before=BEFORE, **more):
    expected = {"parameters": moved(1), **more}
    found = with_hint(compare_returned(answer, expected), answer, expected, before)
    return next((finding.look for finding in found if not finding.passed), None)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(moved(10), "Every step is exactly 10 times too long.", id="ten times"),
        pytest.param(moved(0.25), "Every step is 0.25 times as long as it should be.", id="short"),
        pytest.param(
            moved(-1), "Every step has the right length and goes the wrong way.", id="wrong way"
        ),
        pytest.param(
            moved(-2),
            "Every step is 2 times as long as it should be and goes the wrong way.",
            id="wrong way and too long",
        ),
        pytest.param(
            moved(0),
            "Nothing moves: is the new value stored, and in the dict that is returned?",
            id="nothing moves",
        ),
        pytest.param(moved(3, ("W1", "W2")), "It is right for b and wrong for W.", id="W"),
        pytest.param(
            moved(3, ("W2", "b2")),
            "It is right for layer 1 and wrong for layer 2.",
            id="last layer",
        ),
        pytest.param(moved(3, ("W2",)), "", id="no rule in it"),
        pytest.param(None, "Does the function end with a `return`?", id="nothing"),
        pytest.param({}, "The keys you have: none. Does your loop visit every layer?", id="empty"),
    ],
)
def test_a_wrong_answer_is_told_what_its_parts_have_in_common(answer, words):
    assert hint(answer) == words


def test_a_right_answer_gets_no_hint():
    assert hint(moved(1)) is None


def test_a_right_result_beside_a_wrong_one_is_told():
    v = {"d" + key: array for key, array in STEP.items()}
    wrong = {key: 1 + array**2 for key, array in v.items()}
    assert hint((moved(1), wrong), v=v) == "It is right for parameters and wrong for v."


@pytest.mark.parametrize("before", [None, [], {}, {"W1": "text"}, {"other": np.ones(2)}])
def test_an_argument_that_is_no_start_gives_no_step(before):
    assert hint(moved(10), before) == ""


@pytest.mark.parametrize("answer", [{"W1": object()}, [1, 2], {"W1": np.array(["x"])}, 3])
def test_an_odd_answer_raises_nothing(answer):
    assert hint(answer) is not None
