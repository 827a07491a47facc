"""The reference: the solutions that stand in the text of the instructor's notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.assignment.exercise import Assignment
from autograder.authoring.workbook import compose
from autograder.course import Course


def load_reference(course: Course, assignment: Assignment) -> dict[str, Callable[..., Any]]:
    """Return the instructor's solution of each exercise, by exercise id.

    The cells are the instructor's own, so running them here is safe. They may use NumPy as ``np``.

    Raises
    ------
    UserError
        If the text or one of its answer cells is missing.
    """
    notebook = compose(course.text(assignment.name), assignment)
    sources = {cell.id: cell.source for cell in notebook.cells}
    namespace: dict[str, Any] = {"np": np}
    for exercise in assignment.exercises:
        cell = exercise.answer_cell
        exec(compile(sources[cell], f"<{cell}>", "exec"), namespace)
    return {exercise.id: namespace[exercise.id] for exercise in assignment.exercises}
