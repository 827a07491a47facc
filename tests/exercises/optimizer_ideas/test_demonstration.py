"""Two series: read with suspicion, told in words, drawn where there is a difference."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.assignment.verdict import Demonstrated
from autograder.authoring.reference import load_reference
from autograder.sandbox.inside.programs import play
from tests.exercises.optimizer_ideas import NAME
from tests.support.assignments import COURSE, load

REFERENCE = load_reference(COURSE, load(NAME))
# Each of them has a demonstration and a catalogue.
EXERCISES: dict[str, Any] = {exercise.id: exercise for exercise in load(NAME).exercises}


def played(exercise_id, function):
    demonstration = EXERCISES[exercise_id].demonstration
    return demonstration.play(lambda call: play(call.program, function, call.arguments))


def drawn(exercise_id, function):
    right = played(exercise_id, REFERENCE[exercise_id])
    shown = Demonstrated("series", played(exercise_id, function), right)
    return EXERCISES[exercise_id].demonstration.picture(shown, "one")


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_what_is_right_is_told_in_words_alone(exercise_id):
    (series,) = played(exercise_id, REFERENCE[exercise_id])
    assert len(series) == len(EXERCISES[exercise_id].demonstration.places)
    picture = drawn(exercise_id, REFERENCE[exercise_id])
    assert "the mistake shows in other cases only" in picture.caption
    assert not picture.html


def entries():
    for exercise_id, exercise in EXERCISES.items():
        for entry in exercise.catalogue.entries:
            yield exercise_id, exercise.catalogue.function(exercise_id, entry)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_every_misconception_that_gives_numbers_has_a_picture_or_words():
    pictures = [drawn(*entry) for entry in entries()]
    shown = [picture for picture in pictures if picture]
    assert sum(bool(picture.html) for picture in shown) > 100
    for picture in shown:
        assert picture.caption.endswith((".", "right."))
        assert "nan" not in picture.html and "inf" not in picture.caption


ODD = {
    "nothing": None,
    "words": "one",
    "a dict": {},
    "nan": float("nan"),
    "infinity": np.inf,
    "huge": 1e300,
    "complex": 1j,
    "many": np.ones((3, 3)),
    "a truth value": True,
}


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_an_odd_answer_draws_nothing_odd(exercise_id, odd):
    (series,) = played(exercise_id, lambda *_: odd)
    assert all(type(y) is float and abs(y) < 1e6 for _, y in series)
    assert len(series) <= 3


FORGED = {
    "nothing": None,
    "words": "1, 2",
    "too many": [1.0] * 10_000,
    "words in it": ["1"],
    "nan": [float("nan")],
    "truth values": [True],
}


@pytest.mark.parametrize("sent", FORGED.values(), ids=list(FORGED))
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_forged_numbers_are_not_drawn(exercise_id, sent):
    demonstration = EXERCISES[exercise_id].demonstration
    (series,) = demonstration.play(lambda _call: sent)
    assert len(series) in (0, len(demonstration.places))
