"""Laws that an answer obeys whatever the numbers are: a comparison cannot see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from workbook.comparison import Finding, Tolerance, compare


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


def left_alone(before: Any, afterwards: Any) -> Finding:
    """Judge whether the arguments of a call are as they were."""
    to_the_bit = Tolerance(relative=0, absolute=0)
    same = _keys(before) == _keys(afterwards) and all(
        finding.passed for finding in compare(afterwards, before, "argument", to_the_bit)
    )
    look = "Make new arrays, and change none that you were given."
    return Finding("the arguments", "" if same else "are changed by your function", look=look)


def apart(returned: Any, arguments: Any) -> Finding:
    """Judge whether what was returned shares no memory, in itself or with the arguments.

    Parameters
    ----------
    returned, arguments : object
        Plain data that were read together.
    """
    own = list(_arrays(returned, ""))
    given = [("an argument", array) for _, array in _arrays(arguments, "argument")]
    for place, (name, array) in enumerate(own):
        for other, second in [*own[:place], *given]:
            if np.shares_memory(array, second):
                return shared(other, name)
    return Finding("separate arrays")


def _keys(value: Any) -> Any:
    """Return the structure of nested dicts and lists."""
    if isinstance(value, Mapping):
        return {key: _keys(part) for key, part in value.items()}
    return [_keys(part) for part in value] if isinstance(value, tuple | list) else None


def _arrays(value: Any, name: str) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(value, np.ndarray):
        yield name, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _arrays(part, f'{name}["{key}"]')
    elif isinstance(value, tuple | list):
        for index, part in enumerate(value):
            yield from _arrays(part, f"value {index}" if not name else f"{name}[{index}]")
