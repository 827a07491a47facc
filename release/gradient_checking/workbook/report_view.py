"""Show the report of a check: as plain text, as HTML, and two results side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import zip_longest
from textwrap import wrap
from typing import Any

import numpy as np

from workbook.comparison import Finding, label_parts
from workbook.wording import describe

# More are not printed.
MOST_NUMBERS = 30
COLUMN = 44
# So many values of a wrong result are shown.
MOST_VALUES = 10

TERM_BY_TERM = "Compare the line that computes it with the rule, term by term and sign by sign."

# Colour never speaks alone: each line also carries a sign and words. Both colours keep a contrast
# above 4.5 on white and on JupyterLab's dark background they sit on a light card of their own.
COLOURS = {"right": "#1a7f37", "wrong": "#b42318", "not implemented yet": "#7a5b00"}
SIGNS = {"right": "✓", "wrong": "✗", "not implemented yet": "…"}


def as_text(name: str, status: str, findings: Sequence[Finding]) -> str:
    """Return the report as lines: a headline, then one line for each property."""
    lines = [f"{SIGNS[status]} {name}: {headline(status, findings)}"]
    for finding in findings:
        lines.append(f"  {'✓' if finding.passed else '✗'} {_sentence(finding)}")
        if not finding.passed:
            lines += [f"      {line}" for line in _details(finding)]
    return "\n".join(lines)


def as_html(name: str, status: str, findings: Sequence[Finding]) -> str:
    """Return the report as one HTML card without scripts or outside references."""
    rows = "".join(_row(finding) for finding in findings)
    colour = COLOURS[status]
    return (
        f'<div style="border-left:5px solid {colour};background:#fff;color:#1f2328;'
        'padding:8px 14px;margin:4px 0;font-family:sans-serif;font-size:14px;line-height:1.5">'
        f'<strong style="color:{colour}">{SIGNS[status]} <code>{escape(name)}</code>: '
        f"{headline(status, findings)}</strong>"
        f'<ul style="list-style:none;padding-left:4px;margin:4px 0">{rows}</ul></div>'
    )


def headline(status: str, findings: Sequence[Finding]) -> str:
    """Say in a few words how the function stands."""
    if status == "right":
        return f"all {len(findings)} properties right"
    wrong = sum(not finding.passed for finding in findings)
    return status if status != "wrong" else f"{wrong} of {len(findings)} properties wrong"


def side_by_side(yours: Any, documented: Mapping[str, Any]) -> str:
    """Return a student's result and the documented one in two columns of text."""
    labelled = label_parts(yours, tuple(documented))
    left = _describe_result(labelled if isinstance(labelled, Mapping) else _numbered(yours))
    right = _describe_result(documented)
    left = [piece for line in left for piece in _folded(line)]
    pairs = zip_longest(["yours", "-----", *left], ["documented", "----------", *right])
    return "\n".join(f"{a or '':<{COLUMN}}{b or ''}".rstrip() for a, b in pairs)


def _sentence(finding: Finding) -> str:
    return f"{finding.subject} {finding.problem}".rstrip()


def _details(finding: Finding) -> list[str]:
    """Return what was expected, what came, and what to look at, as far as the finding tells."""
    details = []
    for title, array in _shown(finding):
        details += [f"{title}:", *_numbers(array).splitlines()]
    return [*details, f"Look: {_hint(finding)}"] if _hint(finding) else details


def _row(finding: Finding) -> str:
    colour = COLOURS["right" if finding.passed else "wrong"]
    sign = f'<span style="color:{colour}">{"✓" if finding.passed else "✗"}</span>'
    sentence = escape(_sentence(finding))
    if finding.passed:
        return f"<li>{sign} {sentence}</li>"
    return f"<li>{sign} {sentence}{_expected_and_came(finding)}{_look(finding)}</li>"


def _expected_and_came(finding: Finding) -> str:
    if not _shown(finding):
        return ""
    cell = '<td style="text-align:left;vertical-align:top;padding:2px 18px 2px 0">{}</td>'
    cells = "".join(
        cell.format(f'{title}<pre style="margin:0">{escape(_numbers(array))}</pre>')
        for title, array in _shown(finding)
    )
    return f'<table style="margin:2px 18px"><tr>{cells}</tr></table>'


def _shown(finding: Finding) -> list[tuple[str, np.ndarray]]:
    pairs = (("expected", finding.expected), ("came", finding.came))
    return [(title, array) for title, array in pairs if array is not None]


def _numbers(array: np.ndarray) -> str:
    if array.size > MOST_NUMBERS:
        return f"an array of shape {array.shape}"
    return np.array2string(array, precision=8, suppress_small=False, separator=", ")


def _look(finding: Finding) -> str:
    hint = f'<div style="padding-left:18px"><em>{escape(_hint(finding))}</em></div>'
    return hint if _hint(finding) else ""


def _hint(finding: Finding) -> str:
    """Return the one thing to look at; wrong numbers alone do not tell it."""
    return finding.look or (TERM_BY_TERM if _shown(finding) else "")


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
