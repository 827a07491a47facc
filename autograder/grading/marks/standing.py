"""Which marks still stand, and why the others do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from autograder.assignment.verdict import ExerciseVerdict, Verdict
from autograder.course import Course
from autograder.gradebook.kept import is_kept, recall
from autograder.gradebook.released import students_entered
from autograder.grading.marks.basis import (
    HAND_IN,
    OF_ANOTHER_VERSION,
    changed,
    with_hand_in,
)
from autograder.grading.marks.brief import Brief, brief_of
from autograder.handin.digesting import Digests, hand_in_digest
from autograder.handin.submission import Submission

# So many students are named in one sentence.
MOST_NAMED = 8


Points = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that stands: what there is to say of it, and what may be applied to it anew.

    Attributes
    ----------
    points : tuple
        What its exercises carried, by notebook.
    handed_in : tuple of str
        The notebooks that were handed in; what was judged may have had another file name.
    """

    brief: Brief
    seed: int
    points: Points
    handed_in: tuple[str, ...]


@dataclass
class Standing:
    """What is known of a class before it is graded: marks that stand, and why others do not.

    Verdicts are not held, and what many have in common is held once.

    Attributes
    ----------
    why : dict
        Why a hand-in is graded again.
    earned : dict
        The share that each exercise of such a hand-in earned before.
    """

    kept: dict[str, Mark] = field(default_factory=dict)
    why: dict[str, tuple[str, ...]] = field(default_factory=dict)
    earned: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    _shared: dict[Any, Any] = field(default_factory=dict)

    def is_same(self, student: str) -> bool:
        """Tell whether a hand-in is surely the one that was graded before."""
        why = self.why.get(student, (HAND_IN,))
        return HAND_IN not in why and OF_ANOTHER_VERSION not in why

    def compare(self, verdict: Verdict) -> str:
        """Say how the mark differs from the one that the same hand-in had; nothing if it does not.

        Shares are compared: what an exercise carries may be another, and new ones are no matter.
        """
        if HAND_IN in self.why.get(verdict.student, ()):
            return ""
        earned = dict(self.earned.get(verdict.student, ()))
        differs = [
            f"{one.exercise_id} {earned[one.exercise_id]:.0%}, now {_share(one):.0%}"
            for one in verdict.exercises
            if one.exercise_id in earned and earned[one.exercise_id] != _share(one)
        ]
        if not differs:
            return ""
        return f"{verdict.student} has another mark for the same hand-in: {'; '.join(differs)}."

    def keep(self, student: str, verdict: Verdict, folder: Path) -> None:
        """Let a mark stand, for the hand-in in a folder."""
        share = self._shared.setdefault
        points, handed_in = _points_in(verdict), _handed_in(verdict, folder)
        points, handed_in = share(points, points), share(handed_in, handed_in)
        self.kept[student] = Mark(brief_of(student, verdict), verdict.seed, points, handed_in)

    def drop(self, student: str, reasons: Sequence[str], verdict: Verdict | None) -> None:
        """Have a hand-in graded again, and remember what it earned."""
        share, why = self._shared.setdefault, tuple(reasons)
        self.why[student] = share(why, why)
        if verdict:
            earned = tuple((one.exercise_id, _share(one)) for one in verdict.exercises)
            self.earned[student] = share(earned, earned)


def find_standing(
    course: Course,
    name: str,
    submissions: Sequence[Submission],
    basis: Mapping[str, str],
    *,
    force: bool,
    digests: Digests | None = None,
) -> Standing:
    """Return which verdicts still hold, and why the others do not.

    Parameters
    ----------
    digests : Digests, optional
        Those of the hand-ins, if they are under way.
    """
    standing, notebooks = Standing(), course.notebooks(name)
    digest = digests.of if digests else partial(hand_in_digest, notebooks=notebooks)
    students = [submission.student for submission in submissions]
    entered = students_entered(course, name, students)  # a gradebook may be lost, or begun anew
    for submission in submissions:
        student = submission.student
        kept = recall(course, name, student)
        if kept is None:
            if is_kept(course, name, student):
                standing.drop(student, ["a verdict that cannot be read"], None)
            continue
        reasons = changed(kept.basis, with_hand_in(basis, digest(submission)))
        if student not in entered:
            reasons.append("the gradebook")
        if force and not reasons:
            reasons = ["--force"]
        if reasons:
            standing.drop(student, reasons, kept.verdict)
        else:
            standing.keep(student, kept.verdict, submission.folder)
    return standing


def told(standing: Standing) -> Iterator[str]:
    """Say why hand-ins are graded again."""
    students = defaultdict(list)
    for student, reasons in standing.why.items():
        students[", ".join(reasons)].append(student)
    for reasons, named in students.items():
        yield f"Graded again, because of {reasons}: {who(named)}."


def who(students: Sequence[str]) -> str:
    """Name a few students, or count them.

    >>> who(["ada", "ben"])
    'ada, ben'
    """
    return ", ".join(students) if len(students) <= MOST_NAMED else f"{len(students)} hand-ins"


def _share(verdict: ExerciseVerdict) -> float:
    return round(verdict.score / verdict.points, 4) if verdict.points else 0.0


def _points_in(verdict: Verdict) -> Points:
    """Return what the exercises of a verdict carried, by notebook."""
    return tuple(
        (part.notebook, tuple((one.exercise_id, one.points) for one in part.exercises))
        for part in verdict.on_each
    )


def _handed_in(verdict: Verdict, folder: Path) -> tuple[str, ...]:
    return tuple(
        part.notebook
        for part in verdict.on_each
        if not part.refused or (folder / f"{part.notebook}.ipynb").exists()
    )
