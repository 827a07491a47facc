"""Collect what a page tells: the kept verdict, the gradebook's marks, the student's own code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from autograder.assignment.exercise import Assignment
from autograder.assignment.verdict import Verdict
from autograder.authoring import exercises
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import recall
from autograder.gradebook.reader import Mark, read_marks
from autograder.gradebook.released import maximal_points
from autograder.handin.notebook import SubmittedCell, UnreadableNotebook, read_submission
from autograder.pages.cleaning import clean

# So many students are listed where one is not found.
MOST_NAMES = 20
# What makes a page: the files of these kinds.
KINDS = ("*.py", "*.html", "*.css")


@dataclass(frozen=True)
class Facts:
    """All that one student's page is made from.

    Attributes
    ----------
    maxima : mapping
        What each cell that carries points is worth.
    sources : mapping
        The student's code, by the name of its cell.
    figures : bytes
        What the assignment's own figures are made by.
    """

    assignment: Assignment
    verdict: Verdict
    mark: Mark
    maxima: Mapping[str, float] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    figures: bytes = b""

    def digest(self) -> str:
        """Return what tells whether a page made from other facts would be another page."""
        # The seed must not leave the course, be it as a digest; the time it took is not told.
        verdict = replace(self.verdict, seed=0, seconds=0.0)
        parts = (verdict, self.mark, self.maxima, self.sources)
        data = b"".join(msgspec.json.encode(part, order="sorted") for part in parts)
        return hashlib.sha256(data + self.figures + _makers()).hexdigest()


def collect(course: Course, name: str, students: Sequence[str]) -> Iterator[Facts]:
    """Yield the facts about each of these students who has a verdict.

    Raises
    ------
    UserError
        If the assignment has no exercises.
    """
    assignment = exercises.load(course, name)
    marks = read_marks(course, name, students)
    maxima = maximal_points(course, name)
    figures = b"".join(path.read_bytes() for path in course.exercise_files(name))
    for student in students:
        if kept := recall(course, name, student):
            known = marks.get(student, Mark(student))
            sources = read_sources(course, assignment, student)
            yield Facts(assignment, kept.verdict, known, maxima, sources, figures)


def students_for(course: Course, name: str, student: str | None = None) -> list[str]:
    """Return all students who are graded, or the one of that name.

    Raises
    ------
    UserError
        If nobody is graded, or that student is not.
    """
    known = graded_students(course, name)
    if not known:
        raise UserError(f"Nobody is graded yet: run `autograder grade {name}` first.")
    if student is None:
        return known
    if student not in known:
        listed = ", ".join(known[:MOST_NAMES])
        more = f" and {len(known) - MOST_NAMES} more" if len(known) > MOST_NAMES else ""
        raise UserError(
            f"There is no graded hand-in of {clean(student)!r} for {name}: "
            f"there are {listed}{more}."
        )
    return [student]


def graded_students(course: Course, name: str) -> list[str]:
    """Return the students who have a verdict on this assignment, by name."""
    folders = sorted(path.parent for path in course.autograded().glob(f"*/{name}"))
    return [folder.name for folder in folders if recall(course, name, folder.name)]


def read_sources(course: Course, assignment: Assignment, student: str) -> dict[str, str]:
    """Return the source of each named code cell of a graded notebook; none if there is none.

    Where a student's own cell defines a function, that is what was judged, and what is returned.
    """
    name = assignment.name
    path = course.autograded() / student / name / f"{name}.ipynb"
    try:
        cells = [cell for cell in read_submission(path) if cell.kind == "code"]
    except UnreadableNotebook:
        return {}
    sources = {cell.name: cell.source for cell in cells if cell.name}
    judged = {one.answer_cell: judged_code(cells, one.id) for one in assignment.exercises}
    return sources | {cell: code for cell, code in judged.items() if code}


def judged_code(cells: Sequence[SubmittedCell], function: str) -> str:
    r"""Return the last definition of a function, with what surrounds it in its answer cell.

    Examples
    --------
    >>> text = "x = 1\ndef f():\n    return 1\n\nprint(f())"
    >>> print(judged_code([SubmittedCell("code", text)], "f"))
    def f():
        return 1
    """
    # From its head to the last line that is indented, closes a bracket or is empty.
    block = rf"^def {re.escape(function)}\b.*\n?(?:(?:[ \t)].*)?\n?)*"
    for cell in reversed(cells):
        if found := re.findall(block, cell.source, re.MULTILINE):
            return cell.source if cell.name == f"{function}-answer" else found[-1].rstrip()
    return ""


@cache
def _makers() -> bytes:
    """Return the modules and templates that make a page: with another of them it is another."""
    roots = (Path(str(files(package))) for package in ("autograder.feedback", "autograder.pages"))
    paths = [path for root in roots for kind in KINDS for path in sorted(root.rglob(kind))]
    return b"".join(path.read_bytes() for path in paths)
