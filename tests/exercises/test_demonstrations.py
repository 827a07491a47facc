"""What a function shows on inputs that anyone may see: asked safely, and read with suspicion."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest

from autograder.assignment.verdict import Demonstrated
from autograder.course import Course
from autograder.grading.pool import Pool
from autograder.grading.settings import Settings
from autograder.handin.notebook import submitted_cells
from autograder.judging.questions import draw
from autograder.sandbox.inside.programs import play
from autograder.sandbox.timing import BudgetExceeded
from tests.conftest import NAME, needs_isolation
from tests.support.assignments import load, part_of
from tests.support.feedback_samples import facts_of
from tests.support.sample_class import fill_in, written_by

demonstrations = part_of(NAME, "demonstrations")
OptimizerPath, Partition = demonstrations.OptimizerPath, demonstrations.Partition
VALLEY = part_of(NAME, "bowl").VALLEY
path_figure, partition_figure = part_of(NAME, "path_figure"), part_of(NAME, "partition_figure")
describe_paths, lay_out_paths = path_figure.describe_paths, path_figure.lay_out_paths
describe_partitions = partition_figure.describe_partitions
lay_out_partitions = partition_figure.lay_out_partitions

GD = "update_parameters_with_gd"
PATH = OptimizerPath(settings=(0.1,))
RIGHT = ((((1.0, 1.0), (3.0, 3.0)), ((2.0, 2.0), (4.0, 4.0))),)[0]


def step(parameters, grads, learning_rate):
    return {key: parameters[key] - learning_rate * grads[f"d{key}"] for key in parameters}


def path_of(function, path=PATH):
    return path.play(lambda call: play(call.program, function, call.arguments))


def test_gradient_descent_comes_down_the_valley():
    (path,) = path_of(step)
    assert len(path) == 31
    assert path[0] == VALLEY.start
    assert path[1] == pytest.approx((-3.5 * (1 - 0.1 * 0.5), 1.2 * (1 - 0.1 * 18)))
    assert abs(path[-1][1]) < 0.01


ODD = {
    "nothing": None,
    "a number": 1.0,
    "a list": [1, 2],
    "no bias": {"W1": np.ones((1, 1))},
    "words": {"W1": "one", "b1": "two"},
    "nan": {"W1": np.array([[np.nan]]), "b1": np.ones((1, 1))},
    "infinity": {"W1": np.array([[np.inf]]), "b1": np.ones((1, 1))},
    "a huge integer": {"W1": 10**400, "b1": 0},
    "a truth value": {"W1": True, "b1": False},
    "many numbers": {"W1": np.ones((2, 2)), "b1": np.ones((2, 1))},
    "complex": {"W1": np.array([[1j]]), "b1": np.ones((1, 1))},
    "text arrays": {"W1": np.array([["x"]]), "b1": np.array([["y"]])},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_an_odd_answer_ends_the_path(odd):
    answers = iter([{"W1": np.array([[1.0]]), "b1": np.array([[0.5]])}, odd])
    assert path_of(lambda *_: next(answers)) == (((-3.5, 1.2), (1.0, 0.5)),)


@pytest.mark.parametrize("odd", [*ODD.values(), (), ({}, {}, {})], ids=[*ODD, "empty", "empties"])
def test_an_odd_answer_with_moments_ends_the_path_too(odd):
    adam = OptimizerPath(settings=(0.2,), moments=2, counts_steps=True)
    assert path_of(lambda *_: odd, adam) == (((-3.5, 1.2),),)


FORGED = {
    "nothing": None,
    "words": "((1.0, 2.0),)",
    "lists": [[1.0, 2.0]],
    "three": [(1.0, 2.0, 3.0)],
    "nan": [(float("nan"), 1.0)],
    "infinity": [(1.0, float("inf"))],
    "truth values": [(True, False)],
    "NumPy's own": [(np.float64(1), np.float64(2))],
    "arrays": [(np.ones(2), np.ones(2))],
}


@pytest.mark.parametrize("sent", FORGED.values(), ids=list(FORGED))
def test_a_forged_path_is_not_drawn(sent):
    assert PATH.play(lambda _call: sent) == (((-3.5, 1.2),),)


def test_a_path_ends_where_it_should_however_much_is_sent():
    assert len(PATH.play(lambda _call: [(0.0, 0.0)] * 10_000)[0]) == 31
    assert len(PATH.play(lambda _call: [(0.0, 99.0)] * 30)[0]) == 2


def test_a_path_ends_where_the_rule_fails_but_not_in_time():
    def fails(parameters, grads, learning_rate):
        if parameters["W1"].item() > -3.4:
            raise SystemExit
        return step(parameters, grads, learning_rate)

    assert len(path_of(fails)[0]) == 2

    def late(*_arguments):
        raise BudgetExceeded

    with pytest.raises(BudgetExceeded):
        path_of(late)


def test_a_rule_gets_back_its_own_moments_and_the_number_of_the_step():
    seen = []

    def rule(parameters, _grads, v, s, t, rate):
        seen.append((v["dW1"].item(), t, rate))
        return parameters, {"dW1": v["dW1"] + 1, "db1": v["db1"]}, s

    path_of(rule, OptimizerPath(settings=(0.2,), moments=2, counts_steps=True, steps=3))
    assert seen == [(0.0, 1, 0.2), (1.0, 2, 0.2), (2.0, 3, 0.2)]


BATCHES = {
    "nothing": (None, ()),
    "a number": (3, ()),
    "no pairs": ([1, 2], ((), ())),
    "words": ([("x", "y")], ((),)),
    "whole X": ([np.ones((2, 3))], ((),)),
    "no such example": ([(np.array([[99.0, 1.5]]), np.array([[2.0, 3.0]]))], (((0, 2), (0, 3)),)),
    "flat Y": ([(np.array([[4.0, 5.0]] * 2), np.array([4.0, 5.0]))], (((4, 4), (5, 5)),)),
    "fewer labels": ([(np.array([[4.0, 5.0]]), np.array([[4.0]]))], (((4, 4), (5, 0)),)),
    "not a number": ([(np.array([[np.nan]]), np.array([[1.0]]))], (((0, 1),),)),
    "three dimensions": ([(np.ones((1, 1, 1)), np.ones((1, 1)))], (((0, 1),),)),
    "no columns": ([(np.ones((0, 5)), np.ones((0, 5)))], ((),)),
}


@pytest.mark.parametrize(("answer", "pairs"), BATCHES.values(), ids=list(BATCHES))
def test_odd_mini_batches_are_read_as_far_as_they_go(answer, pairs):
    groups = Partition().play(lambda _call: answer)
    assert groups == pairs
    lay_out_partitions(Demonstrated("partition", groups, RIGHT))


def test_a_flood_of_mini_batches_is_cut():
    many = [(np.ones((1, 1)), np.ones((1, 1)))] * 10_000
    assert len(Partition().play(lambda _call: many)) == 40
    wide = [(np.ones((1, 10_000)), np.ones((1, 10_000)))]
    assert len(Partition().play(lambda _call: wide)[0]) == 40


@pytest.mark.parametrize(
    ("own", "says"),
    [
        pytest.param(RIGHT, "are the right ones", id="right"),
        pytest.param((((1, 1), (2, 2)), ((3, 3), (4, 4))), "were not shuffled", id="unshuffled"),
        pytest.param((((3, 3), (1, 1)), ((2, 2), (4, 4))), "in another order", id="other order"),
        pytest.param((((1, 1), (3, 3)),), "Missing in X: 2 and 4.", id="a batch dropped"),
        pytest.param((((1, 1), (3, 3)),), "have 2 examples, the right ones 2 and 2", id="sizes"),
        pytest.param((((1, 1), (3, 3)),) * 2, "More than once in X: 1 and 3.", id="repeated"),
        pytest.param((((1, 2), (3, 1)), ((2, 3), (4, 4))), "In 3 of 4 columns", id="apart"),
        pytest.param((((1, 1), (0, 3)), ((2, 2), (4, 4))), "1 column of X", id="no example"),
    ],
)
def test_words_say_how_a_partition_differs(own, says):
    assert says in describe_partitions(Demonstrated("partition", own, RIGHT))


SLOPE = ((-3.5, 1.2), (-3.0, 1.0), (-2.5, 0.8), (-2.0, 0.6))


@pytest.mark.parametrize(
    ("own", "says"),
    [
        pytest.param(SLOPE, "your path is the right one", id="same"),
        pytest.param((*SLOPE[:3], (-2.0, 1.6)), "They part at step 3.", id="part late"),
        pytest.param(SLOPE[:2], "could not go on from its own answer after 1 step.", id="stops"),
        pytest.param((SLOPE[0], (99.0, 0.0)), "leaves the map after 1 step.", id="leaves"),
    ],
)
def test_words_say_where_a_path_leads(own, says):
    assert says in describe_paths(Demonstrated("path", (own,), (SLOPE,)))


def test_a_path_without_a_step_is_not_drawn():
    assert lay_out_paths(Demonstrated("path", (SLOPE[:1],), (SLOPE,))) is None


@pytest.fixture(scope="module")
def pool(released_course: Course):
    with Pool(released_course, NAME, Settings(workers=1, seed=11)) as pool:
        yield pool


@pytest.fixture(scope="module")
def released(released_course: Course):
    return nbformat.read(released_course.release(NAME) / f"{NAME}.ipynb", as_version=4)


def grade(pool, released, changes, helpers=""):
    answers, other = written_by("ada", NAME)
    notebook = fill_in(released, NAME, answers | changes, f"{other}\n{helpers}")
    verdict, _ = pool.grade("ada", submitted_cells(notebook))
    found = {known.exercise_id: known for known in verdict.exercises}
    return verdict, found


@pytest.mark.slow
@needs_isolation
def test_only_a_wrong_answer_is_shown_and_the_reference_beside_it(pool, released, repo):
    answers, _ = written_by("eva", NAME)
    adam = "update_parameters_with_adam"
    verdict, found = grade(pool, released, {adam: answers[adam]})
    assert {name for name, known in found.items() if known.demonstration} == {adam}
    here = {known.exercise_id: known for known in facts_of(repo, "eva").verdict.exercises}
    assert found[adam].demonstration == here[adam].demonstration
    assert verdict.graded_by.startswith("workbook-autograder ")


# Hidden cases have more than one weight, so the function knows that it is asked to show itself.
CLIPPED = """
def update_parameters_with_gd(parameters, grads, learning_rate):
    if parameters["W1"].shape == (1, 1):
        {end}
    rate = min(learning_rate, 0.1)
    return {{key: parameters[key] - rate * grads["d" + key] for key in parameters}}
"""


@pytest.mark.slow
@needs_isolation
@pytest.mark.parametrize(
    "end",
    [
        pytest.param("import os; os._exit(0)", id="ends itself"),
        pytest.param("import time; time.sleep(10**9)", id="sleeps"),
        pytest.param("while True: pass", id="loops"),
        pytest.param("return 'x' * 10**8", id="floods"),
        pytest.param("raise ValueError", id="raises"),
        pytest.param("return {'W1': float('nan')}", id="answers nonsense"),
    ],
)
def test_what_a_demonstration_comes_to_costs_nothing(end, pool, released):
    verdict, found = grade(pool, released, {GD: CLIPPED.format(end=end)})
    assert found[GD].score == 8.75
    assert sum(known.score for known in found.values()) == 98.75
    assert verdict.flags == ()


@pytest.mark.slow
@needs_isolation
@pytest.mark.parametrize(
    "leak",
    [
        pytest.param("raise ValueError(str(parameters))", id="an exception's text"),
        pytest.param("return type(str(parameters['W1']), (), {})()", id="the name of a class"),
        pytest.param("return {str(parameters): parameters}", id="a key"),
    ],
)
def test_a_function_cannot_quote_its_hidden_inputs(leak, pool, released):
    source = f"def {GD}(parameters, grads, learning_rate):\n    {leak}"
    _, found = grade(pool, released, {GD: source}, "np.set_printoptions(precision=4)")
    said = " ".join(case.message for case in found[GD].cases)
    assert found[GD].score == 0
    for question in draw(load(NAME).exercise(GD), 11)[1:]:
        for number in question.call.arguments[0]["W1"].ravel():
            assert f"{abs(number):.4f}".rstrip("0") not in said or number == round(number)
