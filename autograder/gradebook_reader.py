"""Read what a class's gradebook says of each cell: points, who gave them, comments, lateness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import and_, select

from autograder.course import Course
from autograder.nbgrader_api import open_gradebook


@dataclass(frozen=True)
class CellMark:
    """The points of one cell.

    Attributes
    ----------
    by_hand : bool
        Whether a person gave them.
    waits : bool
        Whether a person is still to look.
    extra : float
        What a person added; not part of `score`.
    """

    score: float = 0.0
    by_hand: bool = False
    waits: bool = False
    extra: float = 0.0


@dataclass(frozen=True)
class Marks:
    """What the gradebook says of one student's notebook; comments are a person's, by cell."""

    cells: Mapping[str, CellMark] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    penalty: float = 0.0

    @property
    def total(self) -> float:
        """All points together, less the penalty for lateness; never below 0."""
        earned = sum(mark.score + mark.extra for mark in self.cells.values())
        return max(0.0, round(earned - self.penalty, 2))


def read_all_marks(course: Course, name: str) -> dict[str, Marks]:
    """Return the marks of the notebook that has the assignment's name, by student."""
    grade = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)
    with open_gradebook(course) as gradebook:
        grades = _by_student(gradebook.db, _of_cells(Grade, *grade), name)
        comments = _by_student(gradebook.db, _of_cells(Comment, Comment.manual_comment), name)
        penalties = _select(SubmittedNotebook.late_submission_penalty).where(_is(name))
        penalty = dict(tuple(row) for row in gradebook.db.execute(penalties))
    return {
        student: Marks(
            {cell: _mark(*parts) for cell, parts in grades[student].items()},
            {cell: text for cell, (text,) in comments[student].items() if text},
            late or 0.0,
        )
        for student, late in penalty.items()
    }


def _mark(automatic: Any, manual: Any, extra: Any, waits: Any) -> CellMark:
    score = automatic if manual is None else manual
    return CellMark(score or 0.0, manual is not None, bool(waits), extra or 0.0)


def _select(*columns: Any) -> Any:
    return (
        select(SubmittedAssignment.student_id, *columns)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
    )


def _of_cells(table: Any, *columns: Any) -> Any:
    rows = _select(BaseCell.name, *columns)
    rows = rows.join(table, table.notebook_id == SubmittedNotebook.id)
    return rows.join(BaseCell, BaseCell.id == table.cell_id)


def _is(name: str) -> Any:
    assignment: Any = Assignment  # whose `name` pyright takes for an instance's
    return and_(assignment.name == name, Notebook.name == name)


def _by_student(db: Any, rows: Any, name: str) -> dict[str, dict[str, tuple[Any, ...]]]:
    found: dict[str, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    for student, cell, *parts in db.execute(rows.where(_is(name))):
        found[student][cell] = tuple(parts)
    return found
