"""What an instructor wants to know of a class, worked out of its records. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.assignment.verdict import Diagnosis, Outcome
from autograder.report import statistics
from autograder.report.classroom import Classroom, Record

# Who earned nothing in this share of the exercises, or more, is stuck.
STUCK = 1 / 3
# Points are sums of floats: what is nearer than this is the same.
NEAR = 1e-6


@dataclass(frozen=True)
class ExerciseFinding:
    """How the class did in one exercise.

    Attributes
    ----------
    full, partial, nothing : int
        How many earned all, some and none of its points.
    difficulty, discrimination, correlation : float or None
        See `statistics`; None where the class does not tell.
    """

    number: int
    exercise: str
    points: float
    full: int
    partial: int
    nothing: int
    difficulty: float | None
    discrimination: float | None
    correlation: float | None

    @property
    def pass_rate(self) -> float:
        """The share of students with all points."""
        count = self.full + self.partial + self.nothing
        return self.full / count if count else 0.0


@dataclass(frozen=True)
class CaseFinding:
    """How many hand-ins one hidden case was judged in, and how many failed it."""

    exercise: str
    case: str
    failed: int
    judged: int

    @property
    def share(self) -> float:
        """The share that failed."""
        return self.failed / self.judged


@dataclass(frozen=True)
class Misconception:
    """What several students did alike."""

    exercise: str
    diagnosis: Diagnosis
    students: tuple[str, ...]


@dataclass(frozen=True)
class Stuck:
    """A student who earned nothing in these exercises, of which some were left untouched."""

    student: str
    exercises: tuple[str, ...]
    untouched: tuple[str, ...]

    @property
    def tried(self) -> tuple[str, ...]:
        """The exercises that were begun."""
        return tuple(name for name in self.exercises if name not in self.untouched)


@dataclass(frozen=True)
class Timing:
    """How long hand-ins took to grade, in seconds."""

    median: float
    most: float
    slowest: tuple[tuple[str, float], ...]
    seconds: tuple[float, ...]


def exercise_findings(classroom: Classroom) -> list[ExerciseFinding]:
    """Return how the class did in each exercise; what could not be read does not count."""
    marks = [record.mark for record in classroom.readable]
    # Lateness says nothing about an exercise, so the totals here are before the penalty.
    totals = [round(mark.raw, 2) for mark in marks]
    return [
        _exercise_finding(number, exercise, points, [m.points[exercise] for m in marks], totals)
        for number, (exercise, points) in enumerate(classroom.points.items(), start=1)
    ]


def _exercise_finding(
    number: int, exercise: str, points: float, earned: Sequence[float], totals: Sequence[float]
) -> ExerciseFinding:
    shares = [value / points if points else 0.0 for value in earned]
    rests = [round(total - value, 2) for total, value in zip(totals, earned, strict=True)]
    full = sum(share >= 1 - NEAR for share in shares)
    nothing = sum(share <= NEAR for share in shares)
    return ExerciseFinding(
        number,
        exercise,
        points,
        full,
        len(shares) - full - nothing,
        nothing,
        statistics.difficulty(shares),
        statistics.discrimination(shares, totals),
        statistics.item_rest_correlation(shares, rests),
    )


def hardest_cases(records: Sequence[Record]) -> list[CaseFinding]:
    """Return the cases that somebody failed, the hardest first."""
    judged: dict[tuple[str, str], int] = defaultdict(int)
    failed: dict[tuple[str, str], int] = defaultdict(int)
    for key, outcome in _outcomes(records):
        judged[key] += outcome is not Outcome.NOT_JUDGED
        failed[key] += outcome is Outcome.FAILED
    found = [CaseFinding(*key, failed[key], judged[key]) for key in judged if failed[key]]
    return sorted(found, key=lambda case: -case.share)


def misconceptions(records: Sequence[Record]) -> list[Misconception]:
    """Return what was diagnosed, the most frequent first."""
    students: dict[tuple[str, Diagnosis], list[str]] = defaultdict(list)
    for record in records:
        for exercise in record.exercises:
            for diagnosis in exercise.diagnoses:
                students[exercise.exercise_id, diagnosis].append(record.student)
    found = [Misconception(*key, tuple(names)) for key, names in students.items()]
    return sorted(found, key=lambda one: (-len(one.students), one.exercise, one.diagnosis.id))


def stuck(classroom: Classroom) -> list[Stuck]:
    """Return who earned nothing in a third of the exercises or more, the most stuck first.

    A hand-in that could not be read, or an exercise that waits for a person, says nothing yet.
    """
    found = []
    for record in classroom.readable:
        mark = record.mark
        none = tuple(
            exercise
            for exercise, points in mark.points.items()
            if points <= NEAR and classroom.points[exercise] and exercise not in mark.waiting
        )
        if none and len(none) >= STUCK * len(classroom.points):
            untouched = tuple(name for name in none if f"{name}-answer" in mark.untouched)
            found.append(Stuck(record.student, none, untouched))
    return sorted(found, key=lambda one: -len(one.exercises))


def timing(records: Sequence[Record], listed: int = 5) -> Timing | None:
    """Return how long grading took, for those hand-ins that ran."""
    taken = {r.student: r.verdict.seconds for r in records if r.verdict and r.verdict.seconds}
    seconds = tuple(taken.values())
    median, most = (statistics.percentile(seconds, share) for share in (0.5, 0.95))
    if median is None or most is None:
        return None
    slowest = sorted(taken.items(), key=lambda pair: -pair[1])[:listed]
    return Timing(median, most, tuple(slowest), seconds)


def _outcomes(records: Sequence[Record]) -> Iterator[tuple[tuple[str, str], Outcome]]:
    for record in records:
        for exercise in record.exercises:
            for case in exercise.cases:
                yield (exercise.exercise_id, case.name), case.outcome
