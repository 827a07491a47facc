"""The state of the random generators that one process' cells share, to be carried across."""

from __future__ import annotations

import random
from typing import Any

import numpy as np


def get_all() -> tuple[Any, Any]:
    """Return the state of `random` and of NumPy's legacy generator."""
    return random.getstate(), np.random.get_state()  # noqa: NPY002


def changed(before: Any) -> tuple[Any, Any]:
    """Return the state as it travels, if it is another one than before, or None; and as it is."""
    now = get_all()
    return (None if _same(now, before) else _travelling(*now)), now


def _travelling(own: Any, numpys: Any) -> tuple[Any, ...]:
    _, words, gauss = own
    kind, keys, place, has_gauss, cached = numpys
    mine = (np.array(words, np.uint32), gauss)
    return (*mine, kind, keys, int(place), int(has_gauss), float(cached))


def set_all(state: Any) -> None:
    """Go on from a state that came; None leaves everything as it is.

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


def _same(one: Any, other: Any) -> bool:
    (own, numpys), (own_before, numpys_before) = one, other
    return (
        own == own_before
        and numpys[2:] == numpys_before[2:]
        and numpys[1].tobytes() == numpys_before[1].tobytes()
    )
