"""The sample class of Optimizer Ideas, graded by the engine."""

from __future__ import annotations

import nbformat
import pytest

from autograder.grading.pool import Pool
from autograder.grading.settings import Settings
from autograder.handin.notebook import submitted_cells
from tests.conftest import needs_isolation
from tests.exercises.optimizer_ideas import NAME
from tests.support.assignments import COURSE, load
from tests.support.sample_class import fill_in, written_by

pytestmark = [pytest.mark.slow, needs_isolation]

AVERAGE, RMSPROP, DECAY, STEPS = (exercise.id for exercise in load(NAME).exercises)
POINTS = {"ada": (25, 30, 20, 25), "ben": (25, 30, 20, 25), "ines": (0, 0, 0, 0)}
TOLD = {
    "chloe": {
        AVERAGE: "corrected-kept",
        RMSPROP: "no-root",
        DECAY: "stair-smooth",
        STEPS: "never-is-zero",
    },
    "dmitri": {RMSPROP: "epsilon-inside-root"},
    "eva": {AVERAGE: "cut-to-whole-numbers", RMSPROP: "weights-exchanged"},
}


@pytest.fixture(scope="module")
def verdicts():
    """What came of each student, by exercise."""
    released = nbformat.read(COURSE.release(NAME) / f"{NAME}.ipynb", as_version=4)
    found = {}
    with Pool(COURSE, NAME, Settings(workers=1, seed=11)) as pool:
        for student in {**POINTS, **TOLD}:
            notebook = fill_in(released, NAME, *written_by(student, NAME))
            verdict, _ = pool.grade(student, submitted_cells(notebook))
            found[student] = {known.exercise_id: known for known in verdict.exercises}
    return found


@pytest.mark.parametrize("student", POINTS)
def test_points(student, verdicts):
    assert tuple(known.score for known in verdicts[student].values()) == POINTS[student]


@pytest.mark.parametrize("student", TOLD)
def test_what_is_wrong_is_told(student, verdicts):
    known = verdicts[student].items()
    told = {id: found.diagnoses[0].id for id, found in known if found.diagnoses}
    assert TOLD[student].items() <= told.items()


def test_each_function_is_shown_beside_the_right_one(verdicts):
    for exercise_id, found in verdicts["chloe"].items():
        shown = found.demonstration
        assert shown is not None and shown.kind == "series", exercise_id
        assert len(shown.right[0]) > 20
        demonstration = load(NAME).exercise(exercise_id).demonstration
        picture = demonstration.picture(shown, "here") if demonstration else None
        assert picture and picture.caption
        assert "<svg" in picture.html
