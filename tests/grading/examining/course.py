"""Write the course of all kinds of assert cells, and hand-ins of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from tests.grading.examining.cells import GIVEN, KINDS, Kind

NAME = "kinds"
ANSWER = "### BEGIN SOLUTION\n{}\n### END SOLUTION"


def cell(source: str, name: str = "", **role: object) -> NotebookNode:
    made = (
        new_code_cell(source, id=name.replace("_", "-") or None) if name else new_code_cell(source)
    )
    if name:
        usual = {"grade": False, "solution": False, "locked": False, "task": False}
        made.metadata["nbgrader"] = {"schema_version": 3, "grade_id": name, **usual, **role}
    return made


def notebook(
    answer: Callable[[Kind], str] = lambda kind: ANSWER.format(kind.right),
) -> NotebookNode:
    """Return the instructor's notebook, or one with other answers."""
    cells = [cell(text, f"given-{n}", locked=True) for n, text in enumerate(GIVEN)]
    for kind in KINDS:
        cells.append(cell(answer(kind), kind.name, solution=True))
        cells += [
            cell(text, f"{kind.name}-{n}", grade=True, locked=True, points=1.0)
            for n, text in enumerate(kind.tests)
        ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def write_course(root: Path) -> Path:
    """Write the course's configuration and the instructor's notebook."""
    (root / "source" / NAME).mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'any'\n"
    )
    nbformat.write(notebook(), root / "source" / NAME / f"{NAME}.ipynb")
    return root


def hand_in(root: Path, student: str, made: NotebookNode) -> None:
    """Hand in a notebook as a student."""
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True)
    nbformat.write(made, folder / f"{NAME}.ipynb")
