"""Read things that came and hold no others of their kind: names, numbers, times, arrays."""

from __future__ import annotations

import collections
import datetime
import functools
import keyword
from typing import Any

import numpy as np

from autograder.sandbox.examining.travelling.references import Malformed

TIMES = ("M8", "m8")
MOST_LETTERS = 1 << 24  # in an array of texts


def zone(ahead: float | None) -> datetime.timezone | None:
    """Return the time zone that is so many seconds ahead; None for none."""
    return None if ahead is None else datetime.timezone(datetime.timedelta(seconds=ahead))


def named_tuple(reading: Any, name: str, fields: list[str], came: Any) -> Any:
    """Return a named tuple of that name and those fields."""
    if not all(type(one) is str and _is_name(one) for one in (name, *fields)):
        raise Malformed("a named tuple has odd names")
    known = reading.given.get(name)
    parts = reading.all(came)
    for field, part in zip(fields, parts, strict=False):
        reading.holding(field, part)
    if getattr(known, "_fields", None) == tuple(fields) and len(parts) == len(fields):
        return tuple.__new__(known, parts)
    return _named_tuple_type(name, tuple(fields))._make(parts)


@functools.lru_cache(maxsize=64)
def _named_tuple_type(name: str, fields: tuple[str, ...]) -> Any:
    return collections.namedtuple(name, fields, rename=True)


def _is_name(text: str) -> bool:
    return len(text) < 100 and text.isidentifier() and not keyword.iskeyword(text)


def numpy_time(reading: Any, dtype: str, count: int) -> Any:
    """Return a moment or a span of NumPy's."""
    if dtype[1:3] not in TIMES:
        raise Malformed("a time is none")
    return np.array(count, np.int64).view(np.dtype(dtype))[()]


def no_dtype() -> np.dtype:
    """Refuse a type of arrays."""
    raise Malformed("a type of arrays is none")


def hex(reading: Any, text: str) -> int:
    """Return a whole number of any size."""
    if len(text) > (1 << 16) + 1:
        raise Malformed("a whole number is too large")
    return int(text, 16)


def array(reading: Any, form: str, *content: Any) -> np.ndarray:
    """Return an array of its kind, shape and content."""
    if form == "n" and type(content[0]) is np.ndarray:
        return content[0]
    if form == "t" and content[0][1:3] in TIMES and content[1].dtype == np.int64:
        return content[1].view(np.dtype(content[0]))
    if form == "u" and content[0][1:2] in ("U", "S"):
        parts = reading.all(content[2])
        width = int(content[0][2:])
        if width * max(len(parts), 1) > MOST_LETTERS:
            raise Malformed("a text array is too large")
        return np.array(parts, np.dtype(f"{content[0][1]}{width}")).reshape(content[1])
    if form == "o":
        parts = reading.all(content[1])
        value = np.empty(len(parts), object)
        value[:] = parts if parts else []
        return value.reshape(content[0])
    if form == "v":
        fields, kinds, parts = content
        columns = [array(reading, *part) for part in parts]
        if any(kind[1:2] not in tuple("biufcUSMm") for kind in kinds):
            raise Malformed("an array has a field of another kind")
        value = np.empty(columns[0].shape, list(zip(fields, kinds, strict=True)))
        for field, column in zip(fields, columns, strict=True):
            value[field] = column
        return value
    raise Malformed("an array is of no known kind")
