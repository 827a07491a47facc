"""Read the marks of a class from nbgrader's gradebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import or_, select

from autograder.course import Course
from autograder.gradebook.late import LatePolicy, late_policy
from autograder.gradebook.nbgrader_api import in_pieces, open_gradebook, patient
from autograder.gradebook.released import column_of, maximal_points
from autograder.gradebook.rows import NO_RESPONSE

NONE: frozenset[str] = frozenset()
_Place = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the gradebook says of one student; cells are called as in `maximal_points`.

    Attributes
    ----------
    points : mapping
        What each cell earned: what a person entered stands in place of the grader's points, and
        extra credit is part of it.
    penalty : float
        What was taken off for a late hand-in.
    waiting, untouched : frozenset of str
        The cells that a person has to look at; the answer cells that are as released.
    by_hand : frozenset of str
        The cells whose points a person gave.
    extra, comments : mapping
        What a person added to the points, and wrote.
    late : str
        How late the hand-in is, by the course's policy, and what that costs.
    """

    student: str
    points: Mapping[str, float] = field(default_factory=dict)
    penalty: float = 0.0
    waiting: frozenset[str] = NONE
    untouched: frozenset[str] = NONE
    by_hand: frozenset[str] = NONE
    extra: Mapping[str, float] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    late: str = ""

    @property
    def to_review(self) -> list[str]:
        """The cells whose points a person gave before the hand-in, or what it carries, changed."""
        return sorted(self.by_hand & self.waiting)

    @property
    def raw(self) -> float:
        """All points together, before the penalty."""
        return sum(self.points.values())

    @property
    def total(self) -> float:
        """All points together, less the penalty: as nbgrader exports them."""
        return max(0.0, self.raw - self.penalty)


@patient
def read_marks(
    course: Course, name: str, students: Collection[str] | None = None
) -> dict[str, Mark]:
    """Return the marks that the gradebook has, by student: of all, or of `students`."""
    columns, notebooks = list(maximal_points(course, name)), len(course.notebooks(name))
    found: dict[str, Mark] = {}
    with open_gradebook(course) as gradebook:
        wanted = sorted(read_times(gradebook, name)) if students is None else [*students]
        place, policy = _place_of(gradebook, name), late_policy(course.config)
        for piece in in_pieces(wanted):  # the rows of a large class would not fit into memory
            rows = _rows_of(gradebook, place, piece)
            penalties = _penalties(rows(_late(name)))
            grades = _by_cell(rows(_grades(name), Grade), notebooks)
            comments = _by_cell(rows(_comments(name), Comment), notebooks)
            late = _lateness(policy, rows(_times(name)))
            found |= {
                one: _mark(one, columns, penalties[one], grades[one], comments[one], late.get(one))
                for one in piece
                if one in penalties
            }
    return found


def read_times(gradebook: Gradebook, name: str) -> dict[str, datetime | None]:
    """Return when each student handed in."""
    rows: Any = gradebook.db.execute(_of_submissions(name, SubmittedAssignment.timestamp))
    return dict(tuple(row) for row in rows)


def _mark(
    student: str,
    columns: list[str],
    penalty: float,
    grades: dict[str, Any],
    comments: dict[str, Any],
    late: str | None,
) -> Mark:
    return Mark(
        student,
        {column: float(grades[column].score) if column in grades else 0.0 for column in columns},
        penalty,
        _set(cell for cell, grade in grades.items() if grade.needs_manual_grade),
        _set(cell for cell, said in comments.items() if said.auto_comment == NO_RESPONSE),
        _set(cell for cell, grade in grades.items() if grade.manual_score is not None),
        {cell: grade.extra_credit for cell, grade in grades.items() if grade.extra_credit},
        {cell: said.manual_comment for cell, said in comments.items() if said.manual_comment},
        late or "",
    )


def _set(cells: Iterable[str]) -> frozenset[str]:
    """Return a set of cells; the same where there are none, as in most marks of a class."""
    return frozenset(cells) or NONE


def _times(name: str) -> Any:
    """Select when each student handed in, and until when that was in time."""
    row = SubmittedAssignment
    return _of_submissions(name, row.timestamp, row.extension, Assignment.duedate)


def _lateness(policy: LatePolicy | None, rows: Iterable[Any]) -> dict[str, str]:
    """Return how late each student was, by the course's policy."""
    if policy is None:
        return {}
    late = {
        row.student_id: policy.lateness(
            (row.timestamp - row.duedate - (row.extension or timedelta())).total_seconds()
        )
        for row in rows
        if row.timestamp and row.duedate
    }
    return {student: str(found) for student, found in late.items() if found}


def _late(name: str) -> Any:
    """Select the penalty of each notebook, for all who have handed in."""
    return _of_submissions(name, SubmittedNotebook.late_submission_penalty)


def _grades(name: str) -> Any:
    """Select the grades; nbgrader's `score` knows which points count, and has the extra in it."""
    parts = (Grade.score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)
    return _of_cells(name, Grade, *parts)


def _comments(name: str) -> Any:
    """Select what a person wrote, and which answers are untouched."""
    query = _of_cells(name, Comment, Comment.auto_comment, Comment.manual_comment)
    return query.where(
        or_(Comment.auto_comment == NO_RESPONSE, Comment.manual_comment.is_not(None))
    )


def _rows_of(gradebook: Gradebook, place: _Place, students: Collection[str]) -> Any:
    """Return what gives the rows of a query for these students.

    One query for them: nbgrader's own objects ask the database anew for each student. It names the
    notebooks and the cells, which follow from the assignment: the indexes begin with them, and
    without one SQLite looks through the rows of the whole class.
    """
    notebooks, cells = place

    def rows(query: Any, table: Any = None) -> Any:
        query = query.where(SubmittedAssignment.student_id.in_(students))
        query = query.where(SubmittedNotebook.notebook_id.in_(notebooks))
        return gradebook.db.execute(query.where(table.cell_id.in_(cells)) if table else query)

    return rows


def _place_of(gradebook: Gradebook, name: str) -> _Place:
    """Return the ids of an assignment's notebooks, and of their cells."""
    notebook: Any = Notebook
    of_it = select(notebook.id).join(Assignment).where(Assignment.name == name)  # pyright: ignore
    cells = select(BaseCell.id).where(BaseCell.notebook_id.in_(of_it))
    return gradebook.db.scalars(of_it).all(), gradebook.db.scalars(cells).all()


def _by_cell(rows: Iterable[Any], notebooks: int) -> dict[str, dict[str, Any]]:
    """Return the rows by student and cell."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        found[row.student_id][column_of(row.notebook, row.cell, notebooks)] = row
    return found


def _penalties(rows: Iterable[Any]) -> dict[str, float]:
    """Return the late penalty of every student who has handed in."""
    taken: dict[str, float] = defaultdict(float)
    for student, penalty in rows:
        taken[student] += penalty or 0.0
    return taken


def _of_cells(name: str, table: Any, *columns: Any) -> Any:
    names: Any = (Notebook.name.label("notebook"), BaseCell.name.label("cell"))
    query = _of_submissions(name, *names, *columns)
    query = query.join(table, table.notebook_id == SubmittedNotebook.id)
    return query.join(BaseCell, table.cell_id == BaseCell.id)


def _of_submissions(name: str, *columns: Any) -> Any:
    return (
        select(SubmittedAssignment.student_id, *columns)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .where(Assignment.name == name)  # pyright: ignore[reportGeneralTypeIssues]
    )
