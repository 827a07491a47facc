"""The documented examples of the four functions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

# Each assignment has a module of this name, and type checkers know one of them.
from testCases import (
    backward_propagation_test_case,  # pyright: ignore[reportAttributeAccessIssue]
    forward_propagation_test_case,  # pyright: ignore[reportAttributeAccessIssue]
    gradient_check_n_test_case,  # pyright: ignore[reportAttributeAccessIssue]
    gradient_check_test_case,  # pyright: ignore[reportAttributeAccessIssue]
)
from workbook.checked_network import given_gradients
from workbook.comparison import Tolerance
from workbook.documented import Example, read_outputs

OUTPUTS: Mapping[str, Any] = read_outputs(Path(__file__).with_name("documented.json"))

# The difference in one dimension is itself a rounding error. This is near enough for right code in
# any order of operations, and too near for a difference to one side.
ROUNDING = Tolerance(relative=0.0, absolute=4e-10)


def gradient_check_n_call() -> tuple[Any, ...]:
    """Return the parameters, their gradients from the backward pass with bugs, X and Y."""
    X, Y, parameters = gradient_check_n_test_case()
    return parameters, given_gradients(X, Y, parameters), X, Y


EXAMPLES: Mapping[str, Example] = {
    "forward_propagation": Example(forward_propagation_test_case),
    "backward_propagation": Example(backward_propagation_test_case),
    "gradient_check": Example(gradient_check_test_case, tolerance=ROUNDING),
    "gradient_check_n": Example(gradient_check_n_call),
}
