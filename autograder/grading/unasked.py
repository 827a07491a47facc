"""The verdict on what no answer was asked of: it cannot be read, or the grader itself failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from autograder.assignment.exercise import Assignment
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome, Verdict
from autograder.judging.judge import not_judged
from autograder.names import printable


@dataclass(frozen=True)
class Unasked:
    """What such a verdict says of the run: by notebook what is asked, the seed, the version."""

    assignments: Mapping[str, Assignment]
    seed: int
    graded_by: str

    def refused(self, student: str, reason: str, notebook: str) -> Verdict:
        """Return the verdict on a notebook that cannot be graded."""
        return replace(self._verdict(student, notebook, ()), refused=reason)

    def unjudged(self, student: str, fault: Exception, notebook: str) -> Verdict:
        """Return the verdict where the grader itself failed: it costs the student nothing."""
        case = CaseVerdict("the whole notebook", Outcome.NOT_JUDGED, 1.0, not_judged(fault))
        flag = f"the grader itself failed: {type(fault).__name__}: {printable(str(fault))[:200]}"
        return replace(self._verdict(student, notebook, (case,)), flags=(flag,))

    def _verdict(self, student: str, notebook: str, cases: tuple[CaseVerdict, ...]) -> Verdict:
        exercises = tuple(
            ExerciseVerdict(exercise.id, exercise.points, cases)
            for exercise in self.assignments[notebook].exercises
        )
        return Verdict(student, exercises, self.seed, notebook=notebook, graded_by=self.graded_by)
