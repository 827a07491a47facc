"""What was added to an assignment after a hand-in was made: it earns 0 there, and that is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from autograder.course import Course
from autograder.gradebook.added import added_later
from autograder.handin.notebook import SubmittedCell, name_of
from autograder.handin.repairing import MISSING_ANSWER
from autograder.handin.submission import handed_in_at


def find_added(
    course: Course, name: str, path: Path, cells: Iterable[SubmittedCell]
) -> dict[str, str]:
    """Return the cells that the hand-in at `path` cannot have had, with the words for them."""
    names = [cell.name for cell in cells]
    return added_later(course, name, path.stem, names, handed_in_at(path))


def tell_added(notebook: NotebookNode, added: Mapping[str, str]) -> None:
    """Say in the empty answers of a graded notebook that they were not asked then."""
    for cell in notebook.cells:
        words = added.get(name_of(cell).removesuffix("-answer"), added.get(name_of(cell)))
        if words and cell.source == MISSING_ANSWER:
            cell.source = f"# This was {words}."
