"""Two results side by side: a student's and the documented one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import zip_longest
from textwrap import wrap
from typing import Any

import numpy as np

from workbook.comparison import label_parts
from workbook.wording import describe

COLUMN = 44
# So many values of a wrong result are shown.
MOST_VALUES = 10


@dataclass(frozen=True)
class SideBySide:
    """A student's result and the documented one; columns that lack the room stand one below."""

    yours: Any
    documented: Mapping[str, Any]

    def __repr__(self) -> str:
        left, right = self._columns()
        pairs = zip_longest(["yours", "-----", *left], ["documented", "----------", *right])
        return "\n".join(f"{a or '':<{COLUMN}}{b or ''}".rstrip() for a, b in pairs)

    def _repr_html_(self) -> str:
        columns = zip(("yours", "documented"), self._columns(), strict=True)
        column = f'<div style="flex:1 1 {COLUMN}ch;min-width:0"><strong>{{}}</strong>{{}}</div>'
        told = (column.format(title, _preformatted(lines)) for title, lines in columns)
        return f'<div style="display:flex;flex-wrap:wrap;gap:4px 24px">{"".join(told)}</div>'

    def _columns(self) -> tuple[list[str], list[str]]:
        labelled = label_parts(self.yours, tuple(self.documented))
        is_named = isinstance(labelled, Mapping)
        left = _describe_result(labelled if is_named else _numbered(self.yours))
        return [one for line in left for one in _folded(line)], _describe_result(self.documented)


def _preformatted(lines: list[str]) -> str:
    text = escape("\n".join(lines))
    return f'<pre style="margin:0;white-space:pre-wrap">{text}</pre>'


def _numbered(result: Any) -> Mapping[str, Any]:
    """Name the values of a result that has another number of them than is documented."""
    if not isinstance(result, tuple | list):
        return {"result": result}
    named = (f"{describe(result)}: value {n}" for n in range(1, MOST_VALUES + 1))
    return dict(zip(named, result, strict=False)) or {"result": result}


def _folded(line: str) -> list[str]:
    """Break a line that is too long for its column; what is continued is indented as it was."""
    margin = " " * (len(line) - len(line.lstrip()))
    return wrap(line.strip(), COLUMN - 2, initial_indent=margin, subsequent_indent=margin)


def _describe_result(parts: Mapping[Any, Any], prefix: str = "") -> list[str]:
    """Return the lines that show a result, nested dicts by their full names."""
    lines: list[str] = []
    for name, part in parts.items():
        label = f'{prefix}["{name}"]' if prefix else str(name)
        if isinstance(part, Mapping):
            lines += _describe_result(part, label)
        else:
            lines += [f"{label} =", *(f"  {line}" for line in _show(part).splitlines())]
    return lines


def _show(part: Any) -> str:
    if isinstance(part, np.ndarray | np.generic | float | int):
        return np.array2string(np.asarray(part), precision=8, max_line_width=COLUMN - 4)
    return repr(part)[:200]
