"""Grades that are to be entered in the gradebook, and whether they fit the assignment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader.api import GradeCell, Notebook, SolutionCell, TaskCell
from sqlalchemy import select

NO_RESPONSE = "No response."  # as nbgrader's SaveAutoGrades comments an untouched answer


@dataclass(frozen=True)
class GradedNotebook:
    """A notebook that was handed in.

    Parameters
    ----------
    notebook : str
        Its name in the gradebook.
    scores : mapping
        The points of every grade cell, by grade id; ``None`` where a person has to look.
    unanswered : frozenset of str
        The solution and task cells that are as they were released.
    waiting : frozenset of str
        The grade cells where a person has to look although some points are certain.
    added : frozenset of str
        The cells that were added to the assignment later: they are worth nothing here.
    """

    notebook: str
    scores: Mapping[str, float | None]
    unanswered: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()


@dataclass(frozen=True)
class GradedSubmission:
    """What one student handed in, and when. A notebook that is left out scores 0.

    With `is_same` it is the hand-in that the gradebook has marks for already.
    """

    student: str
    timestamp: datetime | None
    notebooks: tuple[GradedNotebook, ...]
    is_same: bool = False


@dataclass(frozen=True)
class Layout:
    """The cells of a released notebook that a submission has rows for, by name."""

    id: str
    grades: dict[str, Any]
    solutions: dict[str, Any]
    tasks: dict[str, Any]


def grades_of(layout: Layout, given: GradedNotebook | None) -> dict[str, tuple[float | None, bool]]:
    """Return the points that a hand-in gives each cell, by its id, and whether a person must look.

    A notebook that was not handed in scores 0 for all cells, tasks too.
    """
    graded = (*layout.grades.items(), *layout.tasks.items())
    if given is None:
        return {cell.id: (0.0, False) for _, cell in graded}
    marks: dict[str, tuple[float | None, bool]] = {}
    for name, cell in layout.grades.items():
        score = given.scores[name]
        # A NumPy scalar is no database's type.
        marks[cell.id] = (None, True) if score is None else (float(score), name in given.waiting)
    for name, cell in layout.tasks.items():
        marks[cell.id] = (0.0, False) if name in given.added else (None, True)
    return marks


def comments_of(layout: Layout, given: GradedNotebook | None) -> dict[str, str | None]:
    """Return what is said of each answer of itself, by the cell's id."""
    unanswered = given.unanswered if given else frozenset()
    said: dict[str, str | None] = {
        cell.id: NO_RESPONSE if name in unanswered else None
        for name, cell in layout.solutions.items()
    }
    # nbgrader says nothing about an untouched task.
    return said | {cell.id: None for cell in layout.tasks.values()}


def by(rows: Iterable[Any], column: str) -> dict[str, Any]:
    """Return rows by what stands in a column of theirs."""
    return {getattr(row, column): row for row in rows}


def read_layouts(db: Any, assignment: Any) -> dict[str, Layout]:
    """Return the cells of each of the assignment's notebooks, by the notebook's name."""
    query = select(Notebook.id, Notebook.name).where(Notebook.assignment_id == assignment.id)
    return {
        name: Layout(id, *(_cells(db, id, kind) for kind in (GradeCell, SolutionCell, TaskCell)))
        for id, name in db.execute(query)
    }


def _cells(db: Any, notebook_id: str, kind: Any) -> dict[str, Any]:
    return {
        str(cell.name): cell
        for cell in db.scalars(select(kind).where(kind.notebook_id == notebook_id))
    }


def check_grades(graded: Sequence[GradedSubmission], layouts: Mapping[str, Layout]) -> None:
    """Refuse grades that do not fit the assignment, before anything is written."""
    _check_names("students", [given.student for given in graded])
    for given in graded:
        notebooks = [notebook.notebook for notebook in given.notebooks]
        _check_names(f"notebooks of {given.student}", notebooks, allowed=layouts)
        if not notebooks:
            raise ValueError(f"{given.student} has no graded notebook: nothing to write.")
        for notebook in given.notebooks:
            _check_cells(f"{given.student}/{notebook.notebook}", notebook, layouts)


def _check_cells(where: str, given: GradedNotebook, layouts: Mapping[str, Layout]) -> None:
    layout = layouts[given.notebook]
    _check_names(f"scores of {where}", list(given.scores), allowed=layout.grades)
    _check_names(f"waiting cells of {where}", list(given.waiting), allowed=layout.grades)
    _check_names(
        f"unanswered cells of {where}",
        list(given.unanswered),
        allowed={**layout.solutions, **layout.tasks},
    )
    for name, cell in layout.grades.items():
        if name not in given.scores:  # nbgrader would keep the score of an earlier hand-in
            raise ValueError(f"scores of {where}: none for {name}; None asks for a manual grade.")
        score = given.scores[name]
        if score is not None and not 0 <= score <= cell.max_score:
            raise ValueError(f"{score} points of {where} for {name}: 0 to {cell.max_score} exist.")


def _check_names(what: str, names: list[str], allowed: Mapping[str, Any] | None = None) -> None:
    repeated = sorted(name for name, count in Counter(names).items() if count > 1)
    if repeated:
        raise ValueError(f"{what}: {', '.join(repeated)} given more than once.")
    unknown = sorted(set(names) - set(allowed)) if allowed is not None else []
    if allowed is not None and unknown:
        raise ValueError(f"{what}: {', '.join(unknown)} unknown; known are {', '.join(allowed)}.")
