"""The numbers that the course draws at random: test cases, initial parameters and data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import make_moons

import testCases
from opt_utils import initialize_parameters, load_dataset, load_params_and_grads

SOURCE_UTILS = Path(testCases.__file__).parent
DOCUMENTED = json.loads((SOURCE_UTILS / "workbook" / "documented.json").read_text(encoding="utf-8"))
EXERCISES = [name for name in DOCUMENTED if name != "model"]
SHAPES = {"W1": (2, 3), "b1": (2, 1), "W2": (3, 3), "b2": (3, 1)}
DRAWS = {name: getattr(testCases, name) for name in testCases.__all__} | {
    "load_params_and_grads": load_params_and_grads,
    "initialize_parameters": lambda: initialize_parameters([2, 5, 2, 1]),
    "load_dataset": load_dataset,
}


def documented_randn(*shape: int, seed: int | None = None) -> np.ndarray:
    if seed is not None:
        np.random.seed(seed)  # noqa: NPY002 (the documented recipe)
    return np.random.randn(*shape)  # noqa: NPY002


def arrays_in(value: Any) -> list[np.ndarray]:
    """Return every array in nested tuples and dicts."""
    if isinstance(value, np.ndarray):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    return [array for part in parts if not np.isscalar(part) for array in arrays_in(part)]


def assert_documented(arrays: dict[str, np.ndarray], exercise: str, result: str) -> None:
    wanted = DOCUMENTED[exercise][result]
    assert set(arrays) == set(wanted)
    for name, array in arrays.items():
        np.testing.assert_allclose(array, wanted[name], rtol=1e-7, atol=5e-9, err_msg=name)


def test_a_star_import_brings_the_six_test_cases_and_nothing_else():
    namespace: dict[str, Any] = {"__builtins__": __builtins__}
    exec("from testCases import *", namespace)
    assert set(namespace) - {"__builtins__"} == {f"{name}_test_case" for name in EXERCISES}


def test_parameters_and_gradients_are_drawn_in_the_documented_order():
    parameters, gradients, _ = testCases.update_parameters_with_gd_test_case()
    assert list(parameters) == list(SHAPES)
    assert list(gradients) == [f"d{name}" for name in SHAPES]
    documented_randn(0, seed=1)
    for array, shape in zip(
        arrays_in((parameters, gradients)), 2 * [*SHAPES.values()], strict=True
    ):
        np.testing.assert_array_equal(array, documented_randn(*shape))


def test_gradient_descent_on_its_case_gives_the_documented_parameters():
    parameters, gradients, learning_rate = testCases.update_parameters_with_gd_test_case()
    moved = {name: W - learning_rate * gradients[f"d{name}"] for name, W in parameters.items()}
    assert_documented(moved, "update_parameters_with_gd", "parameters")


def test_momentum_on_its_case_gives_the_documented_velocity():
    _, gradients, v = testCases.update_parameters_with_momentum_test_case()
    moved = {name: 0.9 * v[name] + 0.1 * gradient for name, gradient in gradients.items()}
    assert_documented(moved, "update_parameters_with_momentum", "v")


def test_adam_on_its_case_gives_the_documented_moments():
    _, gradients, v, s = testCases.update_parameters_with_adam_test_case()
    v = {name: 0.9 * v[name] + 0.1 * gradient for name, gradient in gradients.items()}
    s = {name: 0.999 * s[name] + 0.001 * gradient**2 for name, gradient in gradients.items()}
    assert_documented(v, "update_parameters_with_adam", "v")
    assert_documented(s, "update_parameters_with_adam", "s")


@pytest.mark.parametrize("exercise", ["initialize_velocity", "initialize_adam"])
def test_initialization_cases_are_the_parameters_of_the_update_case(exercise):
    parameters = getattr(testCases, f"{exercise}_test_case")()
    wanted = testCases.update_parameters_with_gd_test_case()[0]
    np.testing.assert_equal(parameters, wanted)
    assert {f"d{name}": list(W.shape) for name, W in parameters.items()} == {
        name: list(np.shape(zeros)) for name, zeros in DOCUMENTED[exercise]["v"].items()
    }


def test_the_mini_batch_case_follows_the_documented_recipe():
    X, Y, mini_batch_size = testCases.random_mini_batches_test_case()
    np.testing.assert_array_equal(X, documented_randn(12288, 148, seed=1))
    np.testing.assert_array_equal(Y, documented_randn(1, 148) < 0.5)
    np.random.seed(0)  # noqa: NPY002 (the documented shuffle)
    first = X[0, np.random.permutation(148)[:3]]  # noqa: NPY002
    wanted = DOCUMENTED["random_mini_batches"]["first_X_row0_first3"]
    np.testing.assert_allclose(first, wanted, atol=5e-9)
    assert mini_batch_size == 64


def test_initial_parameters_follow_the_documented_recipe():
    parameters = initialize_parameters([2, 5, 2, 1])
    documented_randn(0, seed=3)
    for layer, (rows, columns) in enumerate([(5, 2), (2, 5), (1, 2)], start=1):
        wanted = documented_randn(rows, columns) * np.sqrt(2 / columns)
        np.testing.assert_array_equal(parameters[f"W{layer}"], wanted)
        np.testing.assert_array_equal(parameters[f"b{layer}"], np.zeros((rows, 1)))


def test_the_data_follow_the_documented_recipe():
    np.random.seed(3)  # noqa: NPY002 (the documented recipe)
    points, labels = make_moons(n_samples=300, noise=0.2)
    X, Y = load_dataset()
    np.testing.assert_array_equal(X, np.transpose(points))
    np.testing.assert_array_equal(Y, np.reshape(labels, (1, 300)))


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_drawing_leaves_the_global_random_state_alone(draw):
    np.random.seed(123)  # noqa: NPY002 (the state that a student's notebook would have)
    draw()
    assert np.random.random() == np.random.RandomState(123).random_sample()  # noqa: NPY002


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_what_a_student_overwrites_is_fresh_the_next_time(draw):
    first = [array.copy() for array in arrays_in(draw())]
    for array in arrays_in(draw()):
        array[...] = 1
    np.testing.assert_equal(arrays_in(draw()), first)


def test_the_two_moments_of_adam_share_no_array():
    arrays = arrays_in(testCases.update_parameters_with_adam_test_case())
    assert len({id(array) for array in arrays}) == len(arrays) == 16
