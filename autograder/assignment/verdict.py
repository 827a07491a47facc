"""What came of a hand-in: plain data that every other module shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

# A group of pairs of numbers, such as the points of a path.
Pairs = tuple[tuple[float, float], ...]


class Outcome(StrEnum):
    """A grader's own fault is never a student's zero, nor their gain: it is *not judged*."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class CaseVerdict:
    """What came of one case, with a message for the student where it did not pass.

    The hint is what to think about, where the case's failing tells that.
    """

    name: str
    outcome: Outcome
    weight: float
    message: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """A known misconception that explains a student's wrong answers.

    Attributes
    ----------
    id : str
        Its name in the catalogue.
    done, look : str
        One sentence on what the student did, one on where to look. No expected value is in either.
    """

    id: str
    done: str
    look: str


@dataclass(frozen=True)
class Obstacle:
    """What kept a function from being judged by what it does, and what to do about it."""

    what: str
    next_step: str


@dataclass(frozen=True)
class Demonstrated:
    """What a student's function showed, beside what the reference shows: numbers to draw."""

    kind: str
    own: tuple[Pairs, ...]
    right: tuple[Pairs, ...]


@dataclass(frozen=True, slots=True)
class ExerciseVerdict:
    """What came of one exercise, and which misconceptions explain what failed of it."""

    exercise_id: str
    points: int
    cases: tuple[CaseVerdict, ...]
    diagnoses: tuple[Diagnosis, ...] = ()
    obstacle: Obstacle | None = None
    # A picture of the answers, not a part of them: a replay need not draw it.
    demonstration: Demonstrated | None = field(default=None, compare=False)

    @property
    def score(self) -> float:
        """Points earned: the share of the cases that passed, rounded to hundredths."""
        return self._points_of(Outcome.PASSED)

    @property
    def waiting(self) -> float:
        """Points of the cases that are not judged: nobody has them until a person decides."""
        return self._points_of(Outcome.NOT_JUDGED)

    @property
    def is_judged(self) -> bool:
        """Whether no case was left unjudged by a fault of the grader's own."""
        return all(case.outcome is not Outcome.NOT_JUDGED for case in self.cases)

    def _points_of(self, outcome: Outcome) -> float:
        total = sum(case.weight for case in self.cases)
        share = sum(case.weight for case in self.cases if case.outcome is outcome)
        return round(self.points * share / total, 2) if total else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one submission.

    Attributes
    ----------
    refused : str
        Why nothing could be judged, such as a file that is no notebook; empty otherwise.
    repairs, flags : tuple of str
        What was put right before it ran; what the engine noticed while it ran.
    isolation : tuple of str
        The parts of the isolation that were in force.
    seed : int
        What the inputs were drawn from: the same seed gives the same inputs.
    seconds : float
        How long a sandbox was busy with it.
    graded_by : str
        The version of the package and of the assignment.
    parts : tuple of Verdict
        Those on each notebook, by its name, where an assignment has several; all else is their sum.
    added : mapping
        The cells that were added to the assignment later, with the words for the student.
    """

    student: str
    exercises: tuple[ExerciseVerdict, ...]
    seed: int
    isolation: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    refused: str = ""
    seconds: float = 0.0
    graded_by: str = ""
    notebook: str = ""
    parts: tuple[Verdict, ...] = ()
    added: Mapping[str, str] = field(default_factory=dict)

    @property
    def on_each(self) -> tuple[Verdict, ...]:
        """Those on each notebook; itself where there is but one."""
        return self.parts or (self,)

    def on(self, notebook: str) -> Verdict:
        """Return the verdict on one notebook."""
        return next((part for part in self.parts if part.notebook == notebook), self)

    @property
    def score(self) -> float:
        """All points earned."""
        return sum(exercise.score for exercise in self.exercises)

    @property
    def unjudged(self) -> frozenset[str]:
        """The exercises in which a person has to look, as the grader itself failed."""
        return frozenset(one.exercise_id for one in self.exercises if not one.is_judged)

    @property
    def diagnosed(self) -> tuple[str, ...]:
        """The ids of the misconceptions in it, each once."""
        found = (one.id for exercise in self.exercises for one in exercise.diagnoses)
        return tuple(dict.fromkeys(found))

    @property
    def is_judged(self) -> bool:
        """Whether the hand-in could be read and all of it be judged."""
        if self.refused or not all(part.is_judged for part in self.parts):
            return False
        return all(exercise.is_judged for exercise in self.exercises)


def combined(parts: Sequence[Verdict]) -> Verdict:
    """Return the verdict on a submission, given those on its notebooks."""
    if len(parts) == 1:
        return parts[0]
    refused = [part.refused for part in parts if part.refused]
    is_refused = len(refused) == len(parts)
    return Verdict(
        student=parts[0].student,
        exercises=tuple(exercise for part in parts for exercise in part.exercises),
        seed=parts[0].seed,
        isolation=max((part.isolation for part in parts), key=len),
        repairs=tuple(f"{part.notebook}: {text}" for part in parts for text in part.repairs),
        flags=tuple(
            f"{part.notebook}: {text}"
            for part in parts
            for text in (*part.flags, *([part.refused] if part.refused and not is_refused else []))
        ),
        refused="; ".join(refused) if is_refused else "",
        seconds=sum(part.seconds for part in parts),
        parts=tuple(parts),
        added={
            f"{part.notebook}/{cell}": text for part in parts for cell, text in part.added.items()
        },
    )
