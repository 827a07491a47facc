"""What the proof finds of a wrong solution, grading finds as well, through the sandbox."""

from __future__ import annotations

import random

import nbformat
import pytest

from autograder.course import Course
from autograder.grading.pool import Pool
from autograder.grading.settings import Settings
from autograder.handin.notebook import submitted_cells
from autograder.judging.marking import mark
from tests.conftest import NAME, needs_isolation
from tests.proving.proof import mutants_for
from tests.proving.targets import Target
from tests.proving.trials import answers_of, benches, function_of
from tests.support.sample_class import fill_in

pytestmark = [pytest.mark.slow, needs_isolation]

SEED = 11
CLASS = 3


@pytest.fixture(scope="module")
def bench():
    return benches(NAME, SEED)


@pytest.fixture(scope="module")
def sample(bench):
    """Return some mutants of each exercise, none of which draws without a seed."""
    rng = random.Random(8)
    made = {one: mutants_for(Target(NAME, one), 3) for one in bench}
    return {
        one: rng.sample([mutant for mutant in mutants if "seed" not in mutant.change], CLASS)
        for one, mutants in made.items()
    }


def test_both_tell_the_same(released_course: Course, bench, sample):
    released = nbformat.read(released_course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    told = set()
    with Pool(released_course, NAME, Settings(workers=1, seed=SEED)) as pool:
        for place in range(CLASS):
            mutants = {one: made[place] for one, made in sample.items()}
            answers = {one: f"{m.source}\n\n{one} = {m.style}\n" for one, m in mutants.items()}
            verdict, _ = pool.grade("ada", submitted_cells(fill_in(released, NAME, answers, "")))
            for graded in verdict.exercises:
                one = bench[graded.exercise_id]
                function = function_of(mutants[graded.exercise_id])
                proven = mark(one.diagnostician, answers_of(function, one.questions))
                assert graded.diagnoses == proven.diagnoses, mutants[graded.exercise_id]
                assert [case.outcome for case in graded.cases] == [
                    case.outcome for case in proven.cases
                ]
                told |= {found.id for found in graded.diagnoses}
    assert len(told) > CLASS
