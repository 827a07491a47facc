"""The helper module of the notebook, the documented data, and what three trainings come to."""

from __future__ import annotations

import inspect
import json
import warnings

import numpy as np
import pytest
from sklearn.datasets import make_circles

from autograder.authoring.reference import load_reference
from tests import ROOT
from tests.support.assignments import COURSE, load

DOCUMENTED = json.loads(
    (ROOT / "source_utils/initialization/workbook/documented.json").read_text(encoding="utf-8")
)
REFERENCE = load_reference(COURSE, load("initialization"))
NETWORK = {
    "sigmoid": ["x"],
    "relu": ["x"],
    "forward_propagation": ["X", "parameters"],
    "backward_propagation": ["X", "Y", "cache"],
    "compute_loss": ["a3", "Y"],
    "update_parameters": ["parameters", "grads", "learning_rate"],
    "predict": ["X", "Y", "parameters"],
    "predict_dec": ["parameters", "X"],
    "plot_decision_boundary": ["model", "X", "Y", "ax"],
    "load_dataset": [],
}


def test_the_documented_names_are_there(student):
    assert set(student.init_utils.__all__) == set(NETWORK)
    for name, arguments in NETWORK.items():
        assert list(inspect.signature(getattr(student.init_utils, name)).parameters) == arguments


def test_a_star_import_brings_the_three_test_cases_and_nothing_else(student):
    exercises = [name for name in DOCUMENTED if name != "model"]
    assert set(student.test_cases.__all__) == {f"{name}_test_case" for name in exercises}


@pytest.mark.parametrize("name", list(REFERENCE))
def test_the_reference_gives_the_documented_numbers(name, student):
    arguments, keywords = student.examples.EXAMPLES[name].call()
    parameters = REFERENCE[name](*arguments, **keywords)
    wanted = DOCUMENTED[name]["parameters"]
    assert list(parameters) == list(wanted)
    for key, array in parameters.items():
        assert array.shape == np.shape(wanted[key])
        np.testing.assert_allclose(array, wanted[key], rtol=1e-7, atol=5e-9)


def test_the_circles_are_those_of_the_documented_seeds(student):
    data = student.init_utils.load_dataset()
    state = np.random.get_state()  # noqa: NPY002
    try:
        for seed, m, X, Y in ((1, 300, *data[:2]), (2, 100, *data[2:])):
            np.random.seed(seed)  # noqa: NPY002 (the documented recipe)
            points, labels = make_circles(n_samples=m, noise=0.05)
            assert np.array_equal(X, np.transpose(points))
            assert np.array_equal(Y, np.reshape(labels, (1, m)))
    finally:
        np.random.set_state(state)  # noqa: NPY002


def test_loading_leaves_the_notebooks_random_state_alone(student):
    np.random.seed(5)  # noqa: NPY002
    student.init_utils.load_dataset()
    assert np.random.rand() == np.random.RandomState(5).rand()  # noqa: NPY002


@pytest.mark.parametrize(
    ("a3", "Y", "loss"),
    [
        ([[0.5, 0.5]], [[0, 1]], np.log(2)),
        ([[0.25, 0.5]], [[1, 0]], (np.log(4) + np.log(2)) / 2),
        ([[1.0, 0.5]], [[0, 1]], np.inf),
        ([[0.0, 0.5]], [[1, 1]], np.inf),
        ([[1.0, 0.0]], [[1, 0]], 0.0),
    ],
)
def test_the_loss_is_the_mean_cross_entropy_and_silent(a3, Y, loss, student):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert student.init_utils.compute_loss(np.array(a3), np.array(Y)) == pytest.approx(loss)


def test_a_step_goes_against_the_gradient_and_changes_nothing_in_place(student):
    parameters = {"W1": np.ones((1, 2)), "b1": np.zeros((1, 1))}
    grads = {"dW1": np.full((1, 2), 10.0), "db1": np.full((1, 1), -1.0)}
    moved = student.init_utils.update_parameters(parameters, grads, 0.1)
    assert np.allclose(moved["W1"], 0) and np.allclose(moved["b1"], 0.1)
    assert np.array_equal(parameters["W1"], np.ones((1, 2)))


def trained(utils, initialize, num_iterations=15000):
    """Train as the notebook does; return the parameters and the costs at 0 and 14,000."""
    X, Y, *_ = utils.load_dataset()
    parameters, costs = initialize([2, 10, 5, 1]), {}
    for iteration in range(num_iterations):
        a3, cache = utils.forward_propagation(X, parameters)
        if iteration in {0, 14000}:
            costs[str(iteration)] = utils.compute_loss(a3, Y)
        grads = utils.backward_propagation(X, Y, cache)
        parameters = utils.update_parameters(parameters, grads, 0.01)
    return parameters, costs


@pytest.mark.slow
@pytest.mark.parametrize("start", ["zeros", "random", "he"])
def test_a_training_reaches_what_is_documented(start, student):
    utils, wanted = student.init_utils, DOCUMENTED["model"][start]
    parameters, costs = trained(utils, REFERENCE[f"initialize_parameters_{start}"])
    train_X, train_Y, test_X, test_Y = utils.load_dataset()
    for part, X, Y in (("train", train_X, train_Y), ("test", test_X, test_Y)):
        accuracy = np.mean(utils.predict_dec(parameters, X) == Y)
        assert accuracy == pytest.approx(wanted[f"{part}_accuracy"], abs=1e-4)
    if start == "random":
        assert costs["0"] == np.inf  # the others differ between platforms
    else:
        assert costs == pytest.approx(wanted["cost_after_iteration"], abs=1e-9)


def test_units_that_start_alike_stay_alike(student):
    def alike(sizes):
        zeros = REFERENCE["initialize_parameters_zeros"](sizes)
        return {key: array + 0.3 * key.startswith("W") for key, array in zeros.items()}

    parameters, _ = trained(student.init_utils, alike, num_iterations=200)
    assert not np.allclose(parameters["W1"], 0.3, atol=1e-3)
    assert np.ptp(parameters["W1"], axis=0) == pytest.approx([0, 0], abs=1e-9)
