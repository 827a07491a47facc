"""What the laws of each assignment demand, written once more and as plainly as can be.

``definitions/ASSIGNMENT.py`` has ``DEFINITIONS``: for each case with a law, by its name or by that
of the exercise and its own, a function of a `Given` that tells whether the answer is right.
``ARE_ARGUMENTS``, where it is there, names the exercises whose right answer is an argument.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np


class Given(NamedTuple):
    """An answer to a call.

    Attributes
    ----------
    returned : object
        As it came over the wire.
    held : object
        As the function returned it, with its memory.
    arguments : tuple
        Of the call, as they were drawn.
    afterwards : tuple
        The same as the function left them, with their memory.
    keywords : mapping
    """

    returned: Any
    held: Any
    arguments: tuple[Any, ...]
    afterwards: tuple[Any, ...]
    keywords: Mapping[str, Any]


def arrays_in(value: Any) -> list[np.ndarray]:
    """Return the arrays in plain data, in their order."""
    if isinstance(value, dict):
        return [array for part in value.values() for array in arrays_in(part)]
    if isinstance(value, tuple | list):
        return [array for part in value for array in arrays_in(part)]
    return [value] if isinstance(value, np.ndarray) else []


def numbers_apart(array: np.ndarray) -> bool:
    """Tell whether each number of an array has bytes of its own."""
    if 0 in array.shape:
        return True
    singles = [array[(*place, np.newaxis)] for place in np.ndindex(array.shape)]
    starts = sorted(single.__array_interface__["data"][0] for single in singles)
    return all(one + array.itemsize <= other for one, other in pairwise(starts))
