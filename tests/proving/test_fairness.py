"""A part of `make prove`: luck, the instant check against the grader, and random shapes."""

from __future__ import annotations

import random

import numpy as np
import pytest

from autograder.assignment.verdict import Outcome
from autograder.judging.judge import judge
from tests.conftest import NAME
from tests.proving import agreement, random_shapes, seeds
from tests.proving.contenders import Contender, known, mutated, right
from tests.proving.mutants import Mutant
from tests.proving.targets import targets
from tests.proving.trials import ask, function_of

TARGETS = targets(NAME)
ALL = [pytest.param(target, id=target.id) for target in TARGETS]
SOME = 4  # of each function's pairs and mutants


def a_sample(target) -> list[Contender]:
    """Return some wrong solutions of an exercise, always the same."""
    rng = random.Random(7)
    return [
        contender
        for made in (known(target, 1), known(target, 2), mutated(target))
        for contender in rng.sample(list(made), SOME)
    ]


def one(target, name):
    return function_of(next(c.solution for c in known(target, 1) if c.solution.change == name))


GD, BATCHES, VELOCITY, _, _, ADAM = TARGETS


@pytest.mark.slow
@pytest.mark.parametrize("target", ALL)
def test_a_wrong_solution_passes_the_same_cases_with_every_seed(target):
    for contender in a_sample(target):
        found = seeds.fickle_cases(function_of(contender.solution), target, 20, 5)
        assert found == [], contender.name


@pytest.mark.slow
@pytest.mark.parametrize("target", ALL)
def test_a_right_solution_fails_no_case_with_any_seed(target):
    for contender in right(target):
        assert seeds.failed_cases(function_of(contender.solution), target, 10) == []


# What once earned other points in other runs.
LUCKY = [
    pytest.param({"root = np.sqrt(s_hat)": "root = np.sqrt(s_hat + epsilon)",
                  "(root + epsilon)": "root"}, 2, id="ε inside the root"),
    pytest.param({"v_hat / (root + epsilon)": "v_hat / root + epsilon"}, 2,
                 id="ε added to the fraction"),
    pytest.param({"root = np.sqrt(s_hat)": 'root = np.sqrt(s_hat + (kind == "b") * epsilon)',
                  "(root + epsilon)": '(root + (kind == "W") * epsilon)'}, 2,
                 id="ε inside for b only"),
    pytest.param({"epsilon=1e-8": "epsilon=1e-6"}, 1, id="another default of ε"),
    pytest.param({"epsilon=1e-8": "epsilon=1e-7"}, 1, id="a near default of ε"),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "fewest"), LUCKY)
def test_where_epsilon_stands_is_noticed_by_the_same_cases_always(edits, fewest):
    catalogue = ADAM.exercise.catalogue
    assert catalogue
    source = catalogue.solution
    for old, new in edits.items():
        assert source.count(old) == 1
        source = source.replace(old, new)
    function = function_of(Mutant(ADAM, ADAM.id, "", source))
    assert seeds.fickle_cases(function, ADAM, 50, 50) == []
    failed = seeds.failed_cases(function, ADAM, 3)
    assert "tiny gradients" in failed and len(failed) >= fewest


def test_luck_is_noticed():
    def gd(parameters, grads, learning_rate):
        right = {key: w - learning_rate * grads["d" + key] for key, w in parameters.items()}
        return right if grads["dW1"][0, 0] > 0 else parameters

    assert "four layers" in seeds.fickle_cases(gd, GD, 50, 10)
    assert "the documented example" not in seeds.fickle_cases(gd, GD, 50, 10)


@pytest.mark.slow
@pytest.mark.parametrize("target", ALL)
def test_the_quick_judgement_is_the_judges(target):
    for contender in [*[*right(target)][:3], *known(target, 1)]:
        function = function_of(contender.solution)
        for question in seeds.questions_of(target, 1):
            verdict = judge(target.exercise, question, ask(function, question))
            passed, _ = seeds.outcome(function, target.exercise, question, 1)
            assert passed is (verdict.outcome is Outcome.PASSED), (contender.name, verdict)


@pytest.mark.slow
@pytest.mark.parametrize("target", ALL)
def test_check_and_grader_agree(target):
    for contender in (*known(target, 1), *a_sample(target), *right(target)):
        function = function_of(contender.solution)
        green = agreement.is_green(target, function)
        assert green is agreement.is_accepted(target, function), contender.name


def test_both_are_red_where_a_printed_digit_differs():
    """−1.09245036 beside −1.09244991."""
    function = one(ADAM, "epsilon-inside-root")
    assert not agreement.is_green(ADAM, function)
    assert not agreement.is_accepted(ADAM, function)


def test_a_last_slice_that_fits_many_full_batches_only_is_rejected():
    def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
        np.random.seed(seed)  # noqa: NPY002 - the documented recipe
        m, size = X.shape[1], mini_batch_size
        order = np.random.permutation(m)  # noqa: NPY002
        X, Y = X[:, order], Y[:, order]
        n = m // size
        batches = [(X[:, k * size :][:, :size], Y[:, k * size :][:, :size]) for k in range(n)]
        if m < size:
            batches.append((X, Y))
        elif m % size:
            last = slice(n * size, (m - size) * n)
            batches.append((X[:, last], Y[:, last]))
        return batches

    assert seeds.failed_cases(random_mini_batches, BATCHES, 1) == ["one full batch and a rest"]


def test_a_hole_in_the_cases_is_found():
    def initialize_velocity(parameters):
        zeros = {f"d{key}": np.zeros_like(array) for key, array in parameters.items()}
        return zeros if len(parameters) != 2 * 6 else {}

    assert seeds.failed_cases(initialize_velocity, VELOCITY, 1) == []
    assert "W6: shape" in random_shapes.first_wrong(initialize_velocity, VELOCITY)


@pytest.mark.slow
@pytest.mark.parametrize("target", ALL)
def test_a_right_solution_is_right_with_every_shape(target):
    for contender in right(target):
        assert random_shapes.first_wrong(function_of(contender.solution), target) == ""


def test_every_goal_that_is_missed_is_told():
    luck = seeds.Luck(differ=["a"], rejected=["b"])
    assert seeds.goals_missed([luck]) == ["depends on luck: a", "rejected with some seed: b"]
    apart = agreement.Agreement(only_check=["c"], only_grader=["d"])
    assert len(agreement.goals_missed([apart])) == 2
    assert random_shapes.goals_missed([random_shapes.Holes(found=["e"])])
