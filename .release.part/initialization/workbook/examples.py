"""The documented examples of the three functions."""

# The type checker sees the student modules of the first assignment alone.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import testCases
from workbook import starts
from workbook.comparison import Finding
from workbook.documented import Example, read_outputs

OUTPUTS: Mapping[str, Any] = read_outputs(Path(__file__).with_name("documented.json"))

# What the documented numbers alone do not show.
_LAWS = {
    "no other keys": starts.just_the_keys,
    "numbers with a fraction": starts.real_numbers,
    "separate arrays": starts.own_arrays,
}


def _example(make_sizes: Callable[[], list[int]]) -> Example:
    def law(answer: Any, *_arguments: Any) -> list[Finding]:
        sizes = make_sizes()
        if not all(finding.passed for finding in starts.right_shapes(answer, sizes)):
            return []  # the comparison with the documented numbers says what is wrong
        return [_in_short(name, judge(answer, sizes)) for name, judge in _LAWS.items()]

    return Example(make_sizes, law=law)


def _in_short(name: str, findings: list[Finding]) -> Finding:
    """Return the first finding that is wrong, or one that says that all is right."""
    return next((finding for finding in findings if not finding.passed), Finding(name))


EXAMPLES: Mapping[str, Example] = {
    "initialize_parameters_zeros": _example(testCases.initialize_parameters_zeros_test_case),
    "initialize_parameters_random": _example(testCases.initialize_parameters_random_test_case),
    "initialize_parameters_he": _example(testCases.initialize_parameters_he_test_case),
}
