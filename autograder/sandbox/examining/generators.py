"""The state of the random generators that one process' cells share, to be carried across."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

MOST = 624


def get_all() -> tuple[Any, ...]:
    """Return the state of `random` and of NumPy's legacy generator, as it travels."""
    _, words, gauss = random.getstate()
    kind, keys, place, has_gauss, cached = np.random.get_state()  # noqa: NPY002
    mine = (np.array(words, np.uint32), gauss)
    return (*mine, kind, keys, int(place), int(has_gauss), float(cached))


def changed(before: tuple[Any, ...]) -> Any:
    """Return the state if it is another one than before, or None."""
    now = get_all()
    return None if _same(now, before) else now


def set_all(state: Any) -> None:
    """Go on from a state; None leaves everything as it is.

    Raises
    ------
    ValueError
        If it is no state.
    """
    if state is None:
        return
    words, gauss, kind, keys, place, has_gauss, cached = state
    random.setstate((3, tuple(words.tolist()), gauss))
    np.random.set_state((kind, keys, place, has_gauss, cached))  # noqa: NPY002


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return (
        one[1:3] == other[1:3]
        and one[4:] == other[4:]
        and np.array_equal(one[0], other[0])
        and np.array_equal(one[3], other[3])
    )
