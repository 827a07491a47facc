"""The documented examples of the six functions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

import testCases
from workbook import laws
from workbook.comparison import Finding
from workbook.documented import Example, read_outputs
from workbook.partition import partition

OUTPUTS: Mapping[str, Any] = read_outputs(Path(__file__).with_name("documented.json"))


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
        law=partition,
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
