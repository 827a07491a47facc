"""The sample class of Gradient Checking, graded by the engine."""

from __future__ import annotations

import nbformat
import pytest

from autograder.grading.pool import Pool
from autograder.grading.settings import Settings
from autograder.handin.notebook import submitted_cells
from tests.conftest import needs_isolation
from tests.exercises.gradient_checking import NAME
from tests.support.assignments import COURSE
from tests.support.sample_class import fill_in, written_by

pytestmark = [pytest.mark.slow, needs_isolation]

POINTS = {
    "ada": (10, 10, 30, 50),
    "ben": (10, 10, 30, 50),
    "ines": (0, 0, 0, 0),
}
TOLD = {
    "chloe": {"gradient_check": "one-sided-up", "gradient_check_n": "one-sided-up"},
    "dmitri": {"gradient_check": "all-written-down"},
    "eva": {"gradient_check_n": "moves-add-up"},
    "farid": {
        "backward_propagation": "theta",
        "gradient_check": "numerator-alone",
        "gradient_check_n": "order-of-the-dict",
    },
    "grace": {
        "forward_propagation": "sum",
        "backward_propagation": "one",
        "gradient_check": "brackets-below",
        "gradient_check_n": "one-sided-up-halved",
    },
}
REDEFINED = """

def forward_propagation_n(X, Y, parameters):
    return 0.0, None


def backward_propagation_n(X, Y, cache):
    return {}
"""


@pytest.fixture(scope="module")
def pool():
    with Pool(COURSE, NAME, Settings(workers=1, seed=11)) as pool:
        yield pool


@pytest.fixture(scope="module")
def released():
    return nbformat.read(COURSE.release(NAME) / f"{NAME}.ipynb", as_version=4)


def graded(pool, released, student, more=""):
    answers, other = written_by(student, NAME)
    answers = {name: source + more for name, source in answers.items()}
    notebook = fill_in(released, NAME, answers, other)
    verdict, _ = pool.grade(student, submitted_cells(notebook))
    assert verdict.flags == ()
    return {known.exercise_id: known for known in verdict.exercises}


@pytest.mark.parametrize("student", POINTS)
def test_points(student, pool, released):
    found = graded(pool, released, student)
    assert tuple(known.score for known in found.values()) == POINTS[student]


@pytest.mark.parametrize("student", TOLD)
def test_what_is_wrong_is_told(student, pool, released):
    found = graded(pool, released, student)
    told = {id: known.diagnoses[0].id for id, known in found.items() if known.diagnoses}
    assert TOLD[student].items() <= told.items()


def test_whoever_redefines_the_network_loses_no_point(pool, released):
    found = graded(pool, released, "ada", REDEFINED)
    assert sum(known.score for known in found.values()) == 100


def test_a_wrong_check_is_shown_beside_the_right_one(pool, released):
    found = graded(pool, released, "chloe")
    for exercise_id in ("gradient_check", "gradient_check_n"):
        shown = found[exercise_id].demonstration
        assert shown.kind == "sweep"
        assert len(shown.own[0]) == len(shown.right[0]) == 7
