"""The documented example of each graded function: how it is called and what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import laws
import testCases
from comparison import Finding


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
    law : callable
        Judges the answer by more than its numbers.
    """

    arguments: Callable[[], Any]
    keywords: Mapping[str, Any] = field(default_factory=dict)
    view: Callable[[Any], Any] = lambda answer: answer
    law: Callable[[Any], list[Finding]] = lambda answer: []

    def call(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return fresh positional and keyword arguments."""
        arguments = self.arguments()
        return arguments if isinstance(arguments, tuple) else (arguments,), dict(self.keywords)


def summarize_mini_batches(batches: list[tuple[np.ndarray, np.ndarray]]) -> tuple[Any, ...]:
    """Return the shapes of all mini-batches and the first three entries of the first one.

    The batches themselves are too large to print.
    """
    return (
        np.array([np.shape(X) for X, _ in batches]),
        np.array([np.shape(Y) for _, Y in batches]),
        np.asarray(batches[0][0])[0, :3],
    )


def _partition(batches: Any) -> list[Finding]:
    return laws.partition(batches, *testCases.random_examples())


EXAMPLES: Mapping[str, Example] = {
    "update_parameters_with_gd": Example(testCases.update_parameters_with_gd_test_case),
    "random_mini_batches": Example(
        testCases.random_mini_batches_test_case,
        view=summarize_mini_batches,
        law=_partition,
    ),
    "initialize_velocity": Example(testCases.initialize_velocity_test_case, law=laws.own_arrays),
    "update_parameters_with_momentum": Example(
        testCases.update_parameters_with_momentum_test_case,
        {"beta": 0.9, "learning_rate": 0.01},
    ),
    "initialize_adam": Example(testCases.initialize_adam_test_case, law=laws.own_arrays),
    "update_parameters_with_adam": Example(
        testCases.update_parameters_with_adam_test_case, {"t": 2}
    ),
}
