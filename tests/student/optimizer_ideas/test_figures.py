"""The figures of the workbook show what their captions claim."""

from __future__ import annotations

import ipywidgets
import numpy as np
import pytest


@pytest.fixture(scope="module")
def drawings(student, reference):
    series, wave = student.ideas_utils.load_series()
    average, decay = reference.weighted_average, reference.decayed_learning_rate
    walk = np.array([[1.5, 0.1], [1.0, 0.2], [0.0, 1.0]])
    steps = {name: np.array([[3, 4], [5, 6]]) for name in ("momentum", "RMSprop")}
    return {
        "averages": lambda: student.averages.plot_averages(average, series, wave),
        "weights": lambda: student.averages.plot_weights(average),
        "correction": lambda: student.averages.plot_correction(average, series, wave),
        "schedules": lambda: student.decay.plot_schedules(decay),
        "noise": lambda: student.decay.plot_noise({"constant": np.ones(5)}),
        "valley": lambda: student.saddles.plot_valley({"RMSprop": walk}, {"RMSprop": 0.1}),
        "saddle": lambda: student.saddles.plot_saddle({0.1: walk}),
        "times": lambda: student.saddles.plot_escape_times([0.1, 1], {"RMSprop": [9, 9]}, 30),
        "shares": lambda: student.saddles.plot_shares({1: 0.5, 2: 0.1}),
        "rates": lambda: student.races.plot_rates([0.1, 1.0], steps, 10),
        "races": lambda: student.races.plot_races({"all": {"RMSprop, α = 1": [3, 4]}}, 10),
    }


def test_each_drawing_is_one_figure_whose_panels_name_their_axes(drawings, shown):
    for count, (name, draw) in enumerate(drawings.items(), start=1):
        assert draw() is None
        assert len(shown) == count, name
        assert all(axes.get_xlabel() for axes in shown[-1].axes), name
        assert shown[-1].axes[0].get_ylabel() or name == "races"


def test_the_still_picture_is_there_with_sliders_and_without(
    student, reference, shown, monkeypatch
):
    series, wave = student.ideas_utils.load_series()
    monkeypatch.setenv("WORKBOOK_STATIC", "1")
    student.averages.explore_average(reference.weighted_average, series, wave)
    assert len(shown) == 1


def test_the_slider_moves_the_picture(student, reference):
    series, wave = student.ideas_utils.load_series()
    panel = student.averages.make_panel(reference.weighted_average, series, wave, ipywidgets)
    beta, corrected, image = panel.children
    before = image.value
    beta.value = 0.5
    after = image.value
    corrected.value = False
    assert before.startswith("<img alt=")
    assert len({before, after, image.value}) == 3


def test_a_fading_rate_lowers_the_floor_that_noise_sets(student):
    costs = student.decay.noisy_descent(np.full(400, 0.5))
    lower = student.decay.noisy_descent(np.full(400, 0.05))
    inverse = student.decay.noisy_descent(0.5 / (1 + 0.05 * np.arange(400)))
    assert np.mean(costs[-100:]) == pytest.approx(0.17, abs=0.01)
    assert np.mean(lower[-100:]) == pytest.approx(0.014, abs=0.002)
    assert inverse[-1] < lower[-100:].min()


def test_the_saddle_holds_gradient_descent_and_not_rmsprop(student, reference):
    steppers = student.descents.optimizers(reference.update_parameters_with_rmsprop)
    counts = {}
    for name in ("gradient descent", "RMSprop"):
        paths = [
            student.descents.walk(steppers[name], student.saddles.saddle_slope, (1.5, y), 0.1, 300)
            for y in (1e-10, 1e-4)
        ]
        costs = np.array([student.saddles.saddle_cost(*path.T) for path in paths])
        counts[name] = list(reference.steps_to_reach(costs, -0.2))
    near, far = counts["gradient descent"]
    assert (near - far) / 6 == pytest.approx(np.log(10) / np.log(1.1), abs=0.3)
    assert counts["RMSprop"] == [9, 9]


@pytest.mark.parametrize("place", [(0.3, -0.7), (-1.0, 0.4)])
@pytest.mark.parametrize("name", ["valley", "saddle"])
def test_a_slope_is_that_of_its_cost(student, name, place):
    cost, slope = (getattr(student.saddles, f"{name}_{part}") for part in ("cost", "slope"))
    for axis, one in enumerate(slope(*place)):
        step = 1e-6 * np.eye(2)[axis]
        rise = cost(*(np.array(place) + step)) - cost(*(np.array(place) - step))
        assert one == pytest.approx(rise / 2e-6, rel=1e-6)


def test_minima_are_rare_among_flat_places(student):
    shares = [student.saddles.share_without_descent(n) for n in (1, 2, 3)]
    assert shares == pytest.approx([0.5, 0.146, 0.025], abs=0.02)


def test_two_optimizers_with_one_seed_have_the_same_luck(student, reference):
    steppers = student.descents.optimizers(reference.update_parameters_with_rmsprop)
    runs = {name: student.descents.train(step, 0.1, 0, 20) for name, step in steppers.items()}
    assert len({costs[0] for costs in runs.values()}) == 1
    assert len({costs[-1] for costs in runs.values()}) == 3
    again = student.descents.train(steppers["RMSprop"], 0.1, 0, 20)
    np.testing.assert_array_equal(again, runs["RMSprop"])
    assert not np.isfinite(
        student.descents.train(
            lambda p, *_: (  # steps into nowhere
                {key: np.full_like(array, np.nan) for key, array in p.items()},
                {},
            ),
            0.1,
            0,
            5,
        )[1:]
    ).any()
