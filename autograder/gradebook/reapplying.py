"""Apply to marks that stand what has changed since: points, and what is taken off for lateness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nbgrader.api import SubmittedAssignment, SubmittedNotebook
from sqlalchemy import false, or_, select

from autograder.course import Course
from autograder.gradebook.nbgrader_api import in_pieces, open_gradebook, patient
from autograder.gradebook.rows import Layout, by, read_layouts
from autograder.gradebook.writer import Writer, set_grade


@patient
def write_points(
    course: Course, name: str, scores: Mapping[str, Mapping[str, Mapping[str, float | None]]]
) -> None:
    """Enter other points for the same answers, by student, notebook and cell.

    Who waits for a person still waits, and so does from now on who has points that a person gave:
    those were given when the cell carried others. What only people grade has no other points here.
    """
    with open_gradebook(course) as gradebook:
        assignment = gradebook.find_assignment(name)
        layouts = read_layouts(gradebook.db, assignment)
        writer = Writer(gradebook.db, assignment, layouts, course)
        for students in in_pieces(list(scores)):
            for student, submission in writer.submissions(students).items():
                notebooks = by(submission.notebooks, "notebook_id")
                for notebook, cells in scores[student].items():
                    grades = by(notebooks[layouts[notebook].id].grades, "cell_id")
                    _set_points(grades, layouts[notebook], cells)
        gradebook.db.commit()


def _set_points(
    grades: Mapping[str, Any], layout: Layout, cells: Mapping[str, float | None]
) -> None:
    for cell, score in cells.items():
        grade = grades[(layout.tasks | layout.grades)[cell].id]
        is_by_hand = grade.manual_score is not None
        if cell in layout.tasks or cell in layout.solutions:
            set_grade(grade, grade.auto_score, grade.needs_manual_grade or is_by_hand)
        elif grade.auto_score is not None and grade.auto_score != score:
            waits = grade.needs_manual_grade or is_by_hand or score is None
            set_grade(grade, None if score is None else float(score), waits)


@patient
def apply_penalties(course: Course, name: str, handed_in: Mapping[str, Sequence[str]]) -> list[str]:
    """Take off for late hand-ins what the course takes off now; return whose penalty changed.

    Parameters
    ----------
    handed_in : mapping
        The notebooks that each student handed in.
    """
    with open_gradebook(course) as gradebook:
        assignment = gradebook.find_assignment(name)
        concerned = gradebook.db.scalars(_late_or_penalised(assignment)).all()
        found = {row.student_id: row for row in concerned if row.student_id in handed_in}
        if not found:
            return []
        layouts = read_layouts(gradebook.db, assignment)
        writer = Writer(gradebook.db, assignment, layouts, course)
        before = {student: _penalties_of(row) for student, row in found.items()}
        writer.penalise(found, {student: handed_in[student] for student in found})
        gradebook.db.commit()
        return [student for student, row in found.items() if _penalties_of(row) != before[student]]


def _late_or_penalised(assignment: Any) -> Any:
    """Select the submissions that came after the due date, or that something was taken off."""
    submission: Any = SubmittedAssignment
    row: Any = SubmittedNotebook
    # Not `any` of its notebooks: the server or SQLite would look through all for each.
    penalised = submission.id.in_(
        select(row.assignment_id).where(row.late_submission_penalty.is_not(None))
    )
    late = submission.timestamp > assignment.duedate if assignment.duedate else false()
    return select(submission).where(submission.assignment_id == assignment.id, or_(late, penalised))


def _penalties_of(submission: Any) -> dict[str, float]:
    return {row.notebook_id: row.late_submission_penalty or 0.0 for row in submission.notebooks}
