"""Say what to do about a cell that does not run: each for one of the usual reasons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from autograder.names import stands_in

MODULE = re.compile(r"No module named '([\w.]+)'")
MARGIN = re.compile(r"^[ \t]+", re.MULTILINE)
QUOTES = "“”„‟«»‘’‚‛´"

AGAIN = "Then restart the kernel, run all cells, and hand in again."
MEND = f"Mend that line and run the cell until no error comes. {AGAIN}"
ENDED = (
    "An answer cell should define its function and no more: move calls, training and loops that "
    "take long into a cell of their own."
)


class Broken(NamedTuple):
    """A cell that did not run: how it ended, what was raised, the line, and the whole cell."""

    status: str
    error: str
    reason: str
    line: str
    source: str


def remedy(cell: Broken) -> str:
    """Return what to do about it, in a sentence or two."""
    if cell.status != "error":
        return ENDED
    return next(filter(None, (find(cell) for find in USUAL)), MEND)


def missing_package(cell: Broken) -> str:
    """Return the package that a cell imports in vain, or nothing."""
    found = MODULE.match(cell.reason) if cell.error == "ModuleNotFoundError" else None
    name = found[1].partition(".")[0] if found else ""
    # The text of an error is the student's to compose; what the cell says itself is not.
    return name if stands_in(name, cell.source) else ""


def _package(cell: Broken) -> str:
    name = missing_package(cell)
    return f"{name} is missing where notebooks are graded: do without it. {AGAIN}" if name else ""


def _fence(cell: Broken) -> str:
    fences = any(line.lstrip().startswith("```") for line in cell.source.split("\n"))
    if not (fences and _is_syntax(cell)):
        return ""
    return f"Take out the lines that begin with ```: they are no Python. {AGAIN}"


def _pasted_sign(cell: Broken) -> str:
    odd = next(filter(_is_odd, cell.line.partition("#")[0]), "") if _is_syntax(cell) else ""
    if odd and odd in QUOTES:
        return f"Replace {odd} by a straight quote, ' or \", wherever it stands. {AGAIN}"
    name = unicodedata.name(odd, "").lower() if odd else ""
    return f"Python does not know the sign {odd} ({name}): type it anew. {AGAIN}" if name else ""


def _tabs(cell: Broken) -> str:
    margins = "".join(MARGIN.findall(cell.source))
    if cell.error not in {"TabError", "IndentationError"} or not {" ", "\t"} <= set(margins):
        return ""
    return f"Some lines begin with tabs and others with blanks: use four blanks for each. {AGAIN}"


def _indentation(cell: Broken) -> str:
    if cell.error != "IndentationError":
        return ""
    return f"Compare how far that line is indented with the lines above it. {AGAIN}"


def _is_syntax(cell: Broken) -> bool:
    return cell.error in {"SyntaxError", "IndentationError", "TabError"}


def _is_odd(sign: str) -> bool:
    return not sign.isascii() and not f"x{sign}".isidentifier()


USUAL: tuple[Callable[[Broken], str], ...] = (_package, _fence, _pasted_sign, _tabs, _indentation)
