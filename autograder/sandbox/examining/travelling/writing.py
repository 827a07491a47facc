"""Turn objects into what travels: plain data by value, anything else by its number.

Goes by exact types and built-in methods, so that a class of the student's has no say. What is
changed in place bears a number as well, so that both ends know it is the same thing.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import enum
import fractions
import pathlib
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.sandbox.examining.travelling import natives, tables
from autograder.sandbox.examining.travelling.references import References

WORD = range(-(1 << 63), 1 << 64)
LONGEST_INT = 1 << 18  # in bits
_OF_TABLES = ("pandas", "__main__")
_NAME = type.__dict__["__name__"]
_MRO = type.__dict__["__mro__"]
_DICT = type.__dict__["__dict__"]
_DICT_OFFSET = type.__dict__["__dictoffset__"]
_SIZE = type.__dict__["__basicsize__"]

Describe = Callable[["Writing", Any], tuple[Any, ...]]


class Writing:
    """One message being written.

    Parameters
    ----------
    given : mapping
        The instructor's classes that both ends have, by name: their instances travel by value.
    describe : callable
        Returns what is said of an object that goes by its number.
    """

    def __init__(self, refs: References, given: Mapping[str, Any], describe: Describe) -> None:
        self.refs, self._given, self._describe = refs, given, describe
        self._written: set[int] = set()

    def write(self, value: Any) -> Any:
        """Return what travels of a value: itself, or a tuple that begins with a tag."""
        kind = type(value)
        if id(kind) in tables.IMMEDIATE:
            return value
        write = _WRITERS.get(id(kind))
        if write is not None:
            return write(self, value)
        if (frame := _pandas_writer(kind)) is not None:
            return frame(self, value)
        return self._other(value, kind)

    def all(self, values: Any) -> list[Any]:
        """Return what travels of each value."""
        return [self.write(value) for value in values]

    def numbered(self, value: Any, tag: str, content: Callable[[], tuple[Any, ...]]) -> Any:
        """Write what can change: once by value, then by its number."""
        number = self.refs.number(value)
        if number in self._written:
            return ("R", number)
        self._written.add(number)
        return (tag, number, *content())

    def _other(self, value: Any, kind: type) -> Any:  # noqa: PLR0911 - a row for each kind
        number = self.refs.known(value)
        if number is not None and self.refs.is_foreign(number):
            if natives.is_changing(kind):
                said = natives.FORM, self.write(kind), self.write(natives.held_by(value))
                return self.numbered(value, "h", lambda: said)
            return ("R", number)
        if kind is type and id(value) in tables.TYPE_IDS:
            return ("ty", _NAME.__get__(value))
        name = _NAME.__get__(kind)
        if self._given.get(name) is kind:
            if issubclass(kind, enum.Enum):
                return ("en", name, value._name_)
            if _is_all_in_its_attributes(kind):
                inside = object.__getattribute__(value, "__dict__")
                return self.numbered(value, "o", lambda: (name, self.items(dict.items(inside))))
        if np.ndarray in _MRO.__get__(kind) and (kind is np.matrix or _is_of_notebook(kind)):
            said = (kind is np.matrix, *self.array_content(np.asarray(value)))
            return self.numbered(value, "as", lambda: said)
        if np.dtype in _MRO.__get__(kind) and value.kind in "biufcSUOmM":
            return ("dy", value.str)
        is_own = self.refs.is_students and natives.native_of(kind) is not None
        if _is_named_tuple(kind) and (not is_own or self._given.get(name) is kind):
            fields = list(_DICT.__get__(kind)["_fields"])
            return ("nt", name, fields, self.all(tuple.__iter__(value)))
        return self.numbered(value, "h", lambda: self._describe(self, value))

    def items(self, items: Any) -> list[Any]:
        """Return keys and values in turn."""
        return [self.write(part) for pair in list(items) for part in pair]

    def _int(self, value: int) -> Any:
        if value in WORD:
            return value
        if value.bit_length() > LONGEST_INT:
            raise OverflowError("a whole number is too large to travel")
        return ("I", format(value, "x"))

    def _array(self, value: np.ndarray) -> Any:
        return self.numbered(value, "a", lambda: self.array_content(value))

    def array_content(self, value: np.ndarray) -> tuple[Any, ...]:
        """Return an array's kind, shape and content."""
        letter = value.dtype.kind
        if letter in "biufc" and value.dtype.char not in "gG":
            return ("n", np.ascontiguousarray(value).reshape(value.shape))
        if letter in "gG" or value.dtype.char in "gG":
            return ("n", value.astype(np.complex128 if value.dtype.char == "G" else np.float64))
        shape = list(value.shape)
        if letter in "mM":
            return (
                "t",
                value.dtype.str,
                np.ascontiguousarray(value).reshape(value.shape).view(np.int64),
            )
        if letter in "US":
            return ("u", value.dtype.str, shape, self.all(value.ravel().tolist()))
        if letter == "O":
            return ("o", shape, self.all(value.ravel().tolist()))
        fields = value.dtype.names
        if letter == "V" and fields:
            parts = [self.array_content(np.ascontiguousarray(value[field])) for field in fields]
            return ("v", list(fields), [value.dtype[field].str for field in fields], parts)
        raise TypeError(f"an array of {value.dtype} does not travel")


def _is_all_in_its_attributes(kind: type) -> bool:
    """Tell whether an instance is nothing but its attributes: no list, no text, no slots."""
    return _layout(kind) == _layout(_Plain)


def _layout(kind: type) -> tuple[int, int]:
    return _SIZE.__get__(kind), _DICT_OFFSET.__get__(kind)


def _is_of_notebook(kind: type) -> bool:
    return natives.module_of(kind) == "__main__"


class _Plain:
    """A class like most."""


def _is_named_tuple(kind: type) -> bool:
    if _MRO.__get__(kind)[1:] != (tuple, object):
        return False
    fields = _DICT.__get__(kind).get("_fields")
    return type(fields) is tuple and all(type(field) is str for field in fields)


def _pandas_writer(kind: type) -> Any:
    if "pandas" not in sys.modules or not natives.module_of(kind).startswith(_OF_TABLES):
        return None
    from autograder.sandbox.examining.travelling import frames

    return frames.writer(kind)


def _offset(value: Any) -> Any:
    """Return the seconds of a time's zone; None where it has none."""
    ahead = value.utcoffset()
    return None if ahead is None else ahead.total_seconds()


def _moment(value: datetime.datetime) -> tuple[Any, ...]:
    parts = [value.year, value.month, value.day, value.hour, value.minute, value.second]
    return ("dt", [*parts, value.microsecond], _offset(value))


def _time(value: datetime.time) -> tuple[Any, ...]:
    parts = [value.hour, value.minute, value.second, value.microsecond]
    return ("tm", parts, _offset(value))


def _dict_of(tag: str) -> Callable[[Writing, Any], Any]:
    def write(writing: Writing, value: Any) -> Any:
        return writing.numbered(value, tag, lambda: (writing.items(dict.items(value)),))

    return write


def _sequence_of(tag: str) -> Callable[[Writing, Any], Any]:
    def write(writing: Writing, value: Any) -> Any:
        return writing.numbered(value, tag, lambda: (writing.all(list(value)),))

    return write


def _factory(value: Any) -> Any:
    factory = value.default_factory
    return factory if factory is None or id(factory) in tables.TYPE_IDS else None


def _octets(value: Any) -> np.ndarray:
    return np.frombuffer(bytes(value), np.uint8)


_Write = Callable[[Writing, Any], Any]
_BY_TYPE: dict[Any, _Write] = {
    int: Writing._int,
    np.ndarray: Writing._array,
    list: _sequence_of("l"),
    set: _sequence_of("s"),
    tuple: lambda w, v: ("t", w.all(v)),
    frozenset: lambda w, v: ("fs", w.all(v)),
    dict: _dict_of("d"),
    collections.OrderedDict: _dict_of("od"),
    collections.Counter: _dict_of("ct"),
    collections.defaultdict: lambda w, v: w.numbered(
        v, "dd", lambda: (w.items(dict.items(v)), w.write(_factory(v)))
    ),
    collections.deque: lambda w, v: w.numbered(v, "dq", lambda: (w.all(list(v)), v.maxlen)),
    bytes: lambda w, v: ("B", _octets(v)),
    bytearray: lambda w, v: w.numbered(v, "ba", lambda: (_octets(v),)),
    range: lambda w, v: ("r", w.all((v.start, v.stop, v.step))),
    slice: lambda w, v: ("sl", w.all((v.start, v.stop, v.step))),
    type({}.keys()): lambda w, v: ("dk", w.all(v)),
    type({}.values()): lambda w, v: ("dv", w.all(v)),
    type({}.items()): lambda w, v: ("di", w.items(v)),
    datetime.date: lambda w, v: ("da", [v.year, v.month, v.day]),
    datetime.datetime: lambda w, v: _moment(v),
    datetime.time: lambda w, v: _time(v),
    datetime.timedelta: lambda w, v: ("td", [v.days, v.seconds, v.microseconds]),
    decimal.Decimal: lambda w, v: ("D", str(v)),
    fractions.Fraction: lambda w, v: ("Fr", w.write(v.numerator), w.write(v.denominator)),
    pathlib.PosixPath: lambda w, v: ("pp", str(v)),
    type(...): lambda w, v: ("el",),
    type(NotImplemented): lambda w, v: ("ni",),
    np.datetime64: lambda w, v: ("nd", v.dtype.str, int(v.view(np.int64))),
    np.timedelta64: lambda w, v: ("nd", v.dtype.str, int(v.view(np.int64))),
    np.str_: lambda w, v: ("ns", str.__str__(v)),
    np.bytes_: lambda w, v: ("nb", _octets(v)),
}
_WRITERS: dict[int, _Write] = {id(kind): write for kind, write in _BY_TYPE.items()}
