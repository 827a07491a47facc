"""The cells of an assignment as the gradebook knows them, brought to those of a new release.

nbgrader refuses a release with other cells than the one that marks were entered for. Here the
gradebook follows: a new cell gets a row in each hand-in, worth nothing there; what a removed cell
earned is put aside, and put back when a cell of that name returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import (
    Comment,
    Grade,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import select

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook, patient
from autograder.gradebook.set_aside import Aside, put_aside, take_back

KINDS = (GradeCell, SolutionCell, TaskCell, SourceCell)
GRADED, COMMENTED = (GradeCell, TaskCell), (SolutionCell, TaskCell)
# What a person gave or wrote, and what the grader gave.
NEW = {"auto_score": 0.0, "needs_manual_grade": False}
OF_GRADES = ("auto_score", "manual_score", "extra_credit", "needs_manual_grade")
OF_COMMENTS = ("auto_comment", "manual_comment")


@dataclass(frozen=True)
class Wanted:
    """The cells of a notebook that is about to be released, by kind, with what they are made of."""

    cells: Mapping[type, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def names(self, kind: type) -> set[str]:
        """Return the names of the cells of a kind."""
        return set(self.cells.get(kind, {}))


@patient
def known_points(course: Course, name: str) -> dict[str, dict[str, float]]:
    """Return what each cell that carries points is worth, by notebook, as the gradebook has it."""
    with open_gradebook(course) as gradebook:
        try:
            notebooks = gradebook.find_assignment(name).notebooks
        except MissingEntry:
            return {}
        return {
            notebook.name: {
                str(cell.name): cell.max_score
                for kind in GRADED
                for cell in _cells(gradebook.db, notebook, kind)
            }
            for notebook in notebooks
        }


def follow(course: Course, gradebook: Any, notebook: Any, wanted: Wanted) -> None:
    """Give a notebook in the gradebook the cells that are wanted, in one transaction."""
    db, place = gradebook.db, (notebook.assignment.name, notebook.name)
    for kind in KINDS:
        have = {str(cell.name): cell for cell in _cells(db, notebook, kind)}
        gone = [cell for name, cell in have.items() if name not in wanted.names(kind)]
        if kind is not SourceCell:
            put_aside(course, *place, [row for cell in gone for row in _rows_of(db, cell)])
            _drop_rows(db, gone)
        for cell in gone:
            db.delete(cell)
        db.flush()
        for name in wanted.names(kind) - set(have):
            db.add(kind(name=name, notebook=notebook, **wanted.cells[kind][name]))
        db.flush()
    _complete_all(course, db, notebook)
    db.commit()


@patient
def follow_notebooks(course: Course, name: str, notebooks: Iterable[str]) -> None:
    """Let the gradebook know an assignment's notebooks, where it has hand-ins of other ones."""
    notebooks = set(notebooks)
    with open_gradebook(course) as gradebook:
        try:
            assignment: Any = gradebook.find_assignment(name)
        except MissingEntry:
            return
        if not assignment.submissions:
            return  # nbgrader itself brings it up to date
        known = {notebook.name: notebook for notebook in assignment.notebooks}
        for gone in known.keys() - notebooks:
            follow(course, gradebook, known[gone], Wanted())
            for row in list(known[gone].submissions):
                gradebook.db.delete(row)
            gradebook.db.flush()
            gradebook.db.delete(known[gone])
        for new in notebooks - known.keys():
            row = Notebook(name=new, assignment=assignment)
            row.submissions = [
                SubmittedNotebook(assignment=submission) for submission in assignment.submissions
            ]
            gradebook.db.add(row)
        gradebook.db.commit()


def _complete_all(course: Course, db: Any, notebook: Any) -> None:
    """Give each hand-in a row for each cell: of a new one 0 points, or what was put aside."""
    rows: Any = select(SubmittedNotebook).where(SubmittedNotebook.notebook_id == notebook.id)
    graded = [cell for kind in GRADED for cell in _cells(db, notebook, kind)]
    commented = [cell for kind in COMMENTED for cell in _cells(db, notebook, kind)]
    made: list[tuple[tuple[str, str, str], Any]] = []
    for row in db.scalars(rows).all():
        student = str(row.assignment.student_id)
        have = {part.cell_id for part in (*row.grades, *row.comments)}
        made += [
            ((student, str(cell.name), "grade"), Grade(cell_id=cell.id, notebook_id=row.id, **NEW))
            for cell in graded
            if cell.id not in have
        ]
        made += [
            ((student, str(cell.name), "comment"), Comment(cell_id=cell.id, notebook_id=row.id))
            for cell in commented
            if cell.id not in have
        ]
    cells = {cell for (_, cell, _), _ in made}
    back = take_back(course, notebook.assignment.name, notebook.name, cells) if cells else {}
    for place, row in made:
        for column, value in back.get(place, {}).items():
            setattr(row, column, value)
    db.add_all(row for _, row in made)
    db.flush()
    db.expire_all()  # the lists of rows that were read before


def _rows_of(db: Any, cell: Any) -> list[Aside]:
    """Return what there is to be put aside of a cell."""
    grades = db.scalars(select(Grade).where(Grade.cell_id == cell.id))
    found = [_aside(cell, row, "grade", OF_GRADES) for row in grades]
    comments = db.scalars(select(Comment).where(Comment.cell_id == cell.id))
    return found + [_aside(cell, row, "comment", OF_COMMENTS) for row in comments]


def _aside(cell: Any, row: Any, kind: str, columns: Iterable[str]) -> Aside:
    values = {column: getattr(row, column) for column in columns}
    return Aside(str(row.notebook.assignment.student_id), str(cell.name), kind, values)


def _drop_rows(db: Any, cells: list[Any]) -> None:
    for cell in cells:
        for kind in (Grade, Comment):
            for row in db.scalars(select(kind).where(kind.cell_id == cell.id)).all():
                db.delete(row)
    db.flush()
    for cell in cells:
        db.expire(cell)


def _cells(db: Any, notebook: Any, kind: Any) -> list[Any]:
    return list(db.scalars(select(kind).where(kind.notebook_id == notebook.id)))
