"""A class of any size, drawn by chance: real verdicts, and the marks that follow from them.

Students differ in ability and exercises in difficulty, as classes do, so that every part of the
report has something to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.verdict import CaseVerdict, Diagnosis, ExerciseVerdict, Outcome, Verdict
from autograder.course import Course
from autograder.gradebook.kept import Kept, keep
from autograder.gradebook.reader import Mark
from autograder.gradebook.rows import GradedNotebook, GradedSubmission
from autograder.gradebook.writer import write_grades
from autograder.report.classroom import Classroom, Record
from tests.support.assignments import load

NAME = "optimization"
AT_ONCE = 500
FLAG = "the process was ended after it had asked for more than 1 GB"
UNREADABLE = "optimization.ipynb is not a readable notebook: it is empty"
DIAGNOSES = (
    ("no-correction", "You do not divide the averages by their bias corrections."),
    ("beta1-for-beta2", "You correct s with β₁, not with β₂."),
    ("epsilon-inside", "You add ε under the root, not to it."),
    ("last-batch-dropped", "You leave out the last, smaller mini-batch."),
)


def large_class(students: int, seed: int = 0) -> Iterator[Verdict]:
    """Yield a verdict for each student."""
    rng, given = np.random.default_rng(seed), load(NAME).exercises
    for number in range(students):
        yield _verdict(f"student-{number:04}", given, rng)


def classroom(verdicts: list[Verdict]) -> Classroom:
    """Return the class of these verdicts, as if the gradebook held just their points."""
    points = {one.id: float(one.points) for one in load(NAME).exercises}
    records = tuple(Record(Mark(one.student, _points(one)), one) for one in verdicts)
    return Classroom(NAME, points, records)


def keep_class(course: Course, verdicts: Iterable[Verdict]) -> None:
    """Enter the class into a released course: the verdicts, and the marks in the gradebook."""
    left = iter(verdicts)
    while some := list(islice(left, AT_ONCE)):
        for verdict in some:
            keep(course, NAME, Kept({"drawn": ""}, verdict))
        write_grades(course, NAME, [_graded(verdict) for verdict in some])


def _graded(verdict: Verdict) -> GradedSubmission:
    scores: dict[str, float | None] = dict(_points(verdict))
    return GradedSubmission(verdict.student, None, (GradedNotebook(NAME, scores),))


def _points(verdict: Verdict) -> dict[str, float]:
    return {one.exercise_id: one.score for one in verdict.exercises}


def _verdict(student: str, given: Sequence[Exercise], rng: np.random.Generator) -> Verdict:
    if rng.random() < 0.01:
        nothing = tuple(ExerciseVerdict(one.id, one.points, ()) for one in given)
        return Verdict(student, nothing, seed=1, refused=UNREADABLE)
    ability = rng.normal(1.2, 1.0)
    return Verdict(
        student,
        tuple(_exercise(one, ability - 0.3 * place, rng) for place, one in enumerate(given)),
        seed=1,
        flags=(FLAG,) if rng.random() < 0.02 else (),
        seconds=float(rng.gamma(8, 0.01)),
    )


def _exercise(exercise: Exercise, ability: float, rng: np.random.Generator) -> ExerciseVerdict:
    solved = rng.random() < _chance(ability + 0.5)
    outcomes = [
        Outcome.PASSED if solved or rng.random() < _chance(ability - 1) else Outcome.FAILED
        for _ in exercise.cases
    ]
    cases = tuple(
        CaseVerdict(case.name, outcome, case.weight, "" if outcome is Outcome.PASSED else case.help)
        for case, outcome in zip(exercise.cases, outcomes, strict=True)
    )
    wrong = Outcome.FAILED in outcomes and rng.random() < 0.7
    return ExerciseVerdict(exercise.id, exercise.points, cases, _diagnoses(rng) if wrong else ())


def _diagnoses(rng: np.random.Generator) -> tuple[Diagnosis, ...]:
    name, done = DIAGNOSES[min(int(rng.exponential(1.2)), len(DIAGNOSES) - 1)]
    return (Diagnosis(name, done, "Compare your line with the rule."),)


def _chance(ability: Any) -> float:
    return float(1 / (1 + np.exp(-ability)))
