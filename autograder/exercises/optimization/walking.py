"""Take an update rule down a bowl, step by step; this text runs in the student's process.

The bowl is no secret, and what comes of it earns nothing: it is drawn for the student.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Pair = tuple[float, float]


def play(function: Callable[..., Any], settings: Sequence[Any], plan: Sequence[Any]) -> list[Pair]:
    """Return the point (W1, b1) after each step, up to where the rule cannot go on.

    Parameters
    ----------
    function : callable
        The rule: it gets parameters, gradients, its moments and perhaps the step's number, then
        the settings, and returns the new parameters, with its moments if it has any.
    plan : sequence
        The start, the curvatures of the bowl, how many moments there are, whether steps are
        counted, and how many to take.
    """
    start, curvatures, moments, counts_steps, steps = plan
    state: list[Pair] = [start, *[(0.0, 0.0)] * moments]
    path: list[Pair] = []
    for t in range(1, steps + 1):
        (w, b), *own = state
        gradients = _arrays((curvatures[0] * w, curvatures[1] * b), "d")
        arguments = [_arrays((w, b)), gradients, *(_arrays(moment, "d") for moment in own)]
        try:
            answer = function(*arguments, *([t] if counts_steps else []), *settings)
            state = _read(answer, moments)
        except (Exception, SystemExit):
            break
        if not state:
            break
        path.append(state[0])
    return path


def _read(answer: Any, moments: int) -> list[Pair]:
    """Return the parameters and the moments as pairs; nothing if they are no such thing."""
    parts = answer if moments else (answer,)
    if not isinstance(parts, tuple | list) or len(parts) != 1 + moments:
        return []
    pairs = [_pair(part, "d" if place else "") for place, part in enumerate(parts)]
    found = [pair for pair in pairs if pair is not None]
    return found if len(found) == len(pairs) else []


def _arrays(pair: Pair, prefix: str = "") -> dict[str, np.ndarray]:
    return {f"{prefix}W1": np.array([[pair[0]]]), f"{prefix}b1": np.array([[pair[1]]])}


def _pair(part: Any, prefix: str) -> Pair | None:
    """Return the two numbers of a dict of arrays; None for whatever else it is."""
    if not isinstance(part, Mapping):
        return None
    w, b = _number(part.get(f"{prefix}W1")), _number(part.get(f"{prefix}b1"))
    return None if w is None or b is None else (w, b)


def _number(value: Any) -> float | None:
    """Return the only number of an array, or a bare one."""
    if isinstance(value, np.ndarray):
        value = value.item() if value.size == 1 and value.dtype.kind in "fiu" else None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None
