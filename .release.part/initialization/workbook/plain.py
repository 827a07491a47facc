"""Turn what a function returned into plain data: dicts, lists, tuples, arrays, numbers and text.

Many types hold the same keys and numbers: an OrderedDict, a named tuple, an array of long doubles.
The instant check and the grader both judge what comes of this, so that they never disagree.

Whatever a class says of itself here is data and nothing more: in the grader this runs in the
student's own process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# Sequences that are no list of parts.
_NO_LIST = (bytes, bytearray, memoryview, range)
# More parts than any right answer has are not looked at: the wire refuses them.
MOST_PARTS = 1 << 16
_EXACT = frozenset(map(id, (type(None), bool, int, float, complex, str)))
_TYPE_NAME = type.__dict__["__name__"]


@dataclass(frozen=True)
class Opaque:
    """What stands for a value that is no plain data: `kind` is the name of its type."""

    kind: str


def plain(value: Any) -> Any:
    """Return `value` as plain data, of built-in types and of NumPy's own.

    Arrays that are the same memory become one array. What is no plain data becomes `Opaque`;
    entries of a mapping whose keys are neither text nor whole numbers are left out, as is all
    that a class adds to the type that it is derived from.

    Examples
    --------
    >>> from collections import OrderedDict, UserDict
    >>> plain([OrderedDict(W1=1.5), UserDict(b1=2), {3}])
    [{'W1': 1.5}, {'b1': 2}, Opaque(kind='set')]
    >>> plain({np.str_("W1"): np.longdouble(1)})
    {'W1': np.float64(1.0)}
    """
    return _Reading().read(value)


def plain_with_memory(value: Any) -> tuple[Any, dict[int, np.ndarray]]:
    """Return `value` as plain data, and the arrays in another memory that some were made of.

    These are known by the id of the array that each became: long doubles travel as doubles, but
    what they share they share as they were.
    """
    reading = _Reading()
    return reading.read(value), reading.made_of


class _Reading:
    """One value being read; what was read already is known, so that a cycle stays one."""

    def __init__(self) -> None:
        # By id, and held: nothing else may come to have the same one.
        self._known: dict[int, tuple[Any, Any]] = {}
        self._left = MOST_PARTS
        self._views: dict[tuple[Any, ...], np.ndarray] = {}
        self.made_of: dict[int, np.ndarray] = {}

    def read(self, value: Any) -> Any:
        # By id: the hash and equality of a class belong to its metaclass, so to the student.
        if id(type(value)) in _EXACT or _is_plain_array(value):
            return value
        if known := self._known.get(id(value)):
            return known[1]
        try:
            made = self._read(value, type(value))
        except Exception:  # whatever a student's object raises when it is looked at
            made = Opaque(_TYPE_NAME.__get__(type(value)))
        return self._keep(value, made)

    def _keep(self, value: Any, made: Any) -> Any:
        self._known[id(value)] = value, made
        return made

    def _read(self, value: Any, kind: type) -> Any:
        """Go by what a class is derived from, and by its base's methods: its own have no say."""
        for base, read in _READERS:
            if issubclass(kind, base):
                self._left -= base.__len__(value) if base in _CONTAINERS else 1
                return read(self, value) if self._left >= 0 else value
        if issubclass(kind, Mapping):
            return self._dict(value, ((key, value[key]) for key in value))
        if issubclass(kind, Sequence) and not issubclass(kind, _NO_LIST):
            return self._list(value, iter(value))
        if kind is not Opaque and hasattr(kind, "__array__"):
            return self._array(np.asarray(value))
        raise TypeError("this is no plain data")

    def _dict(self, value: Any, items: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
        made = self._keep(value, {})
        for key, part in list(items):
            if type(key) is int:
                made[key] = self.read(part)
            elif issubclass(type(key), str):
                made[str.__str__(key)] = self.read(part)
        return made

    def _list(self, value: Any, items: Iterable[Any]) -> list[Any]:
        made = self._keep(value, [])
        made.extend(map(self.read, items))
        return made

    def _tuple(self, value: Any) -> tuple[Any, ...]:
        return tuple(map(self.read, tuple.__iter__(value)))

    def _array(self, value: np.ndarray) -> np.ndarray:
        if type(value) is not np.ndarray:
            value = np.asarray(_unmasked(value) if isinstance(value, np.ma.MaskedArray) else value)
        if value.dtype.char in "gG":
            return self._double(value)
        if value.base is None or not value.size:
            return value
        owner, memory = value.base, _memory(value)
        if type(owner) is np.ndarray and _memory(owner) == memory:
            return owner
        return self._views.setdefault(memory, value)

    def _double(self, value: np.ndarray) -> np.ndarray:
        """Return long doubles as doubles: those of one memory become one array."""
        if not value.size:
            return _widest(value)
        array = self._views.setdefault(_memory(value), _widest(value))
        self.made_of.setdefault(id(array), value)
        return array


def _is_plain_array(value: Any) -> bool:
    """Tell whether a value is an array with memory of its own, as most are."""
    return type(value) is np.ndarray and value.base is None and value.dtype.char not in "gG"


def _memory(array: np.ndarray) -> tuple[Any, ...]:
    """Return what two arrays have in common only if they are the same numbers in the same place."""
    interface = array.__array_interface__
    return interface["data"][0], array.shape, array.strides, array.dtype


def _widest(value: Any) -> Any:
    """Return an array or a number of more than 64 bits as one of 64."""
    with np.errstate(all="ignore"):
        return value.astype(
            {"g": np.float64, "G": np.complex128}.get(value.dtype.char, value.dtype)
        )


def _unmasked(array: np.ma.MaskedArray) -> np.ndarray:
    """Return the numbers of an array with NaN where the mask hides one."""
    hidden = np.ma.getmaskarray(array)
    numbers = np.ma.getdata(array)
    return np.where(hidden, np.nan, numbers) if hidden.any() else numbers


_CONTAINERS = (dict, list, tuple)
# In this order: NumPy's double is a float too, and its text a str.
_READERS: tuple[tuple[type, Callable[[_Reading, Any], Any]], ...] = (
    (np.ndarray, _Reading._array),
    (dict, lambda reading, value: reading._dict(value, dict.items(value))),
    (list, lambda reading, value: reading._list(value, list.__iter__(value))),
    (tuple, _Reading._tuple),
    (str, lambda reading, value: str.__str__(value)),
    (np.generic, lambda reading, value: _widest(value)),
    (float, lambda reading, value: float.__float__(value)),
    (int, lambda reading, value: int.__int__(value)),
    (complex, lambda reading, value: complex.__complex__(value)),
)
