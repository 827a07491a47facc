"""No notebook can fool the grading, read what it may not, or stop it."""

from __future__ import annotations

import re
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from autograder.course import Course
from autograder.judging.questions import draw
from tests.conftest import NAME, needs_isolation, run
from tests.hostile.arming import ARMED, NOT_ARMED
from tests.hostile.attack import ALL, Attack
from tests.hostile.attacks import ATTACKS
from tests.hostile.batch import AUTHORS, HONEST, Batch, grade_all
from tests.support.assignments import load

pytestmark = [pytest.mark.slow, needs_isolation]

# What each honest author earns of an exercise that is not all right is the sample class' business.
LOSES = {
    "dmitri": set(ALL) - {"update_parameters_with_gd", "random_mini_batches"},
    "eva": {"update_parameters_with_adam"},
    "farid": {"update_parameters_with_momentum"},
    "grace": {"random_mini_batches"},
    "hugo": {"update_parameters_with_gd", "initialize_velocity"},
    "ines": set(ALL),
}
STUDENTS = [f"honest-{number:02}-{AUTHORS[number % len(AUTHORS)]}" for number in range(HONEST)]
named = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.student)


@pytest.fixture(scope="session")
def batch(repo: Course):
    # Not below /tmp: a child has a /tmp of its own, where attacks on a course would find nothing.
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="autograder-hostile-") as folder:
        yield grade_all(repo, Path(folder), ATTACKS)


@named
def test_attack(attack: Attack, batch: Batch):
    verdict = batch.verdict(attack.student)
    earned = {exercise.exercise_id: exercise.score for exercise in verdict.exercises}
    assert attack.is_earned(earned, verdict.flags), (verdict.flags, verdict.exercises)
    assert batch.marks[attack.student] == earned
    assert attack.is_noticed(verdict.flags), verdict.flags
    assert attack.has_run(batch.shown(attack.student), verdict.flags)


@named
def test_nothing_secret_comes_out(attack: Attack, batch: Batch):
    text = batch.notebook_text(attack.student) + repr(batch.verdict(attack.student))
    outputs = batch.shown(attack.student)
    for place, word in batch.planted.words.items():
        assert word not in text, place
    for secret in ("REACHED", "CARRIED", "CaseVerdict", "BEGIN SOLUTION", "draw_questions"):
        assert secret not in outputs
    assert "CARRIED" not in repr(batch.verdict(attack.student))
    numbers = hidden_numbers(batch.verdict(attack.student).seed)
    assert not numbers & set(re.findall(r"\d+\.\d{4,}", outputs))


@pytest.mark.parametrize(
    "attack", [attack for attack in ATTACKS if attack.destructive], ids=lambda a: a.student
)
def test_what_could_do_harm_is_armed(attack: Attack, batch: Batch):
    assert batch.missing == []
    assert ARMED in batch.shown(attack.student)
    assert NOT_ARMED not in batch.shown(attack.student)


@pytest.mark.parametrize("student", STUDENTS)
def test_honest_students_get_their_marks(student: str, batch: Batch):
    verdict = batch.verdict(student)
    less = {e.exercise_id for e in verdict.exercises if e.score < e.points}
    assert less == LOSES.get(student[len("honest-00-") :], set())
    assert verdict.flags == ()


def test_the_batch_ends_and_tells_what_was_noticed(batch: Batch):
    assert batch.outcome.returncode == 0, batch.outcome.stderr
    assert batch.outcome.stderr == ""
    assert re.search(r"Noticed in \d+ of \d+ hand-ins:", batch.outcome.stdout)
    # Who has not handed in is told by name, and the gradebook's word is the name of one.
    told = [line for line in batch.outcome.stdout.splitlines() if "Not handed in (" not in line]
    for word in batch.planted.words.values():
        assert word not in "\n".join(told)


def test_nothing_is_left(batch: Batch):
    assert batch.left_running == []
    assert batch.left_files == []


def test_nobody_reached_a_listener(batch: Batch):
    assert batch.callers == []


def test_feedback_gives_nothing_away(batch: Batch):
    command = ("nbgrader", "generate_feedback", NAME, "--student=reading-hidden*")
    outcome = run(*command, cwd=batch.course.root)
    assert outcome.returncode == 0, outcome.stderr
    pages = list(batch.course.root.glob("feedback/*/*/*.html"))
    assert len(pages) == sum(attack.student.startswith("reading-hidden") for attack in ATTACKS)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not [place for place, word in batch.planted.words.items() if word in text]
        numbers = hidden_numbers(batch.verdict(page.parts[-3]).seed)
        assert "CARRIED" not in text
        assert not numbers & set(re.findall(r"\d+\.\d{4,}", text))


def hidden_numbers(seed: int) -> set[str]:
    """Return how the numbers that were drawn could be written, without those of the examples."""
    found: set[str] = set()
    for exercise in load(NAME).exercises:
        for question in draw(exercise, seed):
            if not question.case.known:
                for value in (*question.call.arguments, *question.call.keywords.values()):
                    found |= set(_written(value))
    return found


def _written(value: object):
    for array in value.values() if isinstance(value, dict) else [value]:
        if isinstance(array, np.ndarray):
            for number in abs(array.ravel()[array.ravel() % 1 != 0]).astype(float):
                yield from (f"{number:.6f}", f"{number:.8f}", repr(number))


def test_the_students_of_all_attacks_differ():
    students = sorted(attack.student for attack in ATTACKS)
    assert not [first for first, second in pairwise(students) if first == second]
