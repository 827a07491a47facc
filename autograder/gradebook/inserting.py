"""Rows that the gradebook does not have yet.

Of students without a submission all rows of many are entered in five statements: nbgrader's
models would be made, sorted and watched one by one, which takes four times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nbgrader.api import (
    Comment,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.utils import parse_utc
from sqlalchemy import select

from autograder.gradebook.rows import GradedSubmission, Layout, by, comments_of, grades_of

Rows = dict[Any, list[dict[str, Any]]]


def insert(
    db: Any, assignment_id: str, layouts: Mapping[str, Layout], graded: Sequence[GradedSubmission]
) -> None:
    """Enter hand-ins of students who have no row for the assignment."""
    # Parents before children, as the database demands.
    tables = Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment
    rows: Rows = {table: [] for table in tables}
    ids = [given.student for given in graded]
    known = set(db.scalars(select(Student.id).where(Student.id.in_(ids))))
    rows[Student] = [{"id": student} for student in ids if student not in known]
    for given in graded:
        _add(rows, assignment_id, layouts, given)
    for table, new in rows.items():
        if new:
            db.execute(table.__table__.insert(), new)


def _add(
    rows: Rows, assignment_id: str, layouts: Mapping[str, Layout], given: GradedSubmission
) -> None:
    submission, handed_in = new_uuid(), {one.notebook: one for one in given.notebooks}
    moment = parse_utc(given.timestamp) if given.timestamp else None
    rows[SubmittedAssignment].append(
        {
            "id": submission,
            "assignment_id": assignment_id,
            "student_id": given.student,
            "timestamp": moment,
        }
    )
    for name, layout in layouts.items():
        own, one = new_uuid(), handed_in.get(name)
        place = {"assignment_id": submission, "notebook_id": layout.id}
        rows[SubmittedNotebook].append({"id": own, **place, "flagged": False})
        rows[Grade] += [
            {
                "id": new_uuid(),
                "notebook_id": own,
                "cell_id": cell,
                "auto_score": score,
                "needs_manual_grade": is_open,
            }
            for cell, (score, is_open) in grades_of(layout, one).items()
        ]
        rows[Comment] += [
            {"id": new_uuid(), "notebook_id": own, "cell_id": cell, "auto_comment": said}
            for cell, said in comments_of(layout, one).items()
        ]


def complete(submission: Any, layouts: Iterable[Layout]) -> None:
    """Add the rows that a submission does not have yet.

    Defaults are spelt out because rows are inserted together only if they name the same columns.
    """
    notebooks = by(submission.notebooks, "notebook_id")
    for layout in layouts:
        row = notebooks.get(layout.id)
        if row is None:
            row = SubmittedNotebook(notebook_id=layout.id)
            submission.notebooks.append(row)
        graded, said = by(row.grades, "cell_id"), by(row.comments, "cell_id")
        row.grades += [
            Grade(cell_id=cell.id, needs_manual_grade=True)
            for cell in (*layout.grades.values(), *layout.tasks.values())
            if cell.id not in graded
        ]
        row.comments += [
            Comment(cell_id=cell.id)
            for cell in (*layout.solutions.values(), *layout.tasks.values())
            if cell.id not in said
        ]
