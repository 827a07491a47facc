"""Take from what a child sent why cells did not run: text of bounded size, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeGuard

from nbformat.notebooknode import NotebookNode

from autograder.assignment.exercise import Answer
from autograder.handin.notebook import name_of
from autograder.judging.obstacles import RanCell
from autograder.judging.remedies import Broken, missing_package
from autograder.names import printable
from autograder.sandbox.asking import CellRun

# Of the name of an exception.
LONGEST_NAME = 60
# Of those in which a function asks for a package that is not there.
MOST_REASONS = 3
MISSING = "ModuleNotFoundError"


def cells_that_ran(cells: Sequence[NotebookNode], runs: Mapping[int, CellRun]) -> list[RanCell]:
    """Return the cells with what came of each."""
    return [_ran(cell, runs.get(place)) for place, cell in enumerate(cells)]


def missing_packages(cells: Sequence[RanCell], answers: Iterable[Answer]) -> list[str]:
    """Return a flag for each package that is not there and that a cell or a function imports."""
    broken = [Broken(cell.status, cell.error, cell.reason, "", cell.source) for cell in cells]
    # Each once: to look for a name in all the code takes time.
    if reasons := dict.fromkeys(reason for answer in answers if (reason := _missing(answer))):
        source = "\n".join(cell.source for cell in cells)
        few = islice(reasons, MOST_REASONS)
        broken += [Broken("error", MISSING, reason, "", source) for reason in few]
    names = dict.fromkeys(filter(None, map(missing_package, broken)))
    return [f"{name} is missing here, and a cell imports it" for name in names]


def _missing(answer: Answer) -> str:
    """Return what an error says of a package that is not there, or nothing."""
    return answer.reason.partition(f"{MISSING}: ")[2] if answer.status == "raised" else ""


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
        kind if _is_name(kind) else "an error",
        _told(reason) if isinstance(reason, str) else "",
        run.line,
    )


def _is_name(kind: Any) -> TypeGuard[str]:
    """Tell whether a name may be told: a child may send any text for one, of any length."""
    return isinstance(kind, str) and len(kind) <= LONGEST_NAME and kind.isidentifier()


def _told(reason: str) -> str:
    """Return the text of an error; of a cell that was ended, what became of it."""
    return printable(reason[:500]).removeprefix("This cell ").removesuffix(".")


def _is_error(output: Any) -> bool:
    return isinstance(output, dict) and output.get("output_type") == "error"
