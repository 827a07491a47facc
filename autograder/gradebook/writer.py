"""Write the grades of a class into nbgrader's gradebook, in one transaction.

The rows are those that nbgrader 0.9.6 leaves after ``Autograde.init_assignment``,
``SaveAutoGrades`` and ``AssignLatePenalties``, which open the database anew for every step of every
notebook. Here one session with nbgrader's own models writes them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from nbgrader.utils import parse_utc
from sqlalchemy import select
from sqlalchemy.orm import load_only, selectinload, undefer
from sqlalchemy.orm.attributes import flag_modified

from autograder.course import Course
from autograder.gradebook.inserting import complete, insert
from autograder.gradebook.late import late_penalties
from autograder.gradebook.nbgrader_api import in_pieces, open_gradebook, patient
from autograder.gradebook.rows import (
    GradedNotebook,
    GradedSubmission,
    Layout,
    by,
    check_grades,
    comments_of,
    grades_of,
    read_layouts,
)


@patient
def write_grades(course: Course, assignment_name: str, graded: Sequence[GradedSubmission]) -> None:
    """Enter grades as nbgrader would; all of them, or none if anything is wrong.

    What people entered stays: manual scores, extra credit, comments, extensions, flags.

    Raises
    ------
    ValueError
        If the grades do not fit the assignment: an unknown or repeated name, a grade cell without
        a score, a score that the cell cannot have.
    nbgrader.api.MissingEntry
        If the gradebook does not know the assignment.
    """
    with open_gradebook(course) as gradebook:
        assignment = gradebook.find_assignment(assignment_name)
        layouts = read_layouts(gradebook.db, assignment)
        check_grades(graded, layouts)
        writer = Writer(gradebook.db, assignment, layouts, course)
        for some in in_pieces(graded):
            writer.write(some)
        gradebook.db.commit()


@dataclass(frozen=True)
class Writer:
    """Writes the rows of some students in a session that others open and commit."""

    db: Any
    assignment: Any
    layouts: Mapping[str, Layout]
    course: Course

    def write(self, graded: Sequence[GradedSubmission]) -> None:
        """Enter the marks of these students, and what is taken off for lateness."""
        entered = self._entered([given.student for given in graded])
        new = [given for given in graded if given.student not in entered]
        insert(self.db, self.assignment.id, self.layouts, new)
        submissions = self.submissions(sorted(entered))
        for given in graded:
            if given.student in entered:
                self._save(submissions[given.student], given)
        self.db.flush()
        if self._concerns_lateness(submissions.values()):
            submissions |= self.submissions([given.student for given in new])
            handed_in = {one.student: [row.notebook for row in one.notebooks] for one in graded}
            self.penalise(submissions, handed_in)

    def _entered(self, students: list[str]) -> set[str]:
        """Return those who have a submission already."""
        column: Any = SubmittedAssignment.student_id
        query = select(column).where(SubmittedAssignment.assignment_id == self.assignment.id)
        return set(self.db.scalars(query.where(column.in_(students))))

    def submissions(self, students: Sequence[str]) -> dict[str, Any]:
        """Return the row of every student's submission, old or new, with all rows below it."""
        known = set(self.db.scalars(select(Student.id).where(Student.id.in_(students))))
        self.db.add_all(Student(id=student) for student in students if student not in known)
        old = self.db.scalars(_old_submissions(self.assignment.id, students))
        found = {row.student_id: row for row in old}
        for student in students:
            if student not in found:
                found[student] = SubmittedAssignment(
                    assignment_id=self.assignment.id, student_id=student
                )
            complete(found[student], self.layouts.values())
        self.db.add_all(found.values())
        return found

    def _save(self, submission: Any, given: GradedSubmission) -> None:
        if given.timestamp:  # without one, that of an earlier hand-in stays
            submission.timestamp = parse_utc(given.timestamp)
        handed_in = {notebook.notebook: notebook for notebook in given.notebooks}
        rows = by(submission.notebooks, "notebook_id")
        for name, layout in self.layouts.items():
            if name in handed_in:
                _save_scores(rows[layout.id], layout, handed_in[name], given.is_same)
                _save_comments(rows[layout.id], layout, handed_in[name])
            else:
                _save_missing(rows[layout.id])

    def penalise(
        self, submissions: Mapping[str, Any], handed_in: Mapping[str, Sequence[str]]
    ) -> None:
        """Let the configured plugin, if one is, judge each notebook that was handed in."""
        if self._penalties is None:
            return
        late = [row.id for row in submissions.values() if self._seconds_late(row) > 0]
        self._load_scores(late)
        for student, notebooks in handed_in.items():
            submission = submissions[student]
            rows = by(submission.notebooks, "notebook_id")
            for name in sorted(notebooks):
                row = rows[self.layouts[name].id]
                row.late_submission_penalty = self._penalty(row, submission)

    def _penalty(self, notebook: Any, submission: Any) -> float | None:
        seconds = self._seconds_late(submission)
        if seconds <= 0:
            return None
        self._penalties.init_plugin()  # anew for each notebook, as nbgrader does
        penalty = self._penalties.plugin_inst.late_submission_penalty(
            submission.student_id, notebook.score, seconds
        )
        return None if penalty is None else self._penalties._check_late_penalty(notebook, penalty)

    @cached_property
    def _penalties(self) -> Any:
        return late_penalties(self.course)

    def _concerns_lateness(self, submissions: Iterable[Any]) -> bool:
        """Tell whether there is something to take off or give back: the plugin is slow to load."""
        return bool(self.assignment.duedate) or any(
            row.late_submission_penalty is not None
            for submission in submissions
            for row in submission.notebooks
        )

    def _seconds_late(self, submission: Any) -> float:
        # nbgrader's own property fails on an extension of an assignment without a due date.
        return submission.total_seconds_late if self.assignment.duedate else 0

    def _load_scores(self, submission_ids: list[str]) -> None:
        """Have the database add up the notebooks' scores: one query instead of one for each."""
        score: Any = SubmittedNotebook.score
        query = select(SubmittedNotebook).options(undefer(score))
        self.db.scalars(query.where(SubmittedNotebook.assignment_id.in_(submission_ids))).all()


def _save_scores(row: Any, layout: Layout, given: GradedNotebook, is_same: bool) -> None:
    grades, marks = by(row.grades, "cell_id"), grades_of(layout, given)
    for cell in layout.grades.values():
        grade, (score, is_open) = grades[cell.id], marks[cell.id]
        # A manual score stands, and a person looks whether it still fits, unless it is the same
        # hand-in with the same points. Tasks are not touched.
        is_by_hand = grade.manual_score is not None
        is_settled = is_same and grade.auto_score == score and not grade.needs_manual_grade
        set_grade(grade, score, (is_open or is_by_hand) and not (is_by_hand and is_settled))
    for name, cell in layout.tasks.items():
        if name in given.added and grades[cell.id].manual_score is None:
            set_grade(grades[cell.id], *marks[cell.id])


def _save_comments(row: Any, layout: Layout, given: GradedNotebook) -> None:
    comments = by(row.comments, "cell_id")
    for cell, said in comments_of(layout, given).items():
        comments[cell].auto_comment = said


def _save_missing(row: Any) -> None:
    """Score 0 for all cells; comments and an earlier late penalty stay."""
    for grade in row.grades:
        set_grade(grade, 0.0, False)


def set_grade(grade: Any, auto_score: float | None, needs_manual_grade: bool) -> None:
    """Change both columns if one differs: only rows that change the same are updated together."""
    new = {"auto_score": auto_score, "needs_manual_grade": needs_manual_grade}
    if any(getattr(grade, column) != value for column, value in new.items()):
        for column, value in new.items():
            setattr(grade, column, value)
            flag_modified(grade, column)


def _old_submissions(assignment_id: str, students: Sequence[str]) -> Any:
    """Select submissions with all rows below, without the sums that nbgrader computes beside."""
    grades = selectinload(SubmittedNotebook.grades).load_only(
        Grade.cell_id, Grade.auto_score, Grade.manual_score, Grade.needs_manual_grade
    )
    comments = selectinload(SubmittedNotebook.comments).load_only(
        Comment.cell_id, Comment.auto_comment
    )
    return (
        select(SubmittedAssignment)
        .where(
            SubmittedAssignment.assignment_id == assignment_id,
            SubmittedAssignment.student_id.in_(students),
        )
        .options(
            load_only(
                SubmittedAssignment.assignment_id,
                SubmittedAssignment.student_id,
                SubmittedAssignment.timestamp,
                SubmittedAssignment.extension,
            ),
            selectinload(SubmittedAssignment.notebooks).options(grades, comments),
        )
    )
