"""The reference: the solutions that stand in the text of the instructor's notebook."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import numpy as np

from autograder.assignment.exercise import Assignment
from autograder.authoring.exercises import student_modules
from autograder.authoring.workbook import compose, failing
from autograder.course import Course
from autograder.handin.graded_cells import cells_to_run


def load_reference(course: Course, assignment: Assignment) -> dict[str, Callable[..., Any]]:
    """Return the instructor's solution of each exercise, by exercise id.

    The cells are the instructor's own, so running them here is safe. A solution may use what the
    given cells that grading runs have imported and defined, and NumPy as ``np`` in any case.

    Raises
    ------
    UserError
        If the text or one of its answer cells is missing, or a cell fails.
    """
    text = course.text(assignment.name)
    notebook = compose(text, assignment)
    namespace: dict[str, Any] = {"np": np, "__name__": f"reference of {assignment.name}"}
    # What a cell prints belongs below that cell, not into the output of whoever asks for this.
    with student_modules(course, assignment.name), redirect_stdout(io.StringIO()):
        for cell in cells_to_run(notebook, assignment):
            try:
                exec(compile(cell.source, f"<{cell.id}>", "exec"), namespace)
            except Exception as error:
                raise failing(text, cell.id, type(error).__name__, str(error)) from None
    return {exercise.id: namespace[exercise.id] for exercise in assignment.exercises}
