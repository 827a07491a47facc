"""A wrong function shows what it does before anything hidden is sent, or in a child of its own."""

from __future__ import annotations

import nbformat
import pytest

from autograder.course import Course
from autograder.grading.pool import Pool
from autograder.grading.settings import Settings
from autograder.handin.notebook import submitted_cells
from autograder.sandbox.client import Zygote
from tests.conftest import NAME, needs_isolation
from tests.support.sample_class import fill_in, written_by

pytestmark = [pytest.mark.slow, needs_isolation]

GD = "update_parameters_with_gd"
UPHILL = """
def update_parameters_with_gd(parameters, grads, learning_rate):
    return {key: parameters[key] + learning_rate * grads["d" + key] for key in parameters}
"""
# The documented example has this learning rate; hidden cases have others.
FIXED_RATE = UPHILL.replace("+ learning_rate", "- 0.01")
# The known answer first, then the demonstration.
ENDS_IN_ITS_SECOND_CALL = """
import os
calls = []
def update_parameters_with_gd(parameters, grads, learning_rate):
    calls.append(1)
    if len(calls) > 1:
        os._exit(1)
    return {key: parameters[key] + learning_rate * grads["d" + key] for key in parameters}
"""


@pytest.fixture(scope="module")
def pool(released_course: Course):
    with Pool(released_course, NAME, Settings(workers=1, seed=11)) as pool:
        yield pool


@pytest.fixture
def children(monkeypatch):
    """Counts the children that a hand-in takes."""
    counted = []
    child = Zygote.child

    def counting(self):
        counted.append(self)
        return child(self)

    monkeypatch.setattr(Zygote, "child", counting)
    return counted


@pytest.fixture
def graded(pool, released_course: Course):
    released = nbformat.read(released_course.release(NAME) / f"{NAME}.ipynb", as_version=4)

    def grade(source):
        answers, others = written_by("ada", NAME)
        notebook = fill_in(released, NAME, {**answers, GD: source.strip()}, others)
        verdict, _ = pool.grade("ada", submitted_cells(notebook))
        return verdict

    return grade


def test_what_known_numbers_show_to_be_wrong_takes_one_child(graded, children):
    first, *others = graded(UPHILL).exercises
    assert first.score == 0
    assert first.demonstration is not None
    assert len(first.demonstration.own[0]) > 2
    assert [one.score for one in others] == [one.points for one in others]
    assert len(children) == 1


def test_what_only_hidden_numbers_show_to_be_wrong_takes_another(graded, children):
    first = graded(FIXED_RATE).exercises[0]
    assert 0 < first.score < first.points
    assert first.demonstration is not None
    assert len(children) == 2


def test_what_shows_nothing_is_no_loss_to_the_others(graded):
    verdict = graded(ENDS_IN_ITS_SECOND_CALL)
    first, *others = verdict.exercises
    assert first.score == 0
    assert first.demonstration is None
    assert [one.score for one in others] == [one.points for one in others]
    assert f"{GD} ended its own process" in verdict.flags
