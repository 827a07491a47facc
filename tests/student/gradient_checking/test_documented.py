"""The documented numbers, the recipe that they come from, and the way from dict to vector."""

# The documented recipe draws from NumPy's global generator.
# ruff: noqa: NPY002

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import pytest

from autograder.authoring.exercises import student_modules
from autograder.authoring.reference import load_reference
from autograder.authoring.workbook import compose
from tests.exercises.gradient_checking import NAME
from tests.support.assignments import COURSE, load

with student_modules(COURSE, NAME):
    gc_utils = importlib.import_module("gc_utils")
    testCases = importlib.import_module("testCases")  # noqa: N816
    examples = importlib.import_module("workbook.examples")
    network = importlib.import_module("workbook.checked_network")

ASSIGNMENT = load(NAME)
EXERCISES = [exercise.id for exercise in ASSIGNMENT.exercises]


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    """The names that the instructor's notebook defines, its repair included."""
    cells = {cell.id: cell.source for cell in compose(COURSE.text(NAME), ASSIGNMENT).cells}
    names: dict[str, Any] = {"np": np, **vars(gc_utils)}
    wanted = ["network-forward", "network-backward", "gradient_check_n-answer", "repair-yours"]
    for name in wanted:
        exec(cells[name], names)
    return names


def difference(notebook, backward, epsilon=1e-7):
    X, Y, parameters = testCases.gradient_check_n_test_case()
    cache = notebook["forward_propagation_n"](X, Y, parameters)[1]
    gradients = notebook[backward](X, Y, cache)
    return notebook["gradient_check_n"](parameters, gradients, X, Y, epsilon)


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_reference_gives_the_documented_numbers(exercise_id):
    example = examples.EXAMPLES[exercise_id]
    arguments, keywords = example.call()
    answer = load_reference(COURSE, ASSIGNMENT)[exercise_id](*arguments, **keywords)
    (documented,) = examples.OUTPUTS[exercise_id].values()
    assert answer == pytest.approx(documented, rel=1e-6)


def test_the_example_of_the_planted_bugs_is_the_notebooks_own_backward_pass(notebook):
    X, Y, parameters = testCases.gradient_check_n_test_case()
    cache = notebook["forward_propagation_n"](X, Y, parameters)[1]
    own = notebook["backward_propagation_n"](X, Y, cache)
    given = network.given_gradients(X, Y, parameters)
    assert list(own) == list(given)
    for key, gradient in own.items():
        np.testing.assert_allclose(given[key], gradient, rtol=1e-12)


def test_the_planted_bugs_are_found_and_their_repair_drops_the_difference(notebook):
    assert difference(notebook, "backward_propagation_n") == pytest.approx(0.285093156781, rel=1e-9)
    repaired = difference(notebook, "repaired_backward_propagation_n")
    assert f"{repaired:.1e}" == f"{examples.OUTPUTS['repaired']['difference']:.1e}" == "1.2e-07"


def test_the_threshold_of_some_editions_calls_the_repaired_code_wrong(notebook):
    assert 1e-7 < difference(notebook, "repaired_backward_propagation_n") < 2e-7
    assert difference(notebook, "repaired_backward_propagation_n", 1e-5) < 1e-8


def test_the_case_follows_the_documented_recipe():
    np.random.seed(1)
    X, Y, parameters = testCases.gradient_check_n_test_case()
    np.testing.assert_array_equal(X, np.random.randn(4, 3))
    np.testing.assert_array_equal(Y, [1, 1, 0])
    shapes = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
    assert list(parameters) == list(shapes)
    for key, shape in shapes.items():
        np.testing.assert_array_equal(parameters[key], np.random.randn(*shape))


def test_a_star_import_brings_the_test_cases_and_nothing_else():
    assert set(testCases.__all__) == {f"{name}_test_case" for name in EXERCISES}


def test_drawing_leaves_the_global_random_state_alone():
    np.random.seed(123)
    testCases.gradient_check_n_test_case()
    assert np.random.random() == np.random.RandomState(123).random_sample()


@pytest.mark.parametrize("sizes", gc_utils.SIZES.values(), ids=str)
def test_a_vector_and_its_dictionary_are_the_same_numbers(sizes):
    rng = np.random.default_rng(1)
    shapes = list(gc_utils._shapes(sizes))
    parameters = dict(zip(gc_utils.KEYS, map(rng.standard_normal, shapes), strict=True))
    theta, keys = gc_utils.dictionary_to_vector(parameters)
    assert theta.shape == (len(keys), 1) and gc_utils.SIZES[len(keys)] == sizes
    np.testing.assert_equal(gc_utils.vector_to_dictionary(theta), parameters)
    np.testing.assert_equal(gc_utils.vector_to_dictionary(theta.ravel()), parameters)
    assert [keys.index(key) for key in gc_utils.KEYS] == sorted(set(map(keys.index, keys)))


def test_neither_way_shares_memory():
    _, _, parameters = testCases.gradient_check_n_test_case()
    theta, _ = gc_utils.dictionary_to_vector(parameters)
    back = gc_utils.vector_to_dictionary(theta)
    for key, array in parameters.items():
        assert not np.shares_memory(theta, array)
        assert not np.shares_memory(theta, back[key])


def test_gradients_stand_in_the_order_of_their_parameters():
    X, Y, parameters = testCases.gradient_check_n_test_case()
    gradients = network.given_gradients(X, Y, parameters)
    wanted, _ = gc_utils.dictionary_to_vector({key: gradients[f"d{key}"] for key in parameters})
    np.testing.assert_array_equal(gc_utils.gradients_to_vector(gradients), wanted)


def test_a_vector_of_no_network_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="theta must hold 47 or 20 numbers, but it holds 46"):
        gc_utils.vector_to_dictionary(np.zeros((46, 1)))


def test_activations():
    np.testing.assert_allclose(gc_utils.sigmoid([-1e4, 0.0, 1e4]), [0, 0.5, 1], atol=1e-300)
    np.testing.assert_array_equal(gc_utils.relu(np.array([-1, 0, 2])), [0, 0, 2])
