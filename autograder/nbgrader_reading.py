"""What nbgrader's own door reads of hand-ins: the same files as `autograder grade`, as it does."""

from __future__ import annotations

import glob
import os
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode
from nbgrader.converters import Autograde

from autograder.course import Course
from autograder.grading.agreement import assignment_of
from autograder.handin.finding import HandIn, read_hand_in
from autograder.handin.notebook import SubmittedCell, UnreadableNotebook
from autograder.handin.submission import Submission
from autograder.names import why_unfit

# Where the sanitised notebook says that the hand-in was refused. It is the source version's own
# metadata that it stands in, so no student can write there.
REFUSED = "autograder_refused"


class TolerantExporter(NotebookExporter):
    """Reads hand-ins as `autograder grade` does: nbgrader's own reader stops at odd ones."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**keywords)
        if isinstance(self.parent, Autograde):
            _see_all_hand_ins(self.parent)

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **keywords: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return what comes of a notebook; of a hand-in that is none, why it scores 0."""
        path, course = Path(filename), Course.find()
        if course.submitted() not in path.absolute().parents:
            return super().from_filename(filename, resources, **keywords)
        resources = dict(resources or {})
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        try:
            cells = [_as_notebook_cell(cell) for cell in _read(course, path).cells]
        except UnreadableNotebook as reason:
            cells, resources[REFUSED] = [], str(reason)
            self.log.warning("%s scores 0: %s", path, reason)
        return self.from_notebook_node(nbformat.v4.new_notebook(cells=cells), resources)


def _see_all_hand_ins(converter: Autograde) -> None:
    """Have nbgrader go by what lies in a hand-in's folder, where it goes by the names of files.

    It has listed them by now, and passes over what it does not know. So each notebook that can be
    taken is listed by the name that it should have; who has none is listed too, and earns 0.
    """
    place: Any = converter.coursedir
    course = Course.find(Path(place.root))
    pattern = place.format_path(
        place.submitted_directory, place.student_id or "*", place.assignment_id
    )
    for folder in glob.glob(pattern):
        name, student = os.path.basename(folder), os.path.basename(os.path.dirname(folder))
        notebooks = [one for one in course.notebooks(name) if fnmatch(one, place.notebook_id)]
        if notebooks and not why_unfit(student):
            there = [one for one in notebooks if _is_there(course, Path(folder, f"{one}.ipynb"))]
            converter.assignments[folder] = [
                os.path.join(folder, f"{one}.ipynb") for one in there or notebooks
            ]


def _is_there(course: Course, path: Path) -> bool:
    """Tell whether a notebook was handed in, readable or not, under whatever name."""
    if os.path.lexists(path):
        return True
    try:
        return bool(_read(course, path))
    except UnreadableNotebook:
        return False


def _read(course: Course, path: Path) -> HandIn:
    student, name = path.parts[-3:-1]
    source = course.source(name) / path.name
    return read_hand_in(
        Submission(student, name, course.submitted()), assignment_of(course, source)
    )


def _as_notebook_cell(cell: SubmittedCell) -> NotebookNode:
    make = getattr(nbformat.v4, f"new_{cell.kind}_cell")
    return make(cell.source, metadata={"nbgrader": {"grade_id": cell.name}})
