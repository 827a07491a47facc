"""Starting parameters of the right shapes, and what makes them zeros or drawn, in plain terms."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from tests.fuzzing.definitions import Given, arrays_in, numbers_apart

Sizes = list[int]
Kind = Callable[[np.ndarray], bool]

ZEROS, RANDOM, HE = (f"initialize_parameters_{kind}" for kind in ("zeros", "random", "he"))


def _shapes(sizes: Sizes) -> dict[str, tuple[int, int]]:
    shapes = {}
    for layer in range(1, len(sizes)):
        shapes[f"W{layer}"] = (sizes[layer], sizes[layer - 1])
        shapes[f"b{layer}"] = (sizes[layer], 1)
    return shapes


def _is_array(value: Any, shape: tuple[int, int]) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "biufc" and value.shape == shape


def _have_shapes(given: Given) -> bool:
    value, shapes = given.returned, _shapes(given.arguments[0])
    return isinstance(value, dict) and all(
        key in value and _is_array(value[key], shape) for key, shape in shapes.items()
    )


def _weights(given: Given) -> list[np.ndarray]:
    return [given.returned[f"W{layer}"] for layer in range(1, len(given.arguments[0]))]


def _are_zero(weights: np.ndarray) -> bool:
    return not weights.any()


def _are_drawn(weights: np.ndarray) -> bool:
    return all(np.isfinite(number) and number != 0 for number in weights.flat)


def _are_sound(given: Given, kind: Kind) -> bool:
    return _have_shapes(given) and all(map(kind, _weights(given)))


def _biases_are_zero(given: Given) -> bool:
    value, shapes = given.returned, _shapes(given.arguments[0])
    return isinstance(value, dict) and all(
        key in value and _is_array(value[key], shape) and not value[key].any()
        for key, shape in shapes.items()
        if key[0] == "b"
    )


def _has_no_other_keys(given: Given, kind: Kind) -> bool:
    return _are_sound(given, kind) and set(given.returned) == set(_shapes(given.arguments[0]))


def _is_size(own: Any, size: int) -> bool:
    if not isinstance(own, int | float | complex | np.generic | np.ndarray):
        return False
    return np.size(own) == 1 and bool(np.ravel(own)[0] == size)


def _leaves_the_list_alone(given: Given, kind: Kind) -> bool | None:
    before, after = given.arguments[0], given.afterwards[0]
    same = len(after) == len(before) and all(map(_is_size, after, before))
    if not same or not _are_sound(given, kind):
        return False
    # Equal numbers of other types: somebody put them there, and nobody is harmed.
    return True if [*map(type, after)] == [*map(type, before)] else None


def _has_own_arrays(given: Given, kind: Kind) -> bool:
    arrays = arrays_in(given.held)
    alone = all(np.ndim(array) and numbers_apart(array) for array in arrays)
    shared = any(np.shares_memory(*pair) for pair in combinations(arrays, 2))
    return _are_sound(given, kind) and alone and not shared


def _has_fractions(given: Given, kind: Kind) -> bool:
    keys = _shapes(given.arguments[0])
    return _are_sound(given, kind) and all(given.returned[key].dtype.kind == "f" for key in keys)


def _is_spread(given: Given, scale: Callable[[int], float]) -> bool:
    if not _have_shapes(given):
        return False
    return all(
        _looks_normal(np.real(weights).astype(float), scale(before))
        for weights, before in zip(_weights(given), given.arguments[0], strict=False)
    )


def _looks_normal(weights: np.ndarray, spread: float) -> bool:
    numbers = weights.ravel()
    if not np.isfinite(numbers).all() or len(set(numbers.tolist())) < 0.9 * numbers.size:
        return False
    found = float(np.sqrt(np.mean((numbers - numbers.mean()) ** 2)))
    is_near = 0.88 * spread < found < 1.12 * spread
    return bool(is_near and abs(numbers.mean()) < 0.2 * found and abs(numbers).max() > 2.2 * found)


def _are_fresh(given: Given) -> bool:
    if not _are_sound(given, _are_drawn):
        return False
    rows = [np.real(weights).astype(float).ravel() for weights in _weights(given)]
    return not any(_is_multiple(a, b) for a, b in pairwise(rows))


def _is_multiple(first: np.ndarray, second: np.ndarray) -> bool:
    length = min(first.size, second.size)
    a, b = (row[:length] / abs(row[:length]).max() for row in (first, second))
    return not abs(a @ b) < 0.999 * np.sqrt((a @ a) * (b @ b))


def _of_kind(
    law: Callable[[Given, Kind], bool | None], kind: Kind
) -> Callable[[Given], bool | None]:
    return lambda given: law(given, kind)


BY_KIND = {
    "no other keys": _has_no_other_keys,
    "the list left alone": _leaves_the_list_alone,
    "an array for each key": _has_own_arrays,
    "numbers with a fraction": _has_fractions,
}
SCALES: dict[str, Callable[[int], float]] = {
    RANDOM: lambda before: 10.0,
    HE: lambda before: (2 / before) ** 0.5,
}

DEFINITIONS = {
    "the shapes": _have_shapes,
    "the biases": _biases_are_zero,
    "fresh numbers in every layer": _are_fresh,
    **{
        (name, case): _of_kind(law, _are_zero if name == ZEROS else _are_drawn)
        for name in (ZEROS, RANDOM, HE)
        for case, law in BY_KIND.items()
    },
    **{
        (name, "the spread of the weights"): lambda given, scale=scale: _is_spread(given, scale)
        for name, scale in SCALES.items()
    },
}
