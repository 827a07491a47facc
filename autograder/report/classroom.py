"""All that is known of a class: the marks in the gradebook beside the verdicts that were kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from autograder.assignment.verdict import ExerciseVerdict, Verdict
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import recall_all
from autograder.gradebook.people import read_people
from autograder.gradebook.reader import Mark, read_marks
from autograder.gradebook.released import maximal_points
from autograder.gradebook.status import handed_in


@dataclass(frozen=True, slots=True)
class Record:
    """One student's mark, and the verdict where the engine has kept one."""

    mark: Mark
    verdict: Verdict | None = None

    @property
    def student(self) -> str:
        """The student's name in the course."""
        return self.mark.student

    @property
    def refused(self) -> str:
        """Why the hand-in could not be read; empty if it could."""
        return self.verdict.refused if self.verdict else ""

    @property
    def exercises(self) -> tuple[ExerciseVerdict, ...]:
        """What the engine found in each exercise."""
        return self.verdict.exercises if self.verdict else ()


@dataclass(frozen=True)
class Classroom:
    """Everybody who has handed in, ordered by name, and what each exercise is worth.

    Attributes
    ----------
    names : mapping
        The full names, as far as the gradebook has them.
    absent : tuple of str
        Who is in the gradebook and has not handed in.
    """

    assignment: str
    points: dict[str, float]
    records: tuple[Record, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    @property
    def maximum(self) -> float:
        """All points that can be earned."""
        return sum(self.points.values())

    @property
    def readable(self) -> tuple[Record, ...]:
        """Those whose hand-in could be read."""
        return tuple(record for record in self.records if not record.refused)

    def called(self, name: Callable[[str], str]) -> Classroom:
        """Return the class with other names only, and in their order: the old one would tell."""
        records = (
            Record(
                replace(one.mark, student=name(one.student)),
                replace(one.verdict, student=name(one.student)) if one.verdict else None,
            )
            for one in self.records
        )
        ordered = tuple(sorted(records, key=lambda one: one.student))
        absent = tuple(sorted(map(name, self.absent)))
        return replace(self, records=ordered, absent=absent, names={})


def read_classroom(course: Course, name: str) -> Classroom:
    """Return what is known of a class.

    Raises
    ------
    UserError
        If nothing is graded yet.
    """
    verdicts = {verdict.student: verdict for verdict in recall_all(course, name)}
    marks = read_marks(course, name)
    if not marks:
        raise UserError(f"Nothing is graded yet: run `autograder grade {name}` first.")
    records = tuple(Record(mark, verdicts.get(student)) for student, mark in marks.items())
    people = read_people(course)
    names = {id: one.name for id, one in people.items() if one.name}
    absent = sorted(people.keys() - marks.keys() - handed_in(course, name))
    return Classroom(name, maximal_points(course, name), records, names, tuple(absent))
