"""Start the examiner of an assignment, if its notebooks have test cells of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from autograder.authoring.exercises import available
from autograder.course import Course
from autograder.grading.examining.grounds import grounds_of, is_test
from autograder.sandbox.client import Zygote
from autograder.sandbox.examining.client import Examiner


def start_examiner(
    course: Course, sources: Mapping[Path, NotebookNode], start: Callable[[], Zygote]
) -> Examiner | None:
    """Return an examiner whose process gets warm; None if all tests are registered exercises."""
    known = available(course)
    own = [source for path, source in sources.items() if path.stem not in known]
    cells = [cell for source in own for cell in source.cells if cell.cell_type == "code"]
    if not any(map(is_test, cells)):
        return None
    return Examiner(start(), grounds_of(cells).imports)
