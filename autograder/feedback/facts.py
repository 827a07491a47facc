"""Collect what a page tells: the kept verdict, the gradebook's marks, the student's own code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib.resources import files
from pathlib import Path

import msgspec

from autograder.assignment.exercise import Assignment
from autograder.assignment.verdict import Verdict
from autograder.authoring import exercises
from autograder.course import Course
from autograder.errors import UserError
from autograder.feedback.tested import Tested, read_asked, read_tested
from autograder.gradebook.kept import recall
from autograder.gradebook.nbgrader_api import in_pieces
from autograder.gradebook.reader import Mark, read_marks
from autograder.gradebook.released import column_of, maximal_points
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
    tested : mapping
        What came of the cells that carry points and have no cases of ours.

    Where an assignment has several notebooks, its cells and exercises are called NOTEBOOK/CELL.
    """

    assignment: Assignment
    verdict: Verdict
    mark: Mark
    maxima: Mapping[str, float] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    figures: bytes = b""
    tested: Mapping[str, Tested] = field(default_factory=dict)

    def digest(self) -> str:
        """Return what tells whether a page made from other facts would be another page."""
        # The seed must not leave the course, be it as a digest; the time it took is not told.
        verdict = replace(self.verdict, seed=0, seconds=0.0)
        parts = (verdict, self.mark, self.maxima, self.sources, self.tested)
        data = b"".join(msgspec.json.encode(part, order="sorted") for part in parts)
        return hashlib.sha256(data + self.figures + _makers()).hexdigest()


def collect(course: Course, name: str, students: Sequence[str]) -> Iterator[Facts]:
    """Yield the facts about each of these students who has a verdict."""
    assignment = asked_of(course, name)
    maxima = maximal_points(course, name)
    files = (
        path for notebook in course.notebooks(name) for path in course.exercise_files(notebook)
    )
    figures = b"".join(path.read_bytes() for path in files)
    has_tests = maxima.keys() - {exercise.id for exercise in assignment.exercises}
    asked = read_asked(course, name) if has_tests else []
    for student, known in _marks_of(course, name, students):
        if kept := recall(course, name, student):
            sources = read_sources(course, name, assignment, student)
            tested = read_tested(course, name, student, asked) if asked else {}
            verdict = _as_columns(kept.verdict)
            yield Facts(assignment, verdict, known, maxima, sources, figures, tested)


def _marks_of(course: Course, name: str, students: Sequence[str]) -> Iterator[tuple[str, Mark]]:
    for some in in_pieces(students):
        marks = read_marks(course, name, some)
        yield from ((student, marks.get(student, Mark(student))) for student in some)


def asked_of(course: Course, name: str) -> Assignment:
    """Return the exercises of all notebooks of an assignment, if any of them are ours."""
    notebooks, available = course.notebooks(name), exercises.available(course)
    known = {one: exercises.load(course, one) for one in notebooks if one in available}
    if len(notebooks) == 1 and name in known:
        return known[name]
    found = (
        replace(exercise, id=column_of(notebook, exercise.id, len(notebooks)))
        for notebook, assignment in known.items()
        for exercise in assignment.exercises
    )
    return Assignment(name, tuple(found))


def _as_columns(verdict: Verdict) -> Verdict:
    """Call the exercises of several notebooks as the gradebook's columns."""
    found = [
        replace(exercise, exercise_id=column_of(part.notebook, exercise.exercise_id, 2))
        for part in verdict.parts
        for exercise in part.exercises
    ]
    if not verdict.parts:
        return verdict
    graded_by = verdict.graded_by or verdict.parts[0].graded_by
    return replace(verdict, exercises=tuple(found), parts=(), graded_by=graded_by)


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
        more = f" and {len(known) - MOST_NAMES} other students" if len(known) > MOST_NAMES else ""
        raise UserError(
            f"There is no graded hand-in of {clean(student)!r} for {name}: "
            f"there are {listed}{more}."
        )
    return [student]


def graded_students(course: Course, name: str) -> list[str]:
    """Return the students who have a verdict on this assignment, by name."""
    folders = sorted(path.parent for path in course.autograded().glob(f"*/{name}"))
    return [folder.name for folder in folders if recall(course, name, folder.name)]


def read_sources(course: Course, name: str, assignment: Assignment, student: str) -> dict[str, str]:
    """Return the source of each named code cell that was graded; none if there is none.

    Where a student's own cell defines a function, that is what was judged, and what is returned.
    """
    notebooks = course.notebooks(name)
    sources = {}
    for notebook in notebooks:
        path = course.autograded() / student / name / f"{notebook}.ipynb"
        try:
            cells = [cell for cell in read_submission(path) if cell.kind == "code"]
        except UnreadableNotebook:
            continue
        column = partial(column_of, notebook, notebooks=len(notebooks))
        sources |= {column(cell.name): cell.source for cell in cells if cell.name}
        for exercise in assignment.exercises:
            place, _, function = exercise.id.rpartition("/")
            if place in ("", notebook) and (code := judged_code(cells, function)):
                sources[exercise.answer_cell] = code
    return sources


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
