"""What holds of moments that start from zero: new arrays, each with memory of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from workbook import laws
from workbook.comparison import Finding, Tolerance, compare, compare_returned

Names = tuple[str, ...]

# Zeros are zeros, and what is left alone is the same to the last bit.
TO_THE_BIT = Tolerance(relative=0, absolute=0)

_NEW = "Make new arrays, and change none that you were given."
_ODD = Finding("your function", "sends something else than it was asked for")


class Shown(NamedTuple):
    """The answer to a call that shows its arguments: see `Call.shows_arguments`."""

    returned: Any
    parameters: Any
    overlaps: list[tuple[str, str]]


def own_arrays(names: Names, answer: Any, parameters: Any) -> list[Finding]:
    """Judge whether the arrays returned, under these names, are zeros of their own."""
    shown = _shown(answer)
    if shown is None:
        return [_ODD]
    among = [pair for pair in shown.overlaps if not _is_argument(pair[1])]
    return [*_not_zeros(names, shown.returned, parameters), _separate(names, parameters, among)]


def left_alone(names: Names, answer: Any, parameters: Any) -> list[Finding]:
    """Judge what a function did to the parameters, and whether it returned their memory."""
    shown = _shown(answer)
    if shown is None:
        return [_ODD]
    if not _are_same(shown.parameters, parameters):
        return [Finding("your function", "changes the parameters", look=_NEW)]
    # What the returned arrays share among themselves is another case's.
    lent = [pair for pair in shown.overlaps if _is_argument(pair[1])]
    return [*_not_zeros(names, shown.returned, parameters), _separate(names, parameters, lent)]


def _shown(answer: Any) -> Shown | None:
    """Take an answer apart, or return None: it comes from a student's process."""
    if not isinstance(answer, list) or len(answer) != 3:
        return None
    returned, arguments, overlaps = answer
    if not isinstance(arguments, tuple) or len(arguments) != 1 or not isinstance(overlaps, list):
        return None
    return Shown(returned, arguments[0], overlaps) if all(map(_is_pair, overlaps)) else None


def _is_pair(value: Any) -> bool:
    is_pair = isinstance(value, tuple) and len(value) == 2
    return is_pair and all(isinstance(name, str) for name in value)


def _is_argument(name: str) -> bool:
    return name.startswith("argument ")


def _not_zeros(names: Names, returned: Any, parameters: Mapping[str, Any]) -> list[Finding]:
    """Say what is wrong with moments that start from zero: nonsense obeys many a law."""
    zeros = {f"d{key}": np.zeros_like(array) for key, array in parameters.items()}
    findings = compare_returned(returned, dict.fromkeys(names, zeros), TO_THE_BIT)
    return [finding for finding in findings if not finding.passed]


def _separate(
    names: Names, parameters: Mapping[str, Any], overlaps: list[tuple[str, str]]
) -> Finding:
    """Name the first two arrays that overlap, if the names are ours: others may say anything."""
    if not overlaps:
        return Finding("separate arrays")
    places = [""] if len(names) == 1 else [f"value {place}" for place in range(len(names))]
    ours = {f'{place}["d{key}"]' for place in places for key in parameters}
    ours |= {f'argument 0["{key}"]' for key in parameters}
    return laws.shared(*(name if name in ours else "another array" for name in overlaps[0]))


def _are_same(afterwards: Any, parameters: Mapping[str, Any]) -> bool:
    if not isinstance(afterwards, Mapping) or afterwards.keys() != parameters.keys():
        return False
    findings = compare(afterwards, parameters, "parameters", TO_THE_BIT)
    return all(finding.passed for finding in findings)
