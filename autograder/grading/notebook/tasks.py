"""What the sandbox is told of the cells that it runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from autograder.handin.notebook import name_of
from autograder.sandbox.sharing import Task


def tasks_of(
    cells: Iterable[NotebookNode], seconds: float, numbers: Mapping[str, int] | None = None
) -> list[Task]:
    """Return the cells as tasks of so many seconds; those that a student wrote share a part.

    Parameters
    ----------
    numbers : mapping, optional
        The number of each cell in the student's notebook, by the cell's id.
    """
    known = numbers or {}
    return [_task(cell, seconds, known.get(cell.get("id", ""), 0)) for cell in cells]


def _task(cell: NotebookNode, seconds: float, number: int) -> Task:
    name = name_of(cell)
    label = f"cell {number}" if number else f"the cell {name}"
    shares = not name or bool(is_solution(cell))
    return Task(cell.source, seconds, shares, label, not name)
