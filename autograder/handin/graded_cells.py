"""Which cells of a notebook are run: of a hand-in, and of the reference alike."""

from __future__ import annotations

from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import UNGRADED, Assignment
from autograder.handin.notebook import name_of


def cells_to_run(notebook: NotebookNode, assignment: Assignment) -> list[NotebookNode]:
    """Return the code cells that grading runs.

    Not those that draw or train, nor the grade cells of the exercises: the cases ask what their
    instant checks ask, and more, and the verdict takes the place of their outputs.
    """
    judged = {exercise.id for exercise in assignment.exercises}
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code"
        and UNGRADED not in cell.metadata.get("tags", [])
        and name_of(cell) not in judged
    ]
