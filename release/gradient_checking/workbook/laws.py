"""Laws that an answer obeys whatever the numbers are: a comparison cannot see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from workbook.comparison import Finding


def own_arrays(answer: Any) -> list[Finding]:
    """Judge whether every array in nested dicts and tuples is one of its own.

    An array under two names changes under both at the first in-place update.

    Parameters
    ----------
    answer : object
        Plain data, in which arrays of the same memory are one array.
    """
    names: dict[int, str] = {}
    for name, array in _arrays(answer, ""):
        first = names.setdefault(id(array), name)
        if array.size and first != name:
            return [shared(first, name)]
    return [Finding("separate arrays")]


def shared(first: str, second: str) -> Finding:
    """Say that two arrays, by name, lie in the same memory, or that one does with itself."""
    which = f"the numbers of {first}" if first == second else f"{first} and {second}"
    look = "Make a new array for each key: changing one must not change the other."
    return Finding("separate arrays", f"fails: {which} are one", look=look)


def _arrays(value: Any, name: str) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(value, np.ndarray):
        yield name, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _arrays(part, f'{name}["{key}"]')
    elif isinstance(value, tuple | list):
        for index, part in enumerate(value):
            yield from _arrays(part, f"value {index}" if not name else f"{name}[{index}]")
