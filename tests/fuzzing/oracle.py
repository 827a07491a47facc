"""Whether an answer is right, told without the judge: value by value, shape for shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from workbook.comparison import Tolerance

# An error this near to the tolerance, relative to it, may fall on either side of it by rounding.
EDGE = 1e-3


def rightness(value: Any, expected: Any, names: Sequence[str], tolerance: Tolerance) -> list:
    """Return for each part of `expected` whether it is right in `value`; None where rounding says.

    Parameters
    ----------
    names : sequence of str
        Of the values that are returned together, as a tuple or a list.
    """
    if len(names) == 1:
        return list(_parts(value, expected, tolerance))
    as_list = list(value) if isinstance(value, tuple | list) else value
    return list(_parts(as_list, list(expected), tolerance))


def _parts(value: Any, expected: Any, tolerance: Tolerance) -> Iterator[bool | None]:
    if isinstance(expected, dict):
        for key, part in expected.items():
            there = isinstance(value, dict) and key in value
            yield from _parts(value[key], part, tolerance) if there else iter([False])
    elif isinstance(expected, tuple | list):
        if isinstance(value, tuple | list) and len(value) == len(expected):
            yield True
            for own, part in zip(value, expected, strict=True):
                yield from _parts(own, part, tolerance)
        else:
            yield False
    else:
        yield _is_right(value, np.asarray(expected), tolerance)


def _is_right(value: Any, expected: np.ndarray, tolerance: Tolerance) -> bool | None:
    if not isinstance(value, np.ndarray | np.generic | int | float):
        return False
    array = np.asarray(value)
    kinds = "biuf" if expected.dtype.kind == "b" else "iuf"
    if array.dtype.kind not in kinds or array.shape != expected.shape:
        return False
    own, wanted = array.astype(np.longdouble), expected.astype(np.longdouble)
    if not np.isfinite(own).all():
        return False
    error = np.abs(own - wanted)
    bound = tolerance.absolute + tolerance.relative * np.abs(wanted)
    if (error <= bound * (1 - EDGE)).all():
        return True
    return False if (error > bound * (1 + EDGE)).any() else None
