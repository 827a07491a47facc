"""Show the report of a check: as plain text and as HTML, the one thing to look at first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from workbook import look
from workbook.comparison import Finding

if TYPE_CHECKING:
    from workbook.checks import Report

__all__ = ["as_html", "as_text", "headline", "in_short"]

# More are not printed.
MOST_NUMBERS = 30
# Of cases that are wrong, so many are listed.
MOST_NAMES = 12

TERM_BY_TERM = "Compare the line that computes it with the rule, term by term and sign by sign."
DOCUMENTED = "the documented example"

# Colour never speaks alone: each line also carries a sign and words.
COLOURS = {"right": look.RIGHT, "wrong": look.WRONG, "not implemented yet": look.TODO}
SIGNS = {"right": "✓", "wrong": "✗", "not implemented yet": "…"}


def as_text(report: Report) -> str:
    """Return the report as lines: a headline, the first difference, one thing to look at."""
    lines = [f"{SIGNS[report.status]} {report.name}: {headline(report)}"]
    if report.status == "right":
        lines += [f"  ✓ {finding.subject}" for finding in report.findings]
    elif first := _first(report):
        where, finding = first
        lines.append(f"  ✗ {where}{_sentence(finding)}")
        lines += [f"      {line}" for line in _numbers_of(finding)]
        lines += [f"  Look: {_look(report, finding)}"] if _look(report, finding) else []
        lines += [f"  {line}" for line in _others(report)]
    if report.printed:
        lines += ["  it printed:", *(f"      {line}" for line in report.printed.split("\n"))]
    return "\n".join(lines)


def as_html(report: Report) -> str:
    """Return the report as one HTML card without scripts or outside references."""
    colour = COLOURS[report.status]
    body = _all_right(report) if report.status == "right" else _what_is_wrong(report)
    return look.STYLE + look.card(
        f'<strong style="color:{colour}">{SIGNS[report.status]} '
        f'<code style="background:none;color:inherit">{escape(report.name)}</code>: '
        f"{escape(headline(report))}</strong>{body}{_printed(report)}",
        colour,
    )


def headline(report: Report) -> str:
    """Say in a few words how the function stands."""
    documented = f"all {len(report.findings)} documented properties right"
    if report.status == "right":
        others = f", and so are {len(report.tried)} other cases" if report.tried else ""
        return f"{documented}{others}"
    if report.status != "wrong":
        return str(report.status)
    failed = sum(not one.passed for one in report.tried)
    others = f"{failed} of {len(report.tried)} other cases wrong"
    wrong = sum(not finding.passed for finding in report.findings)
    if not wrong:
        return f"right in {DOCUMENTED}, but {others}"
    own = f"{wrong} of {len(report.findings)} documented properties wrong"
    return f"{own}, and {others}" if report.tried else own


def in_short(report: Report) -> str:
    """Say in one clause what is wrong, as of a function."""
    first = _first(report)
    if first is None:
        return "is wrong"
    where, finding = first
    said = f"{where}{finding.subject} {finding.problem}"
    for subject, verb in (("your function ", ""), ("the result is ", "returns ")):
        if finding.subject in subject and said.startswith(subject):
            return f"{verb}{said.removeprefix(subject)}"
    return f"is wrong: {said}"


def _first(report: Report) -> tuple[str, Finding] | None:
    """Return the first difference, and the words for the case that it is in."""
    return next(_wrong(report), None)


def _wrong(report: Report) -> Iterator[tuple[str, Finding]]:
    """Yield all differences: those of the documented example first."""
    yield from (("", finding) for finding in report.findings if not finding.passed)
    for one in report.tried:
        where = f"{one.case.name}: "
        if one.outcome.status != "right":
            yield where, Finding("your function", one.outcome.reason)
        yield from ((where, finding) for finding in one.findings if not finding.passed)


def _others(report: Report) -> list[str]:
    """Say how much more is wrong, in one or two lines."""
    names = [one.case.name for one in report.tried if not one.passed]
    listed = ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
    wrong = [finding for finding in report.findings if not finding.passed]
    lines = [f"Wrong too: {', '.join(one.subject for one in wrong[1:])}."] if wrong[1:] else []
    return [*lines, f"Wrong among the other cases: {listed}."] if names else lines


def _all_right(report: Report) -> str:
    names = ", ".join(f"<code>{escape(one.subject)}</code>" for one in report.findings)
    cases = ", ".join(escape(one.case.name) for one in report.tried)
    more = f"<br>Other cases: {cases}" if cases else ""
    return _folded("what was checked", f"Documented: {names}{more}")


def _what_is_wrong(report: Report) -> str:
    """Return the first difference and the one thing to look at; the rest is folded."""
    first, *rest = [*_wrong(report)] or [("", Finding("your function", "is wrong"))]
    where, finding = first
    look = _look(report, finding)
    told = f'<div style="padding-left:18px"><em>{escape(look)}</em></div>' if look else ""
    more = "".join(f"<li>{_row(where, one)}</li>" for where, one in rest)
    counted = f"{len(rest)} other difference{'s' if rest[1:] else ''}"
    folded = _folded(counted, f"<ul>{more}</ul>") if rest else ""
    return f"<div>{_row(where, finding)}</div>{told}{folded}"


def _row(where: str, finding: Finding) -> str:
    sign = f'<span style="color:{COLOURS["wrong"]}">✗</span>'
    return f"{sign} {escape(where)}{escape(_sentence(finding))}{_expected_and_came(finding)}"


def _folded(title: str, body: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{body}</details>"


def _printed(report: Report) -> str:
    if not report.printed:
        return ""
    return f'<div>it printed:<pre style="margin:0 18px">{escape(report.printed)}</pre></div>'


def _look(report: Report, finding: Finding) -> str:
    """Return the one thing to look at; wrong numbers alone do not tell it."""
    return report.said or finding.look or (TERM_BY_TERM if _shown(finding) else "")


def _sentence(finding: Finding) -> str:
    return f"{finding.subject} {finding.problem}".rstrip()


def _numbers_of(finding: Finding) -> list[str]:
    """Return what was expected and what came, as far as the finding tells."""
    details: list[str] = []
    for title, array in _shown(finding):
        details += [f"{title}:", *_numbers(array).splitlines()]
    return details


def _expected_and_came(finding: Finding) -> str:
    if not _shown(finding):
        return ""
    cell = '<td style="text-align:left;vertical-align:top;padding:2px 18px 2px 0">{}</td>'
    cells = "".join(
        cell.format(f'{title}<pre style="margin:0">{escape(_numbers(array))}</pre>')
        for title, array in _shown(finding)
    )
    return f'<table style="margin:2px 18px"><tr>{cells}</tr></table>'


def _shown(finding: Finding) -> Sequence[tuple[str, np.ndarray]]:
    pairs = (("expected", finding.expected), ("came", finding.came))
    return [(title, array) for title, array in pairs if array is not None]


def _numbers(array: np.ndarray) -> str:
    if array.size > MOST_NUMBERS:
        return f"an array of shape {array.shape}"
    return np.array2string(array, precision=8, suppress_small=False, separator=", ")
