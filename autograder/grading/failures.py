"""Take from what a child sent why cells did not run: text of bounded size, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import Answer
from autograder.handin.notebook import name_of
from autograder.judging.obstacles import RanCell
from autograder.judging.remedies import Broken, missing_package
from autograder.names import printable
from autograder.sandbox.asking import CellRun

# Of the name of an exception.
LONGEST_NAME = 60
MISSING = "ModuleNotFoundError"


def cells_that_ran(cells: Sequence[NotebookNode], runs: Mapping[int, CellRun]) -> list[RanCell]:
    """Return the cells with what came of each."""
    return [_ran(cell, runs.get(place)) for place, cell in enumerate(cells)]


def missing_packages(cells: Sequence[RanCell], answers: Iterable[Answer]) -> list[str]:
    """Return a flag for each package that is not there and that a cell or a function imports."""
    source = "\n".join(cell.source for cell in cells)
    broken = [Broken(cell.status, cell.error, cell.reason, "", cell.source) for cell in cells]
    for answer in answers:
        _, is_missing, reason = answer.reason.partition(f"{MISSING}: ")
        if answer.status == "raised" and is_missing:
            broken.append(Broken("error", MISSING, reason, "", source))
    names = dict.fromkeys(filter(None, map(missing_package, broken)))
    return [f"{name} is missing here, and a cell imports it" for name in names]


def _ran(cell: NotebookNode, run: CellRun | None) -> RanCell:
    name, source = name_of(cell), cell.source
    if run is None:
        return RanCell(name, source, "")
    error = next(filter(_is_error, run.outputs), {})
    kind, reason = error.get("ename"), error.get("evalue")
    return RanCell(
        name,
        source,
        run.status,
        kind if isinstance(kind, str) and kind[:LONGEST_NAME].isidentifier() else "an error",
        _told(reason) if isinstance(reason, str) else "",
        run.line,
    )


def _told(reason: str) -> str:
    """Return the text of an error; of a cell that was ended, what became of it."""
    return printable(reason[:500]).removeprefix("This cell ").removesuffix(".")


def _is_error(output: Any) -> bool:
    return isinstance(output, dict) and output.get("output_type") == "error"
