"""A partition of examples, and zeros of one's own, in plain terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np

from autograder.assignment.exercise import DOCUMENTED
from tests.fuzzing.definitions import Given, arrays_in, numbers_apart
from tests.fuzzing.definitions.printed import as_documented, is_as_printed
from workbook.examples import OUTPUTS

Zeros = Callable[[Any, dict[str, np.ndarray]], bool]
Definition = Callable[[Given], bool | None]


def _columns(array: np.ndarray) -> list[tuple[float, ...]]:
    return [tuple(float(number) for number in column) for column in array.T]


def _is_matrix(part: Any, rows: int) -> bool:
    is_array = isinstance(part, np.ndarray) and part.dtype.kind in "biuf"
    return is_array and part.ndim == 2 and part.shape[0] == rows


def _batches(given: Given) -> list[tuple[np.ndarray, np.ndarray]] | None:
    """Return the mini-batches if all have the right shapes, in the right order."""
    X, _Y, size = given.arguments[:3]
    if not isinstance(given.returned, list | tuple):
        return None
    for pair in given.returned:
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            return None
        if not _is_matrix(pair[0], X.shape[0]) or not _is_matrix(pair[1], 1):
            return None
    m = X.shape[1]
    wanted = [size] * (m // size) + [m % size] * (m % size > 0)
    sizes = [(x.shape[1], y.shape[1]) for x, y in given.returned]
    return list(given.returned) if sizes == list(zip(wanted, wanted, strict=True)) else None


def _has_sizes(given: Given) -> bool:
    return _batches(given) is not None


def _is_complete(given: Given) -> bool:
    batches = _batches(given)
    if batches is None:
        return False
    dealt = [column for x, _ in batches for column in _columns(x)]
    return Counter(dealt) == Counter(_columns(given.arguments[0]))


def _is_paired(given: Given) -> bool:
    batches = _batches(given)
    if batches is None or not _is_complete(given):
        return False
    dealt = [column for x, y in batches for column in _columns(np.vstack([x, y]))]
    return Counter(dealt) == Counter(_columns(np.vstack(given.arguments[:2])))


def _are_zeros(value: Any, parameters: dict[str, np.ndarray]) -> bool:
    """Tell whether a moment is zero for each parameter."""
    return isinstance(value, dict) and all(
        isinstance(value.get(f"d{key}"), np.ndarray)
        and value[f"d{key}"].shape == array.shape
        and value[f"d{key}"].dtype.kind in "iuf"
        and not value[f"d{key}"].any()
        for key, array in parameters.items()
    )


def _is_pair(value: Any, parameters: dict[str, np.ndarray]) -> bool:
    is_pair = isinstance(value, tuple | list) and len(value) == 2
    return is_pair and all(_are_zeros(part, parameters) for part in value)


def _has_own_arrays(given: Given, are_zeros: Zeros) -> bool:
    arrays = arrays_in(given.held)
    apart = all(map(numbers_apart, arrays))
    shared = any(np.shares_memory(*pair) for pair in combinations(arrays, 2))
    return are_zeros(given.returned, given.arguments[0]) and apart and not shared


def _leaves_alone(given: Given, are_zeros: Zeros) -> bool | None:
    (before,), (after,) = given.arguments, given.afterwards
    same = before.keys() == after.keys() and all(
        np.array_equal(after[key], array) for key, array in before.items()
    )
    lent = any(np.shares_memory(a, b) for a in arrays_in(given.held) for b in arrays_in(after))
    if not same or lent or not are_zeros(given.returned, before):
        return False
    # Equal numbers in something else, or of another type: somebody put them there.
    kinds = [getattr(after[key], "dtype", None) == array.dtype for key, array in before.items()]
    return True if all(kinds) else None


def _of_kind(law: Callable[[Given, Zeros], bool | None], are_zeros: Zeros) -> Definition:
    return lambda given: law(given, are_zeros)


def _documented_zeros(exercise_id: str) -> Callable[[Given], bool]:
    is_as_documented = as_documented(OUTPUTS[exercise_id])

    def is_right(given: Given) -> bool:
        arrays = [id(array) for array in arrays_in(given.returned) if array.size]
        return is_as_documented(given) and len(arrays) == len(set(arrays))

    return is_right


def _documented_batches(given: Given) -> bool:
    """Judge the rows that tell examples apart, and of the order what is printed."""
    if _batches(given) is None:
        return False
    batches = [(x[:16], y) for x, y in given.returned]
    if not _is_paired(given._replace(arguments=_first_rows(given.arguments), returned=batches)):
        return False
    return is_as_printed(batches[0][0][0, :3], PRINTED_BATCH)


def _first_rows(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the arguments as they are by default, of X the rows that tell examples apart."""
    X, Y, *rest = arguments
    return (X[:16], Y, *rest)


PRINTED_BATCH = [*OUTPUTS["random_mini_batches"].values()][2]
DOCUMENTED_CASES = {
    **{name: as_documented(OUTPUTS[name]) for name in OUTPUTS if name.startswith("update")},
    **{name: _documented_zeros(name) for name in OUTPUTS if name.startswith("initialize")},
    "random_mini_batches": _documented_batches,
}

BY_KIND = {
    "an array for each key": _has_own_arrays,
    "the parameters left alone": _leaves_alone,
}

DEFINITIONS: dict[str | tuple[str, str], Definition] = {
    **{(name, DOCUMENTED): definition for name, definition in DOCUMENTED_CASES.items()},
    "the sizes": _has_sizes,
    "every example once": _is_complete,
    "X and Y together": _is_paired,
    **{
        (name, case): _of_kind(law, are_zeros)
        for name, are_zeros in (("initialize_velocity", _are_zeros), ("initialize_adam", _is_pair))
        for case, law in BY_KIND.items()
    },
}
