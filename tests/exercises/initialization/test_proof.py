"""Right solutions earn all points, each known mistake costs the same ones and is told by name."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.authoring.reference import load_reference
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.marking import mark
from tests import ROOT
from tests.proving.trials import answered, ask
from tests.support.assignments import COURSE, load

pytestmark = pytest.mark.slow

NAME = "initialization"
ASSIGNMENT = load(NAME)
REFERENCE = load_reference(COURSE, ASSIGNMENT)
SEEDS = range(4)
EXERCISES = [exercise.id for exercise in ASSIGNMENT.exercises]
SOLUTIONS = ROOT / "tests" / "solutions" / NAME


def right_solutions(path: Path) -> dict[str, Callable[..., Any]]:
    spec = importlib.util.spec_from_file_location(f"{NAME}_{path.stem}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    names = {name: value for name, value in vars(module).items() if not name.startswith("_")}
    return {name: value for name, value in names.items() if hasattr(value, "__code__")}


RIGHT = [
    pytest.param(exercise_id, function, id=f"{exercise_id}-{name}")
    for exercise_id in EXERCISES
    for name, function in right_solutions(SOLUTIONS / f"{exercise_id}.py").items()
]
MISTAKES = [
    pytest.param(exercise.id, entry, id=f"{exercise.id}-{entry.id}")
    for exercise in ASSIGNMENT.exercises
    for entry in (exercise.catalogue.entries if exercise.catalogue else ())
]


@cache
def diagnostician(exercise_id: str, seed: int) -> Diagnostician:
    """Keep what the known mistakes answer: to work it out takes longer than all else."""
    exercise = ASSIGNMENT.exercise(exercise_id)
    return Diagnostician(exercise, answered(exercise, REFERENCE[exercise_id], seed))


def verdicts(exercise_id: str, function: Callable[..., Any], seeds=SEEDS) -> list[Any]:
    known = [diagnostician(exercise_id, seed) for seed in seeds]
    return [mark(one, [ask(function, question) for question in one.questions]) for one in known]


@pytest.fixture(autouse=True)
def another_state():
    """Leave no generator in a state that a solution could have set by itself."""
    np.random.seed(20)  # noqa: NPY002


@pytest.mark.parametrize(("exercise_id", "function"), RIGHT)
def test_a_right_solution_earns_all_points(exercise_id, function):
    points = ASSIGNMENT.exercise(exercise_id).points
    for verdict in verdicts(exercise_id, function, range(50)):
        assert verdict.score == points, [case for case in verdict.cases if case.message]


def test_there_are_many_right_solutions():
    assert all(sum(r.values[0] == exercise for r in RIGHT) >= 10 for exercise in EXERCISES)


@pytest.mark.parametrize(("exercise_id", "entry"), MISTAKES)
def test_a_known_mistake_is_told_and_costs_the_same_with_any_seed(exercise_id, entry):
    exercise = ASSIGNMENT.exercise(exercise_id)
    assert exercise.catalogue
    found = verdicts(exercise_id, exercise.catalogue.function(exercise_id, entry))
    assert {tuple(one.id for one in verdict.diagnoses) for verdict in found} == {(entry.id,)}
    assert len({verdict.score for verdict in found}) == 1
    assert found[0].score < exercise.points


def unseeded(layers_dims, scale=10.0, rng=np.random.default_rng()):  # noqa: B008
    parameters = {}
    for layer in range(1, len(layers_dims)):
        shape = layers_dims[layer], layers_dims[layer - 1]
        parameters[f"W{layer}"] = rng.standard_normal(shape) * scale
        parameters[f"b{layer}"] = np.zeros((layers_dims[layer], 1))
    return parameters


def test_without_a_seed_the_points_do_not_depend_on_luck():
    found = verdicts("initialize_parameters_random", unseeded, range(12))
    assert len({verdict.score for verdict in found}) == 1


def documented_only(layers_dims):
    """Return what is documented, for any sizes."""
    return REFERENCE["initialize_parameters_random"]([3, 2, 1])


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_a_documented_answer_that_is_written_down_earns_nothing(exercise_id):
    known = ASSIGNMENT.exercise(exercise_id).cases[0].draw(np.random.default_rng(0))
    answer = REFERENCE[exercise_id](*known.arguments)
    assert {v.score for v in verdicts(exercise_id, lambda layers_dims: answer)} == {0.0}


ODD = {
    "None": None,
    "a number": 3,
    "a text": "W1",
    "a list": [np.ones((3, 3))],
    "no arrays": {"W1": None, "b1": "zeros"},
    "text arrays": {"W1": np.array([["a"]]), "b1": np.array([["b"]])},
    "keys of all kinds": {1: 2, None: 3, ("W", 1): np.zeros((2, 2)), "W1": {}},
    "nan": {f"{kind}{layer}": np.array([[np.nan]]) for kind in "Wb" for layer in range(1, 13)},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_an_odd_answer_is_judged_and_earns_nothing(odd, exercise_id):
    for verdict in verdicts(exercise_id, lambda layers_dims: odd):
        assert verdict.is_judged
        assert verdict.score == 0


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_no_message_quotes_a_weight(exercise_id):
    zeros = REFERENCE["initialize_parameters_zeros"]
    for verdict in verdicts(exercise_id, lambda dims: {k: v + 1 for k, v in zeros(dims).items()}):
        said = " ".join(case.message for case in verdict.cases)
        assert said
        assert "17.88" not in said and "1.78" not in said and "4.36" not in said


def from_one_pool(layers_dims, dtype=float):
    """Return zeros of the right shapes, all of them the beginning of one pool."""
    pool = np.zeros(200, dtype)
    shapes = {}
    for layer in range(1, len(layers_dims)):
        shapes |= {f"W{layer}": (layers_dims[layer], layers_dims[layer - 1])}
        shapes |= {f"b{layer}": (layers_dims[layer], 1)}
    return {key: pool[: np.prod(shape)].reshape(shape) for key, shape in shapes.items()}


@pytest.mark.parametrize("dtype", [np.float64, np.longdouble])
def test_views_of_one_pool_are_not_an_array_for_each_key(dtype):
    for verdict in verdicts(
        "initialize_parameters_zeros", lambda sizes: from_one_pool(sizes, dtype)
    ):
        failed = {case.name: case.message for case in verdict.cases if case.message}
        assert failed.keys() == {"an array for each key"}
        assert '["W1"] and ["b1"] are one' in failed["an array for each key"]
