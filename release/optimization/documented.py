"""The documented example of each graded function: how it is called and what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import laws
import testCases
from comparison import AS_PRINTED, Finding, compare_returned
from hints import with_hint


def _with_arrays(value: Any) -> Any:
    """Turn the lists of a JSON value into arrays."""
    if isinstance(value, dict):
        return {key: _with_arrays(part) for key, part in value.items()}
    return np.array(value) if isinstance(value, list) else value


OUTPUTS: Mapping[str, Any] = _with_arrays(
    json.loads((Path(__file__).parent / "documented.json").read_text(encoding="utf-8"))
)


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
    """

    arguments: Callable[[], Any]
    keywords: Mapping[str, Any] = field(default_factory=dict)
    view: Callable[[Any], Any] = lambda answer: answer
    printed: Callable[..., Mapping[str, Any]] = lambda printed, *arguments: printed
    law: Callable[..., list[Finding]] = lambda answer, *arguments: []

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


def summarize_mini_batches(batches: list[tuple[np.ndarray, np.ndarray]]) -> tuple[Any, ...]:
    """Return the shapes of all mini-batches and the first three entries of the first one.

    The batches themselves are too large to print.
    """
    return (
        np.array([np.shape(X) for X, _ in batches]),
        np.array([np.shape(Y) for _, Y in batches]),
        np.asarray(batches[0][0])[0, :3],
    )


def _with_rows(printed: Mapping[str, Any], X: np.ndarray, *_others: Any) -> Mapping[str, Any]:
    """Return what is printed of mini-batches for an X with as many features as this one."""
    shapes = np.array([(len(X), size) for _, size in printed["X_shapes"]])
    return {**printed, "X_shapes": shapes}


def _own_arrays(answer: Any, *_arguments: Any) -> list[Finding]:
    return laws.own_arrays(answer)


EXAMPLES: Mapping[str, Example] = {
    "update_parameters_with_gd": Example(testCases.update_parameters_with_gd_test_case),
    "random_mini_batches": Example(
        testCases.random_mini_batches_test_case,
        view=summarize_mini_batches,
        printed=_with_rows,
        law=laws.partition,
    ),
    "initialize_velocity": Example(testCases.initialize_velocity_test_case, law=_own_arrays),
    "update_parameters_with_momentum": Example(
        testCases.update_parameters_with_momentum_test_case,
        {"beta": 0.9, "learning_rate": 0.01},
    ),
    "initialize_adam": Example(testCases.initialize_adam_test_case, law=_own_arrays),
    "update_parameters_with_adam": Example(
        testCases.update_parameters_with_adam_test_case, {"t": 2}
    ),
}


def judge(name: str, answer: Any, *arguments: Any) -> list[Finding]:
    """Judge an answer to a documented call by its laws and, digit by digit, by what is printed.

    The instant check is this, and so is the grader's documented case: they cannot disagree.

    Parameters
    ----------
    answer : object
        Plain data, as `plain` makes it of what was returned.
    arguments : optional
        Of the call, where they are not quite those of the documentation: X may have fewer features.
    """
    example = EXAMPLES[name]
    arguments = arguments or example.call()[0]
    findings = example.law(answer, *arguments)
    with suppress(NoView):
        shown, printed = example.shown(answer), example.printed(OUTPUTS[name], *arguments)
        compared = compare_returned(shown, printed, AS_PRINTED)
        findings = [*findings, *with_hint(compared, shown, printed, arguments[0])]
    return findings
