"""What may be shown of a cell: forms that hold no code, and how much of them in all.

A student's HTML, SVG or script might run in a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

LATEX = "text/latex"
TEXTS = ("text/plain", LATEX)
IMAGES = ("image/png", "image/jpeg")

# Of all cells of a hand-in together. A workbook with all its figures takes 2 MB.
OUTPUTS_BYTES = 5_000_000
# What an output takes beside its texts, and a line beside its characters.
OF_AN_OUTPUT, OF_A_LINE = 200, 16


def cost_of(output: Mapping[str, Any]) -> int:
    """Return about how many bytes an output takes in a notebook."""
    texts: Iterable[str] = (output.get(name, "") for name in ("text", "ename", "evalue"))
    shown, lines = output.get("data", {}), output.get("traceback", ())
    return OF_AN_OUTPUT + sum(map(cost_of_text, (*texts, *shown.values(), *lines)))


def cost_of_text(text: str) -> int:
    r"""Return about how many bytes a text takes in a notebook, which has a string for each line.

    Examples
    --------
    >>> cost_of_text("é\n")
    35
    """
    size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
    lines = 1 + text.count("\n") + text.count("\r")
    escaped = text.count('"') + text.count("\\") + 5 * text.count("\x1b")
    return size + OF_A_LINE * lines + escaped
