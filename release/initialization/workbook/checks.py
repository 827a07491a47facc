"""Instant checks: is my function right on its documented example, and if not, where do I look?

``check("NAME")`` runs the function of that name in the notebook. It never
raises for a student's mistake and never writes to stderr: it shows a report. The one exception is
``nbgrader validate``, which only notices a cell that fails.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from IPython.core.getipython import get_ipython
from IPython.display import display

from workbook import report_view
from workbook.comparison import Finding
from workbook.documented import Example, NoView, judge
from workbook.plain import plain


class Status(StrEnum):
    """How a function stands."""

    RIGHT = "right"
    WRONG = "wrong"
    TODO = "not implemented yet"


NEXT_STEPS = {
    Status.TODO: "Write it in its cell above, run that cell, then run this one again.",
    Status.WRONG: "Call it yourself in a new cell: the error then shows the line it comes from.",
}


@dataclass(frozen=True)
class Report:
    """What a check found out about one function; IPython shows it as HTML, Python as text."""

    name: str
    status: Status
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        return report_view.as_text(self.name, self.status, self.findings)

    def _repr_html_(self) -> str:
        return report_view.as_html(self.name, self.status, self.findings)


class CheckFailed(AssertionError):
    """Tells ``nbgrader validate``, and nobody else, that a check is not green."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


@dataclass(frozen=True)
class Outcome:
    """What became of a call: the value it returned or, if it failed, the reason."""

    value: Any = None
    status: Status = Status.RIGHT
    reason: str = ""


def check(name: str) -> None:
    """Check the notebook's function `name` on its documented example and show the report."""
    report = examine(name, notebook_namespace())
    (print if get_ipython() is None else display)(report)
    if report.status is not Status.RIGHT and os.environ.get("NBGRADER_VALIDATING"):
        raise CheckFailed(repr(report))


def show(name: str, *arguments: Any, **keywords: Any) -> None:
    """Call the notebook's function `name` and print what it returns beside the documentation."""
    function = notebook_namespace().get(name)
    outcome = attempt(function, *arguments, **keywords)
    if outcome.status is not Status.RIGHT:
        print(f"{name}: {outcome.reason}")
        return
    yours = outcome.value
    with contextlib.suppress(NoView):
        yours = _examples()[name].shown(yours)
    print(report_view.side_by_side(yours, _outputs()[name]))


def implemented(*names: str) -> bool:
    """Tell whether all these functions are written; print one sentence about those that are not."""
    namespace = notebook_namespace()
    missing = [name for name in names if _status_on_example(name, namespace) is Status.TODO]
    if missing:
        print(f"This cell comes alive when you have written {', '.join(missing)}.")
    return not missing


def examine(name: str, namespace: Mapping[str, Any]) -> Report:
    """Return the report on the function `name` of `namespace`.

    Raises
    ------
    ValueError
        If there is no documented example of that name.
    """
    if name not in _examples():
        raise ValueError(f"there is no check {name!r}: choose one of {', '.join(_examples())}")
    arguments, keywords = _examples()[name].call()
    outcome = attempt(namespace.get(name), *arguments, **keywords)
    if outcome.status is not Status.RIGHT:
        problem = Finding("your function", outcome.reason, look=NEXT_STEPS[outcome.status])
        return Report(name, outcome.status, (problem,))
    findings = tuple(judge(_examples()[name], _outputs()[name], outcome.value))
    right = all(finding.passed for finding in findings)
    return Report(name, Status.RIGHT if right else Status.WRONG, findings)


def attempt(function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> Outcome:
    """Call a student's function, silently; whatever it raises becomes the outcome's reason.

    The value is what `plain` makes of what it returns.
    """
    if not callable(function):
        reason = "is not defined: run the cell that defines it, and see whether it gives an error"
        return Outcome(status=Status.TODO, reason=reason)
    try:
        with _quiet():
            return Outcome(plain(function(*arguments, **keywords)))
    except NotImplementedError:
        return Outcome(status=Status.TODO, reason="is not implemented yet")
    except (Exception, SystemExit) as error:
        return Outcome(status=Status.WRONG, reason=_describe_error(error))


def notebook_namespace() -> Mapping[str, Any]:
    """Return the names that the notebook's cells have defined."""
    shell = get_ipython()
    return vars(sys.modules["__main__"]) if shell is None else shell.user_ns


def _examples() -> Mapping[str, Example]:
    """Return the examples of the assignment whose folder this notebook lies in."""
    return importlib.import_module("workbook.examples").EXAMPLES


def _outputs() -> Mapping[str, Any]:
    return importlib.import_module("workbook.examples").OUTPUTS


def _status_on_example(name: str, namespace: Mapping[str, Any]) -> Status:
    arguments, keywords = _examples()[name].call()
    return attempt(namespace.get(name), *arguments, **keywords).status


@contextlib.contextmanager
def _quiet():
    """Keep a student's prints and warnings out of the report: neither makes an answer wrong."""
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield


def _describe_error(error: BaseException) -> str:
    """Say what was raised and in which line of the student's own code."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename != __file__]
    where = f" in `{own[-1].line}`" if own and own[-1].line else ""
    message = f": {error}" if str(error) else ""
    return f"stopped with {type(error).__name__}{message}{where}"
