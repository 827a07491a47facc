"""The documented example of a graded function: how it is called and what comes back.

Each assignment has a table of its own, `EXAMPLES` in the module `workbook.examples`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from workbook.comparison import AS_PRINTED, RETURN_LINE, Finding, Tolerance, compare_returned
from workbook.hints import with_hint


def read_outputs(path: Path) -> dict[str, Any]:
    """Return what a JSON file documents, by function: its lists are arrays."""
    return _with_arrays(json.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Example:
    """One documented call.

    Attributes
    ----------
    arguments : callable
        Makes the positional arguments afresh: a tuple, or the only argument itself.
    keywords : dict
        The arguments that the example gives by name.
    view : callable
        Turns what the function returned into what the documentation prints.
    printed : callable
        What the documentation prints, given that and the arguments of the call.
    law : callable
        Judges the answer, given with the arguments of the call, by more than its numbers.
    tolerance : Tolerance
        How near the documented numbers it must be; by default to the last printed digit.
    """

    arguments: Callable[[], Any]
    keywords: Mapping[str, Any] = field(default_factory=dict)
    view: Callable[[Any], Any] = lambda answer: answer
    printed: Callable[..., Mapping[str, Any]] = lambda printed, *arguments: printed
    law: Callable[..., list[Finding]] = lambda answer, *arguments: []
    tolerance: Tolerance = AS_PRINTED

    def call(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return fresh positional and keyword arguments."""
        arguments = self.arguments()
        return arguments if isinstance(arguments, tuple) else (arguments,), dict(self.keywords)

    def shown(self, answer: Any) -> Any:
        """Return what the documentation would print of an answer.

        Raises
        ------
        NoView
            If its structure is so wrong that it cannot be shown so.
        """
        try:
            return self.view(answer)
        except Exception as error:  # whatever the numbers of a student's are
            raise NoView from error


class NoView(Exception):
    """An answer of a wrong structure cannot be shown as the documentation shows it."""


def judge(
    example: Example, outputs: Mapping[str, Any], answer: Any, *arguments: Any
) -> list[Finding]:
    """Judge an answer to a documented call by its laws and, digit by digit, by what is printed.

    The instant check is this, and so is the grader's documented case: they cannot disagree.

    Parameters
    ----------
    outputs : dict
        What the documentation prints of the example's own call.
    answer : object
        Plain data, as `plain` makes it of what was returned.
    arguments : optional
        Of the call, where they are not quite those of the documentation.
    """
    arguments = arguments or example.call()[0]
    findings = list(example.law(answer, *arguments))
    try:
        shown = example.shown(answer)
    except NoView:
        return findings + [NOT_SHOWN] * all(finding.passed for finding in findings)
    printed = example.printed(outputs, *arguments)
    compared = compare_returned(shown, printed, example.tolerance)
    before = arguments[0] if arguments else None
    return [*findings, *with_hint(compared, shown, printed, before)]


NOT_SHOWN = Finding("the result", "has another structure than is documented", look=RETURN_LINE)


def _with_arrays(value: Any) -> Any:
    """Turn the lists of a JSON value into arrays."""
    if isinstance(value, dict):
        return {key: _with_arrays(part) for key, part in value.items()}
    return np.array(value) if isinstance(value, list) else value
