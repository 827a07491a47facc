"""From the text of a workbook to its notebook: cells, ids and nbgrader's metadata.

The text names each cell and nothing more. What nbgrader must know follows from the names:

- ``EXERCISE-answer`` holds the student's work,
- ``EXERCISE`` is the grade cell: it carries the points and gets the hidden region,
- ``EXERCISE-documented`` shows the documented example; grading need not run it,
- a cell with the tag ``yours`` is the student's to write, for no points,
- every other cell is given, and locked.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jupytext
from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import UNGRADED, Assignment
from autograder.errors import UserError

# The tag of cells that students write and nobody grades.
YOURS = "yours"

CELL_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")

HIDDEN_REGION = """
### BEGIN HIDDEN TESTS
from autograder.hidden import grade

grade("{assignment}", "{exercise}")
### END HIDDEN TESTS"""

NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
}


def compose(path: Path, assignment: Assignment) -> NotebookNode:
    """Return the instructor's notebook, not yet executed, that the text at `path` describes.

    Raises
    ------
    UserError
        If the text is missing or a cell's name is missing, unfit or used twice, or if the cells of
        an exercise are not there.
    """
    if not path.is_file():
        raise UserError(f"{path} is missing: it is the text that the notebook is made from.")
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    notebook.metadata = NotebookNode(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    names = _name_cells(path, notebook.cells)
    _require_exercises(path, names, assignment)
    for cell in notebook.cells:
        _derive(cell, assignment)
    return notebook


def _name_cells(path: Path, cells: list[NotebookNode]) -> set[str]:
    names: set[str] = set()
    for index, cell in enumerate(cells):
        name = cell.metadata.pop("title", "").strip()
        if not CELL_NAME.fullmatch(name):
            start = cell.source.partition("\n")[0]
            raise UserError(f"{path}: cell {index} ({start!r}) needs a name, not {name!r}.")
        if name in names:
            raise UserError(f"{path}: two cells are named {name!r}; rename one.")
        names.add(name)
        cell.id = name
    return names


def _require_exercises(path: Path, names: set[str], assignment: Assignment) -> None:
    for exercise in assignment.exercises:
        for name in (exercise.id, exercise.answer_cell):
            if name not in names:
                raise UserError(f"{path}: exercise {exercise.id} needs a cell named {name!r}.")


def _derive(cell: NotebookNode, assignment: Assignment) -> None:
    """Add to a named cell all that follows from its name."""
    exercises = {exercise.id: exercise for exercise in assignment.exercises}
    answers = {exercise.answer_cell for exercise in assignment.exercises}
    is_answer = cell.id in answers or YOURS in cell.metadata.get("tags", [])
    metadata: dict[str, Any] = {"grade": cell.id in exercises, "grade_id": cell.id}
    metadata |= {"locked": not is_answer, "schema_version": 3, "solution": is_answer, "task": False}
    if cell.id in exercises:
        metadata["points"] = exercises[cell.id].points
        cell.source += HIDDEN_REGION.format(assignment=assignment.name, exercise=cell.id)
    if cell.id.endswith("-documented"):
        # The check repeats what it shows, and the hidden cases what it proves.
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), UNGRADED]
    heading = exercises.get(cell.id.removesuffix("-heading"))
    if heading and cell.cell_type == "markdown":
        cell.source = cell.source.replace("{points}", str(heading.points))
    cell.metadata["nbgrader"] = NotebookNode(metadata)
