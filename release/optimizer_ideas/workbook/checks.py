"""Instant checks: is my function right, and if not, where do I look?

``check("NAME")`` runs the function of that name in the notebook, on its documented example and on
the public cases. It never raises for a student's mistake and never writes to stderr: it shows a
report. The one exception is ``nbgrader validate``, which only notices a cell that fails.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display

from workbook import mistakes, practice, progress, report_view
from workbook.calling import Outcome, Status, attempt
from workbook.columns import SideBySide
from workbook.comparison import Finding
from workbook.documented import Example, NoView, judge
from workbook.limits import TookTooLong, few_prints, go_on, patience, time_limit
from workbook.practice import Tried
from workbook.restarted import explain_missing_names

__all__ = [
    "Report",
    "Status",
    "attempt",
    "check",
    "examine",
    "few_prints",
    "go_on",
    "implemented",
    "patience",
    "show",
]

explain_missing_names()

WRITE_IT = "Write it in its cell above, run that cell, then run this one again."


@dataclass(frozen=True)
class Report:
    """What a check found out about one function; IPython shows it as HTML, Python as text.

    Attributes
    ----------
    findings : tuple of Finding
        On the documented example.
    tried : tuple of Tried
        What came of the public cases.
    said : str
        The one thing to tell: a known mistake that gives just these answers, or where to look.
    printed : str
        What the function printed, as far as it is shown.
    """

    name: str
    status: Status
    findings: tuple[Finding, ...] = ()
    tried: tuple[Tried, ...] = ()
    said: str = ""
    printed: str = ""
    mistakes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return report_view.as_text(self)

    def _repr_html_(self) -> str:
        return report_view.as_html(self)


class CheckFailed(AssertionError):
    """Tells ``nbgrader validate``, and nobody else, that a check is not green."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


def check(name: str) -> None:
    """Check the notebook's function `name` on all that is public and show the report."""
    report = examine(name, notebook_namespace())
    progress.note(name, is_right=report.status is Status.RIGHT)
    if get_ipython() is None:
        print(report)
    else:
        html = report._repr_html_() + progress.as_html()
        display({"text/html": html, "text/plain": repr(report)}, raw=True)
    if report.status is not Status.RIGHT and os.environ.get("NBGRADER_VALIDATING"):
        raise CheckFailed(repr(report))


def show(name: str, *arguments: Any, **keywords: Any) -> None:
    """Call the notebook's function `name` and print what it returns beside the documentation."""
    outcome = _attempt_in_time(notebook_namespace().get(name), arguments, keywords)
    if outcome.printed:
        print(f"{name} printed:\n{outcome.printed}\n")
    if outcome.status is not Status.RIGHT:
        print(f"{name}: {outcome.reason}")
        return
    yours = outcome.value
    with contextlib.suppress(NoView):
        yours = _examples()[name].shown(yours)
    (print if get_ipython() is None else display)(SideBySide(yours, _outputs()[name]))


def implemented(*names: str) -> bool:
    """Tell whether all these functions work; print one sentence about those that do not."""
    if os.environ.get("NBGRADER_VALIDATING"):
        return False  # only the checks are looked at: what draws or trains would take long
    namespace = notebook_namespace()
    for name in names:
        report = examine(name, namespace)
        if report.status is Status.TODO:
            print(f"This cell comes alive when you have written {name}.")
        elif report.status is Status.WRONG:
            print(f"This cell needs a working {name}; yours {report_view.in_short(report)}.")
        if report.status is not Status.RIGHT:
            return False
    return True


def examine(name: str, namespace: Mapping[str, Any]) -> Report:
    """Return the report on the function `name` of `namespace`.

    Raises
    ------
    ValueError
        If there is no documented example of that name.
    """
    if name not in _examples():
        raise ValueError(f"there is no check {name!r}: choose one of {', '.join(_examples())}")
    function = namespace.get(name)
    arguments, keywords = _examples()[name].call()
    tried: list[Tried] = []
    try:
        with time_limit():
            outcome = attempt(function, *arguments, **keywords)
            if outcome.status is not Status.TODO and outcome.error != "took too long":
                tried = practice.try_cases(function, practice.cases(name))
    except TookTooLong:  # just between two calls
        outcome = Outcome(None, Status.WRONG, "took too long")
    return _report(name, outcome, tried)


def _report(name: str, outcome: Outcome, tried: Sequence[Tried]) -> Report:
    """Put together what the documented call and the public ones tell."""
    if outcome.status is Status.TODO:
        problem = Finding("your function", outcome.reason, look=WRITE_IT)
        return Report(name, outcome.status, (problem,), printed=outcome.printed)
    if outcome.status is Status.WRONG:
        findings = (Finding("your function", outcome.reason),)
    else:
        findings = tuple(judge(_examples()[name], _outputs()[name], outcome.value))
    if all(one.passed for one in (*findings, *tried)):
        return Report(name, Status.RIGHT, findings, tuple(tried), printed=outcome.printed)
    known = mistakes.named(name, tried)
    said = " ".join(f"{one.done} {one.look}" for one in known) or _hint(findings, tried)
    ids = tuple(one.id for one in known)
    return Report(name, Status.WRONG, findings, tuple(tried), said, outcome.printed, ids)


def _hint(findings: Sequence[Finding], tried: Sequence[Tried]) -> str:
    """Return what the first wrong numbers tell; the public ones are known to all their digits."""
    exact = [("", finding) for one in tried[:1] for finding in one.findings]
    exact += [(f"{one.case.name}: ", finding) for one in tried[1:] for finding in one.findings]
    looks = [
        f"{where}{one.look}"
        for where, one in (*exact, *(("", finding) for finding in findings))
        if not one.passed and one.look
    ]
    return looks[0] if looks else ""


def notebook_namespace() -> Mapping[str, Any]:
    """Return the names that the notebook's cells have defined."""
    shell = get_ipython()
    return vars(sys.modules["__main__"]) if shell is None else shell.user_ns


def _attempt_in_time(function: Any, arguments: Any, keywords: Any) -> Outcome:
    try:
        with time_limit():
            return attempt(function, *arguments, **keywords)
    except TookTooLong:
        return Outcome(None, Status.WRONG, "took too long")


def _examples() -> Mapping[str, Example]:
    """Return the examples of the assignment whose folder this notebook lies in."""
    return importlib.import_module("workbook.examples").EXAMPLES


def _outputs() -> Mapping[str, Any]:
    return importlib.import_module("workbook.examples").OUTPUTS
