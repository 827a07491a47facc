"""The documented numbers follow from short formulas that are written once more, another way."""

from __future__ import annotations

import math

import numpy as np
import pytest

EXERCISES = (
    "weighted_average",
    "update_parameters_with_rmsprop",
    "decayed_learning_rate",
    "steps_to_reach",
)


def averages(values, beta, _corrected):
    """Return weighted means, with the weight beta**age."""
    ages = [np.arange(t, -1, -1) for t in range(len(values))]
    return [np.average(values[: len(age)], weights=beta**age) for age in ages]


def test_averages_are_weighted_means(student):
    arguments = student.testCases.weighted_average_test_case()
    documented = student.examples.OUTPUTS["weighted_average"]["averages"]
    assert documented == pytest.approx(averages(*arguments), abs=1e-8)


def test_a_step_is_the_gradient_by_its_usual_size(student):
    case = student.testCases.update_parameters_with_rmsprop_test_case
    parameters, grads, s, beta, rate, epsilon = case()
    documented = student.examples.OUTPUTS["update_parameters_with_rmsprop"]
    for key, before in parameters.items():
        squares = np.average(
            [s["d" + key], grads["d" + key] ** 2], axis=0, weights=[beta, 1 - beta]
        )
        step = rate / (np.sqrt(squares) + epsilon) * grads["d" + key]
        np.testing.assert_allclose(documented["s"]["d" + key], squares, atol=1e-8)
        np.testing.assert_allclose(documented["parameters"][key], before - step, atol=1e-8)


def test_the_rate_is_that_of_the_stairs_first_epoch(student):
    rate, decay, epoch, schedule, interval = student.testCases.decayed_learning_rate_test_case()
    assert (schedule, epoch, interval) == ("staircase", 27, 10)
    documented = student.examples.OUTPUTS["decayed_learning_rate"]["learning_rate"]
    assert documented == pytest.approx(rate / math.exp(20 * decay), abs=1e-8)


def test_the_steps_can_be_read_off_the_costs(student):
    costs, target = student.testCases.steps_to_reach_test_case()
    assert list(student.examples.OUTPUTS["steps_to_reach"]["steps"]) == [3, 1, 6]
    assert costs[0, 3] < target < costs[0, :3].min()
    assert costs[1, 1] == target < costs[1, 0]
    assert costs[2].min() > target and costs.shape[1] == 6


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_reference_gives_the_documented_numbers(exercise_id, student, reference):
    arguments, keywords = student.examples.EXAMPLES[exercise_id].call()
    answer = getattr(reference, exercise_id)(*arguments, **keywords)
    documented = list(student.examples.OUTPUTS[exercise_id].values())
    parts = answer if isinstance(answer, tuple) else (answer,)
    for part, wanted in zip(parts, documented, strict=True):
        if isinstance(part, dict):
            assert {key: pytest.approx(array, abs=1e-8) for key, array in part.items()} == wanted
        else:
            assert part == pytest.approx(wanted, abs=1e-8)


def test_a_star_import_brings_the_test_cases_and_nothing_else(student):
    assert set(student.testCases.__all__) == {f"{name}_test_case" for name in EXERCISES}
