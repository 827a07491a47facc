"""Apply other points to test cells, essays and tasks that no exercise stands behind.

What an instructor's own test earned is told by its outputs in the graded notebook, which also says
what the cell carried then. Those are read where the points differ from those applied last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade

from autograder.course import Course
from autograder.gradebook.kept import private_folder, write_data
from autograder.gradebook.reapplying import write_points
from autograder.gradebook.released import points_of
from autograder.grading.marks.basis import points_asked
from autograder.grading.marks.recording import write_notebook
from autograder.grading.notebook.outputs import score_by_nbgrader
from autograder.handin.notebook import name_of

FORMAT = 1
FOLDER = "points"


@dataclass(frozen=True)
class _File:
    format: int = FORMAT
    cells: dict[str, dict[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Rescored:
    """A graded notebook in which cells carry other points now, and what those cells earn."""

    path: Path
    notebook: NotebookNode
    scores: dict[str, float | None]


def apply_points(course: Course, name: str, students: Iterable[str]) -> list[str]:
    """Enter what cells without exercises carry now; return the students whom that concerns."""
    worth = {notebook: _worth(course, name, notebook) for notebook in course.notebooks(name)}
    now = {notebook: points for notebook, points in worth.items() if points}
    if _applied(course, name) == now:
        return []
    found = {
        student: rescored
        for student in students
        if (rescored := [*_rescored(course, name, student, now)])
    }
    if found:
        scores = {
            student: {one.path.stem: one.scores for one in rescored}
            for student, rescored in found.items()
        }
        write_points(course, name, scores)
    for one in (one for rescored in found.values() for one in rescored):
        write_notebook(one.path, one.notebook)
    write_data(_path(course, name), _File(cells=now))
    return list(found)


def _worth(course: Course, name: str, notebook: str) -> dict[str, float]:
    """Return what each cell carries that no exercise stands behind."""
    by_exercise = points_asked(course, notebook)
    known = points_of(course, name, notebook)
    return {cell: points for cell, points in known.items() if cell not in by_exercise}


def _rescored(
    course: Course, name: str, student: str, now: Mapping[str, Mapping[str, float]]
) -> Iterator[_Rescored]:
    for notebook, worth in now.items():
        path = course.autograded() / student / name / f"{notebook}.ipynb"
        if not path.is_file():
            continue
        graded = nbformat.read(path, as_version=4)
        differ = [
            cell
            for cell in graded.cells
            if name_of(cell) in worth
            and cell.metadata.nbgrader.get("points") != worth[name_of(cell)]
        ]
        for cell in differ:
            cell.metadata.nbgrader.points = worth[name_of(cell)]
        if differ:
            yield _Rescored(path, graded, {name_of(cell): _score(cell) for cell in differ})


def _score(cell: NotebookNode) -> float | None:
    return score_by_nbgrader(cell) if is_grade(cell) else None


def _applied(course: Course, name: str) -> dict[str, dict[str, float]]:
    """Return the points that were applied last; of a file that cannot be read nothing is known."""
    try:
        file = msgspec.json.decode(_path(course, name).read_bytes(), type=_File)
    except (OSError, msgspec.MsgspecError):
        return {}
    return file.cells if file.format == FORMAT else {}


def _path(course: Course, name: str) -> Path:
    return private_folder(course) / FOLDER / f"{name}.json"
