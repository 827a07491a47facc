"""The instructor's notebook as it is graded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.api import MissingEntry

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.nbgrader_api import open_gradebook
from autograder.grading.examining.grounds import is_test
from autograder.handin.notebook import name_of, read_own

# What nbgrader replaces by tests when it makes the release; the gradebook has what came of it.
AUTOTEST = "AUTOTEST"


def read_source(course: Course, assignment: str, path: Path) -> NotebookNode:
    """Return an instructor's notebook, with the tests that nbgrader has written into it.

    Raises
    ------
    UserError
        If it is for another kernel than Python's.
    """
    source = read_own(path)
    _require_python(path, source.metadata)
    if any(is_test(cell) and AUTOTEST in cell.source for cell in source.cells):
        _write_tests(course, assignment, path.stem, source)
    return source


def _require_python(path: Path, metadata: Any) -> None:
    kernel, language = metadata.get("kernelspec", {}), metadata.get("language_info", {})
    said = kernel.get("language") or language.get("name") or kernel.get("name") or "python"
    if not str(said).lower().startswith(("python", "ipython", "conda", "xpython", "xeus-python")):
        raise UserError(
            f"{path} is for the language {said}: only Python notebooks are graded here. "
            "Grade it by `nbgrader autograde`, or move it to an assignment of its own."
        )


def _write_tests(course: Course, assignment: str, notebook: str, source: NotebookNode) -> None:
    try:
        with open_gradebook(course) as gradebook:
            known: Any = gradebook.find_notebook(notebook, assignment).source_cells
            texts = {cell.name: cell.source for cell in known}
    except MissingEntry:
        texts = {}
    for cell in filter(is_test, source.cells):
        if AUTOTEST in cell.source and name_of(cell) in texts:
            cell.source = texts[name_of(cell)]
