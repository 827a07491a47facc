"""Which arrays lie in the same memory: only the process that holds them can tell.

What a function returned and its arguments travel as copies, so this is told beside them, in names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Any

import numpy as np

# Bound before a notebook runs.
from numpy import shares_memory

from workbook.plain import plain_with_memory

NOTHING: Mapping[int, np.ndarray] = MappingProxyType({})


def with_overlaps(returned: Any, arguments: tuple[Any, ...]) -> list[Any]:
    """Return what a function returned and its arguments as plain data, and what they share."""
    (read, given), made_of = plain_with_memory([returned, arguments])
    return [read, given, overlaps(read, given, made_of)]


def overlaps(
    returned: Any, arguments: tuple[Any, ...], made_of: Mapping[int, np.ndarray] = NOTHING
) -> list[tuple[str, str]]:
    """Return the pairs of arrays of which changing one may change the other.

    An array of which changing one number changes another is a pair with itself.

    Parameters
    ----------
    made_of : mapping
        The array that counts instead of one that was made of it, by the id of that one.

    Examples
    --------
    >>> pool = np.zeros(6)
    >>> overlaps({"a": pool[:3], "b": pool[2:5], "c": pool[5:]}, (pool[4:5],))
    [('["a"]', '["b"]'), ('["b"]', 'argument 0')]
    """
    found = list(_arrays(returned, ""))
    for place, argument in enumerate(arguments):
        found += _arrays(argument, f"argument {place}")
    found = [(name, made_of.get(id(array), array)) for name, array in found]
    alone = [(name, name) for name, array in found if _overlaps_itself(array)]
    pairs = combinations(found, 2)
    return alone + [(one, other) for (one, a), (other, b) in pairs if shares_memory(a, b)]


def _arrays(value: Any, name: str) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the arrays that travel, by exact types as the wire does."""
    if type(value) is np.ndarray:
        yield name, value
    elif type(value) is dict:
        for key, part in value.items():
            yield from _arrays(part, f'{name}["{key}"]')
    elif type(value) is list or type(value) is tuple:
        for index, part in enumerate(value):
            yield from _arrays(part, f"{name}[{index}]" if name else f"value {index}")


def _overlaps_itself(array: np.ndarray) -> bool:
    if array.flags.c_contiguous or array.flags.f_contiguous or not array.size:
        return False
    starts = np.zeros(1, np.intp)
    for size, step in zip(array.shape, array.strides, strict=True):
        starts = np.add.outer(starts, np.arange(size) * step).ravel()
    return bool((np.diff(np.sort(starts)) < array.itemsize).any())
