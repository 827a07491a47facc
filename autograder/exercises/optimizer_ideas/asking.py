"""Ask a function again and again on inputs that anyone may see; this text runs in its process.

What comes of it earns nothing: it is drawn for the student.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def play(function: Callable[..., Any], kind: str, given: Sequence[Any]) -> list[float]:
    """Return numbers, one after the other, up to where the function gives none.

    Parameters
    ----------
    kind : str
        ``each`` calls the function with one tuple of arguments after the other, ``all`` calls it
        once and reads an array, ``descent`` lets an update rule go down a valley.
    """
    numbers: list[float] = []
    try:
        for value in _KINDS[kind](function, given):
            numbers.append(_number(value))
    except (Exception, SystemExit):
        return numbers
    return numbers


def _each(function: Callable[..., Any], given: Sequence[Any]) -> Any:
    return (function(*arguments) for arguments in given)


def _all(function: Callable[..., Any], given: Sequence[Any]) -> Any:
    return iter(function(*given))


def _descent(function: Callable[..., Any], given: Sequence[Any]) -> Any:
    """Yield how far the place is from the middle of the valley, after each step."""
    start, curvatures, settings, steps = given
    parameters = _arrays("", start)
    s = _arrays("d", (0.0, 0.0))
    for _ in range(steps):
        w, b = _number(parameters["W1"]), _number(parameters["b1"])
        slopes = _arrays("d", (curvatures[0] * w, curvatures[1] * b))
        parameters, s = function(parameters, slopes, s, *settings)
        yield np.hypot(_number(parameters["W1"]), _number(parameters["b1"]))


def _arrays(prefix: str, pair: Sequence[float]) -> dict[str, np.ndarray]:
    return {f"{prefix}W1": np.array([[pair[0]]]), f"{prefix}b1": np.array([[pair[1]]])}


def _number(value: Any) -> float:
    """Return the only number of an array, or a bare one; raise if it is neither."""
    array = np.asarray(value)
    if array.size != 1 or array.dtype.kind not in "fiu":
        raise TypeError("not a number")
    return float(array.item())


_KINDS = {"each": _each, "all": _all, "descent": _descent}
