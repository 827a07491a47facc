"""Inputs for the notebook's three exercises, always the same, so that its documented numbers hold.

Each function takes nothing and returns the input of the exercise that it is named after.
"""

from __future__ import annotations

__all__ = [
    "initialize_parameters_he_test_case",
    "initialize_parameters_random_test_case",
    "initialize_parameters_zeros_test_case",
]


def initialize_parameters_zeros_test_case() -> list[int]:
    """Return layers_dims of two layers."""
    return [3, 2, 1]


def initialize_parameters_random_test_case() -> list[int]:
    """Return layers_dims of two layers."""
    return [3, 2, 1]


def initialize_parameters_he_test_case() -> list[int]:
    """Return layers_dims of two layers."""
    return [2, 4, 1]
