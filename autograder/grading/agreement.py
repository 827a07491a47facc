"""Whether a notebook and its exercises ask the same, for the same points."""

from __future__ import annotations

from pathlib import Path

from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import Assignment
from autograder.authoring import exercises
from autograder.authoring.workbook import HIDDEN_CALL
from autograder.course import Course
from autograder.errors import UserError
from autograder.handin.notebook import name_of, read_own


def require_agreement(course: Course, name: str) -> None:
    """Refuse an assignment of which a notebook asks something else than its exercises do.

    Raises
    ------
    UserError
        If there is one: it is older than they are.
    """
    for notebook in course.notebooks(name):
        path = course.source(name) / f"{notebook}.ipynb"
        source = read_own(path)
        require_agreement_of(path, source, assignment_of(course, path))


def assignments_of(course: Course, name: str) -> dict[str, Assignment]:
    """Return the exercises of each notebook, by its name; it raises as `assignment_of` does."""
    source = course.source(name)
    return {
        notebook: assignment_of(course, source / f"{notebook}.ipynb")
        for notebook in course.notebooks(name)
    }


def assignment_of(course: Course, path: Path) -> Assignment:
    """Return the exercises of a notebook, or none for an instructor's own test cells.

    Raises
    ------
    UserError
        If its exercises are gone: its tests would fail for everybody.
    """
    name = path.stem
    if name in exercises.available(course):
        return exercises.load(course, name)
    if path.is_file() and HIDDEN_CALL in path.read_text(encoding="utf-8"):
        raise UserError(
            f"{path} is graded by exercises that are not there: {course.exercises / name}.py "
            "is missing. Put it back, or build the notebook of the name that it has now."
        )
    return Assignment(name, ())


def require_agreement_of(path: Path, source: NotebookNode, assignment: Assignment) -> None:
    """Refuse a notebook that asks something else, or for other points, than its exercises do."""
    asked = {exercise.id: exercise.points for exercise in assignment.exercises}
    built = {
        name_of(cell): cell.metadata.nbgrader.points
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
        and (HIDDEN_CALL in cell.source or name_of(cell) in asked)
    }
    if not asked or asked == built:
        return
    cell = next(name for name in (*asked, *built) if asked.get(name) != built.get(name))
    said = [
        f"{points[cell]:g} points" if cell in points else "nothing" for points in (asked, built)
    ]
    again = f"`autograder build {path.stem}` and `autograder release {path.parent.name}`"
    raise UserError(
        f"{path} is older than its exercises: for {cell} they give {said[0]}, it {said[1]}. "
        f"Run {again} first."
    )
