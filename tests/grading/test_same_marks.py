"""The same work earns the same marks: graded at once, one by one, and again."""

from __future__ import annotations

import json

import nbformat
import pytest

from autograder.course import Course
from tests.conftest import NAME, needs_isolation, run
from tests.support.assignments import load
from tests.support.sample_class import fill_in, hand_in, written_by

pytestmark = [pytest.mark.slow, needs_isolation]

ADAM = "update_parameters_with_adam"
# Where ε is added, what its default is, and whose seed is used once were matters of luck.
TRICKY = {
    ADAM: ("epsilon-inside-root", "epsilon-outside-fraction"),
    "random_mini_batches": ("seed-always-1",),
}


def answers() -> dict[str, dict[str, str]]:
    """Return answers that differ from the best student's in one misconception, for two students."""
    assignment, best = load(NAME), written_by("ada", NAME)[0]
    found = {}
    for exercise_id, names in TRICKY.items():
        catalogue = assignment.exercise(exercise_id).catalogue
        assert catalogue
        for entry in (entry for entry in catalogue.entries if entry.id in names):
            for twin in ("one", "two"):
                found[f"{entry.id}-{twin}"] = {**best, exercise_id: catalogue.source(entry)}
    return found


def grade(course: Course, *options: str) -> dict[str, object]:
    outcome = run("autograder", "grade", NAME, "--json", *options, cwd=course.root)
    assert outcome.returncode in {0, 1}, outcome.stderr
    return {row["student"]: row["points"] for row in json.loads(outcome.stdout)}


def test_a_class_at_once_one_by_one_and_again(small_class):
    course = small_class
    released = nbformat.read(course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    texts = {
        student: nbformat.writes(fill_in(released, NAME, written))
        for student, written in answers().items()
    }
    assert len(texts) == 2 * sum(map(len, TRICKY.values()))
    for student, text in texts.items():
        hand_in(course, student, NAME, text)
    at_once = grade(course)
    assert grade(course, "--force") == at_once
    one_by_one = {}
    for student, text in texts.items():
        hand_in(course, student, NAME, text + "\n")
        one_by_one[student] = grade(course)[student]
    assert one_by_one == {student: at_once[student] for student in texts}
    for student in texts:
        assert at_once[student] == at_once[student.replace("-two", "-one")]
