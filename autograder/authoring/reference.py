"""The reference: the solutions that stand in the text of the instructor's notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import UNGRADED, Assignment
from autograder.authoring.exercises import student_modules
from autograder.authoring.workbook import compose
from autograder.course import Course


def load_reference(course: Course, assignment: Assignment) -> dict[str, Callable[..., Any]]:
    """Return the instructor's solution of each exercise, by exercise id.

    The cells are the instructor's own, so running them here is safe. A solution may use what the
    given cells that grading runs have imported and defined, and NumPy as ``np`` in any case.

    Raises
    ------
    UserError
        If the text or one of its answer cells is missing.
    """
    notebook = compose(course.text(assignment.name), assignment)
    namespace: dict[str, Any] = {"np": np, "__name__": f"reference of {assignment.name}"}
    with student_modules(course, assignment.name):
        for cell in _cells(notebook, assignment):
            exec(compile(cell.source, f"<{cell.id}>", "exec"), namespace)
    return {exercise.id: namespace[exercise.id] for exercise in assignment.exercises}


def _cells(notebook: NotebookNode, assignment: Assignment) -> Iterator[NotebookNode]:
    """Yield the code cells that a solution may need: no figure, no training, no check."""
    checks = {exercise.id for exercise in assignment.exercises}
    for cell in notebook.cells:
        is_shown = UNGRADED in cell.metadata.get("tags", [])
        if cell.cell_type == "code" and cell.id not in checks and not is_shown:
            yield cell
