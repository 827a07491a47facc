"""What a student's mark means: a 0 that was earned is not the 0 of one who handed in nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from autograder.assignment.verdict import Verdict
from autograder.course import Course
from autograder.gradebook.kept import recall_all
from autograder.gradebook.reader import Mark, read_marks


class Status(StrEnum):
    """What came of a student's hand-in so far."""

    GRADED = "graded"
    NOTHING = "not handed in"
    UNGRADED = "not graded yet"
    REFUSED = "refused"
    WAITING = "waits for a person"


@dataclass(frozen=True, slots=True)
class Result:
    """A student's mark, what it means, and the verdict that was kept, if there is one."""

    student: str
    status: Status
    mark: Mark | None = None
    verdict: Verdict | None = None

    @property
    def refused(self) -> str:
        """Why the hand-in could not be read."""
        return self.verdict.refused if self.verdict else ""


def read_results(course: Course, name: str) -> dict[str, Result]:
    """Return what came of each student who is in the gradebook's marks or has handed in."""
    verdicts = {verdict.student: verdict for verdict in recall_all(course, name)}
    results = results_of(read_marks(course, name), verdicts)
    waiting = sorted(handed_in(course, name) - set(results))
    return results | {one: Result(one, Status.UNGRADED) for one in waiting}


def handed_in(course: Course, name: str) -> set[str]:
    """Return who has a folder of hand-ins for an assignment."""
    return {path.parent.name for path in course.submitted().glob(f"[!.]*/{name}")}


def results_of(marks: Mapping[str, Mark], verdicts: Mapping[str, Verdict]) -> dict[str, Result]:
    """Return what each mark means."""
    return {
        student: Result(
            student, status_of(mark, verdicts.get(student)), mark, verdicts.get(student)
        )
        for student, mark in marks.items()
    }


def status_of(mark: Mark, verdict: Verdict | None) -> Status:
    """Say what a mark means; points that a person gave decide about a hand-in that was refused."""
    if mark.waiting:
        return Status.WAITING
    if verdict and verdict.refused and not mark.by_hand:
        return Status.REFUSED
    return Status.GRADED
