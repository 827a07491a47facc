"""What a check shows with shorter steps, in words and as a picture."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from autograder.assignment.exercise import Call
from autograder.assignment.verdict import Demonstrated
from tests.exercises.gradient_checking import NAME
from tests.exercises.gradient_checking.test_proof import EXERCISES
from tests.support.assignments import part_of

figure = part_of(NAME, "sweep_figure")
CHECKS = ["gradient_check", "gradient_check_n"]


def demonstration(exercise_id="gradient_check"):
    found = EXERCISES[exercise_id].demonstration
    assert found
    return found


def shown(exercise_id, *entries):
    """Return what a solution with the entries of these ids shows beside the right one."""
    exercise = EXERCISES[exercise_id]
    catalogue = exercise.catalogue
    assert catalogue
    chosen = [entry for entry in catalogue.entries if entry.id in entries]
    assert len(chosen) == len(entries)
    functions = (catalogue.function(exercise_id, *made) for made in (chosen, ()))
    own, right = (
        demonstration(exercise_id).play(partial(Call.put_to, function=function))
        for function in functions
    )
    return Demonstrated("sweep", own, right)


@pytest.mark.parametrize("exercise_id", CHECKS)
@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("one-sided-up", "Yours is about 10 times as small"),
        ("epsilon-once", "Yours hardly changes: it is 0.3"),
        ("upside-down", "Yours is about 100 times as large"),
        ("squared", "Yours is about 10,000 times as small"),
        ("halved", "So is yours, but at the end it is 0.5 times what it should be."),
        ("below-length-of-sum", "so the mistake shows in other cases only"),
    ],
)
def test_words_say_how_the_difference_changes(exercise_id, entry, says):
    picture = demonstration(exercise_id).picture(shown(exercise_id, entry), "x")
    assert picture and says in picture.caption


@pytest.mark.parametrize("exercise_id", CHECKS)
def test_the_right_difference_falls_with_the_square_of_the_step(exercise_id):
    ((*_, (x_0, y_0), (x_1, y_1)),) = shown(exercise_id).right
    assert (y_0 - y_1) / (x_0 - x_1) == pytest.approx(2, abs=0.01)


def test_a_picture_holds_both_series_and_a_table():
    picture = demonstration().picture(shown("gradient_check", "one-sided-up"), "id-7")
    assert picture
    assert picture.html.count("<polyline") == 4  # two of them in the key
    assert picture.html.count("<circle") == 8 and picture.html.count("<tr>") == 8
    assert 'id="id-7-sweep-title"' in picture.html


@pytest.mark.parametrize(
    "answer",
    [
        None,
        True,
        "0.1",
        [0.1],
        0.0,
        -0.1,
        float("nan"),
        float("inf"),
        10**400,
        1j,
        np.ones(2),
        np.array(["x"]),
        np.array([np.nan]),
    ],
    ids=repr,
)
def test_what_is_no_positive_number_is_not_drawn(answer):
    assert demonstration().play(lambda _call: answer) == ((),)


@pytest.mark.parametrize("answer", [0.01, np.float64(0.01), np.array([[0.01]])], ids=repr)
def test_a_number_is_drawn_however_it_comes(answer):
    (series,) = demonstration().play(lambda _call: answer)
    assert {y for _, y in series} == {-2.0}


@pytest.mark.parametrize("exponent", [-320.0, 300.0])
def test_numbers_beyond_the_drawing_lie_at_its_edge(exponent):
    right = shown("gradient_check").right
    own = tuple((x, exponent) for x, _ in right[0])
    laid_out = figure.lay_out_sweep(own, right[0])
    assert all(figure.TOP <= y <= figure.HEIGHT - figure.BOTTOM for _, y in laid_out.own.dots)


def test_steps_without_a_number_are_counted():
    right = shown("gradient_check").right
    words = figure.describe_sweep(right[0][:3], right[0])
    assert "Yours is a positive number in 3 of 7 steps." in words
