"""Read the marks of a class from nbgrader's gradebook."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import func, select

from autograder.course import Course
from autograder.graded import NO_RESPONSE
from autograder.nbgrader_api import open_gradebook, patient


@dataclass(frozen=True)
class Mark:
    """One student's points, per exercise id.

    Attributes
    ----------
    points : dict
        What each grade cell earned; what a person entered stands in place of the grader's points.
    penalty : float
        What was taken off for a late hand-in.
    waiting, untouched : frozenset of str
        The grade cells that a person has to look at; the answer cells that are as released.
    """

    student: str
    points: dict[str, float] = field(default_factory=dict)
    penalty: float = 0.0
    waiting: frozenset[str] = frozenset()
    untouched: frozenset[str] = frozenset()

    @property
    def total(self) -> float:
        """All points together, less the penalty: as nbgrader exports them."""
        return max(0.0, sum(self.points.values()) - self.penalty)


@patient
def is_released(course: Course, name: str) -> bool:
    """Tell whether the gradebook knows the assignment's notebooks, which a release enters there."""
    with open_gradebook(course) as gradebook:
        try:
            known = {notebook.name for notebook in gradebook.find_assignment(name).notebooks}
            return bool(known) and known.issuperset(course.notebooks(name))
        except MissingEntry:
            return False


@patient
def students_entered(course: Course, name: str) -> set[str]:
    """Return the students who have a submission of the assignment in the gradebook."""
    submission: Any = SubmittedAssignment
    assignment: Any = Assignment
    query = select(submission.student_id).join(assignment).where(assignment.name == name)
    with open_gradebook(course) as gradebook:
        return {str(student) for student in gradebook.db.scalars(query)}


def points_of(course: Course, name: str, notebook: str) -> dict[str, float]:
    """Return what each grade cell of a notebook is worth, in the notebook's order."""
    path = course.source(name) / f"{notebook}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    graded = (cell["metadata"].get("nbgrader", {}) for cell in cells)
    return {cell["grade_id"]: cell["points"] for cell in graded if cell.get("grade")}


def maximal_points(course: Course, name: str) -> dict[str, float]:
    """Return what each grade cell of an assignment is worth, notebook by notebook.

    Where there are several, a cell is called NOTEBOOK/CELL.
    """
    notebooks = course.notebooks(name)
    return {
        _column(notebook, cell, len(notebooks)): points
        for notebook in notebooks
        for cell, points in points_of(course, name, notebook).items()
    }


@patient
def read_marks(
    course: Course, name: str, students: Collection[str] | None = None
) -> dict[str, Mark]:
    """Return the marks that the gradebook has, by student: of all, or of `students`."""
    columns, notebooks = maximal_points(course, name), len(course.notebooks(name))
    with open_gradebook(course) as gradebook:
        earned, waiting = _grades(gradebook, name, notebooks)
        penalties = _penalties(gradebook, name)
        untouched = _untouched(gradebook, name, notebooks)
    wanted = sorted(penalties) if students is None else students
    return {
        student: Mark(
            student,
            {column: earned[student].get(column, 0.0) for column in columns},
            penalties[student],
            frozenset(waiting[student]),
            frozenset(untouched[student]),
        )
        for student in wanted
        if student in penalties
    }


def read_sums(gradebook: Gradebook, name: str) -> dict[str, tuple[Any, float]]:
    """Return when each student handed in, and all points together, manual tasks included."""
    query = _of_submissions(name, SubmittedAssignment.timestamp, func.sum(Grade.score))
    query = query.join(Grade, Grade.notebook_id == SubmittedNotebook.id)
    rows: Any = gradebook.db.execute(query.group_by(SubmittedAssignment.id))
    return {student: (when, points) for student, when, points in rows}


def _grades(
    gradebook: Gradebook, name: str, notebooks: int
) -> tuple[dict[str, dict[str, float]], dict[str, set[str]]]:
    """Return what each student's cells earned, and which of them wait for a person.

    One query for the class: nbgrader's own objects ask the database anew for each student.
    """
    query = _of_submissions(
        name, Notebook.name, BaseCell.name, Grade.score, Grade.needs_manual_grade
    )
    query = query.join(Grade, Grade.notebook_id == SubmittedNotebook.id)
    earned: dict[str, dict[str, float]] = defaultdict(dict)
    waiting: dict[str, set[str]] = defaultdict(set)
    rows: Any = gradebook.db.execute(query.join(BaseCell, Grade.cell_id == BaseCell.id))
    for student, notebook, cell, score, needs_a_person in rows:
        column = _column(notebook, cell, notebooks)
        earned[student][column] = float(score)
        if needs_a_person:
            waiting[student].add(column)
    return earned, waiting


def _penalties(gradebook: Gradebook, name: str) -> dict[str, float]:
    """Return the late penalty of every student who has handed in."""
    taken: dict[str, float] = defaultdict(float)
    query = _of_submissions(name, SubmittedNotebook.late_submission_penalty)
    rows: Any = gradebook.db.execute(query)
    for student, penalty in rows:
        taken[student] += penalty or 0.0
    return taken


def _untouched(gradebook: Gradebook, name: str, notebooks: int) -> dict[str, set[str]]:
    """Return the answer cells that each student left as they were released."""
    query = _of_submissions(name, Notebook.name, BaseCell.name)
    query = query.join(Comment, Comment.notebook_id == SubmittedNotebook.id)
    query = query.join(BaseCell, Comment.cell_id == BaseCell.id)
    rows: Any = gradebook.db.execute(query.where(Comment.auto_comment == NO_RESPONSE))
    found: dict[str, set[str]] = defaultdict(set)
    for student, notebook, cell in rows:
        found[student].add(_column(notebook, cell, notebooks))
    return found


def _of_submissions(name: str, *columns: Any) -> Any:
    return (
        select(SubmittedAssignment.student_id, *columns)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .where(Assignment.name == name)  # pyright: ignore[reportGeneralTypeIssues]
    )


def _column(notebook: str, cell: str, notebooks: int) -> str:
    return cell if notebooks == 1 else f"{notebook}/{cell}"
