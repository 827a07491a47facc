"""Tell whether two answers are the same: a student's and one that a wrong solution predicts."""

from __future__ import annotations

import cmath
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.assignment.exercise import Answer, Case, Exercise
from workbook.comparison import Tolerance, as_numbers, label_parts

# Of a difference this small the cause is a number that hardly counts, wherever it shows.
SLIGHT = 1e-4


def differ_slightly(pairs: Iterable[tuple[Any, Any]]) -> bool:
    """Tell whether every number of each answer is nearly the one expected."""
    slight = Tolerance(relative=SLIGHT, absolute=1e-12)
    return all(_same(value, expected, slight) for value, expected in pairs)


def resembles(exercise: Exercise, case: Case, answer: Answer, predicted: Answer) -> bool:
    """Tell whether an answer to `case` is just what was predicted.

    Two calls that raised are the same if the exception and its message are.
    """
    if answer.status != predicted.status:
        return False
    if answer.status != "returned":
        # In a kernel a student's reason goes on with the line it happened in.
        return answer.reason == predicted.reason or answer.reason.startswith(
            f"{predicted.reason} in `"
        )
    names = exercise.returns
    pair = label_parts(answer.value, names), label_parts(predicted.value, names)
    return _same(*pair, case.tolerance)


def are_alike(answers: Sequence[Answer]) -> bool:
    """Tell whether several answers hold the very same numbers."""
    first, *others = answers
    exactly = Tolerance(0, 0)
    return bool(others) and all(_same(one.value, first.value, exactly) for one in others)


def _same(value: Any, predicted: Any, tolerance: Tolerance, inner: bool = False) -> bool:
    if isinstance(predicted, Mapping):
        return (
            isinstance(value, Mapping)
            and value.keys() == predicted.keys()
            and all(_same(value[key], part, tolerance) for key, part in predicted.items())
        )
    if isinstance(predicted, tuple | list):
        # A pair may be a list, but a list of pairs is no tuple.
        kinds = (tuple, list) if inner else (type(predicted),)
        return (
            isinstance(value, kinds)
            and len(value) == len(predicted)
            and all(_same(*parts, tolerance, True) for parts in zip(value, predicted, strict=True))
        )
    if isinstance(predicted, str):
        return isinstance(value, str) and value == predicted
    numbers = as_numbers(predicted)
    if numbers is None:
        return _kind(value) == _kind(predicted)
    return _same_numbers(value, numbers, tolerance)


def _same_numbers(value: Any, predicted: np.ndarray, tolerance: Tolerance) -> bool:
    """Tell whether `value` is of the same shape and kind and as near as the case asks for.

    NaN equals NaN here: a wrong solution may well predict it.
    """
    array = as_numbers(value)
    if array is None or array.shape != predicted.shape:
        return False
    if (array.dtype.kind == "b") != (predicted.dtype.kind == "b"):  # True equals 1.0 in NumPy
        return False
    # Most are not the same, and one of three numbers shows it in a tenth of the time.
    few = {0, array.size // 2, array.size - 1} if array.size else ()
    if any(_far(array.item(place), predicted.item(place), tolerance) for place in few):
        return False
    near = {"rtol": tolerance.relative, "atol": tolerance.absolute}
    return bool(np.allclose(array, predicted, equal_nan=True, **near))


def _far(value: complex, predicted: complex, tolerance: Tolerance) -> bool:
    """Tell whether two numbers differ by too much; of two that are endless nothing is said."""
    if cmath.isnan(value) != cmath.isnan(predicted):
        return True
    try:
        return abs(value - predicted) > tolerance.absolute + tolerance.relative * abs(predicted)
    except OverflowError:  # complex numbers that are farther from 0 than a float can tell
        return True


def _kind(value: Any) -> str:
    """Name the kind of a value that is no data; what came over the wire holds the name only."""
    return getattr(value, "kind", None) or type(value).__name__
