"""Take a message apart into a header and the bytes of arrays, whatever a student put into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.sandbox.wire.frame import DTYPES, KIND_LENGTH, Bounds, Header, check_bound
from workbook.plain import Opaque

INT_RANGE = range(-(1 << 63), 1 << 64)  # what msgpack can hold
COPIED = 1 << 12  # a smaller array is copied sooner than looked at
_PLACES = {
    kind: place for place, dtype in enumerate(DTYPES) for kind in (dtype, dtype.newbyteorder(">"))
}
_TYPE_NAME = type.__dict__["__name__"]


class Writer:
    """Fills a header. Goes by exact types and built-in methods: a student's class has no say."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.spent = 0  # a lower bound of the header's size, to stop before it is built
        self.size = 0  # of the arrays that are sent
        self.logical = 0  # of all that stand in the message
        self.references = self.containers = 0
        self.codes = bytearray()
        self.ints: list[int] = []
        self.floats: list[float] = []
        self.texts: list[str] = []
        self.scalars = bytearray()
        self.arrays: list[list[int]] = []
        self.buffers: list[bytes | memoryview] = []
        # By id, and held: no other array may come to have the same one.
        self.places: dict[int, tuple[int, np.ndarray]] = {}

    def header(self) -> Header:
        """Return what was written."""
        return Header(
            bytes(self.codes),
            self.ints,
            self.floats,
            self.texts,
            bytes(self.scalars),
            self.arrays,
        )

    def write(self, value: Any, depth: int = 0) -> None:
        """Add one value, which stands in `depth` containers."""
        self.spent += 1
        if self.spent > self.bounds.header_bytes:
            check_bound("header_bytes", self.spent, self.bounds.header_bytes)
        if len(self.codes) >= self.bounds.values:
            check_bound("values", len(self.codes) + 1, self.bounds.values)
        # By id: the hash and equality of a class belong to its metaclass, so to the student.
        _WRITERS.get(id(type(value)), Writer._other)(self, value, depth)

    def _spend(self, size: int) -> None:
        self.spent += size
        if self.spent > self.bounds.header_bytes:
            check_bound("header_bytes", self.spent, self.bounds.header_bytes)

    def _contain(self) -> None:
        self.containers += 1
        check_bound("containers", self.containers, self.bounds.containers)

    def _code(self, code: bytes, *ints: int) -> None:
        self.codes += code
        self.ints += ints

    def _none(self, value: None, depth: int) -> None:
        self._code(b"N")

    def _bool(self, value: bool, depth: int) -> None:
        self._code(b"T" if value else b"F")

    def _int(self, value: int, depth: int) -> None:
        if value in INT_RANGE:
            self._code(b"i", value)
        else:
            self._opaque("int")

    def _float(self, value: float, depth: int) -> None:
        self._code(b"f")
        self.floats.append(value)

    def _complex(self, value: complex, depth: int) -> None:
        self._code(b"c")
        self.floats += (value.real, value.imag)

    def _str(self, value: str, depth: int) -> None:
        self._spend(len(value))
        if not _is_unicode(value):
            return self._opaque("str")
        self._code(b"s")
        self.texts.append(value)

    def _list(self, value: list | tuple, depth: int) -> None:
        if depth == self.bounds.depth:
            return self._opaque("too deep")
        self._contain()
        items = tuple(value)  # another thread of the student's may be changing it
        self._code(b"l" if type(value) is list else b"t", len(items))
        for item in items:
            self.write(item, depth + 1)

    def _dict(self, value: dict, depth: int) -> None:
        check_bound("keys", len(value), self.bounds.keys)
        if depth == self.bounds.depth:
            return self._opaque("too deep")
        self._contain()
        items = list(value.items())
        if not all(_is_key(key) for key, _ in items):
            return self._opaque("dict")
        self._code(b"d", len(items))
        for key, item in items:
            if type(key) is str:  # known to be Unicode by now
                self._spend(1 + len(key))
                self.codes += b"s"
                self.texts.append(key)
            else:
                self.write(key, depth + 1)
            self.write(item, depth + 1)

    def _array(self, value: np.ndarray, depth: int) -> None:
        place = _place(value.dtype)
        if place is None:
            return self._opaque("ndarray")
        self.references += 1
        check_bound("arrays", self.references, self.bounds.arrays)
        self.logical += value.nbytes
        check_bound("buffer_bytes", self.logical, self.bounds.buffer_bytes)
        known = self.places.get(id(value))
        if known is None:
            known = self.places[id(value)] = len(self.arrays), value
            self._add_array(value, place)
        self._code(b"a", known[0])

    def _add_array(self, value: np.ndarray, place: int) -> None:
        self.size += value.nbytes
        self.arrays.append([place, *value.shape])
        if value.nbytes:
            self.buffers.append(_bytes_of(value, DTYPES[place]))

    def _scalar(self, value: np.generic, depth: int) -> None:
        place = _place(value.dtype)
        if place is None:
            return self._opaque(_name(type(value)))
        self._code(b"g", place)
        self.scalars += np.asarray(value, DTYPES[place]).tobytes()

    def _other(self, value: Any, depth: int) -> None:
        self._opaque(_name(type(value)))

    def _known_opaque(self, value: Opaque, depth: int) -> None:
        kind = getattr(value, "kind", None)
        self._opaque(kind if type(kind) is str else "Opaque")

    def _opaque(self, kind: str) -> None:
        self._spend(len(kind[:KIND_LENGTH]))
        self._code(b"o")
        self.texts.append(_printable(kind))


def _bytes_of(value: np.ndarray, dtype: np.dtype) -> bytes | memoryview:
    """Return an array's bytes in the order and the byte order of the wire."""
    if value.dtype is dtype and value.nbytes < COPIED:
        return value.tobytes()
    plain = np.asarray(value, dtype, order="C")
    return plain.reshape(-1).view(np.uint8).data


def _name(kind: type) -> str:
    """Return the name of a type without asking its metaclass."""
    return str.__getitem__(_TYPE_NAME.__get__(kind), slice(KIND_LENGTH))


def _printable(kind: str) -> str:
    short = kind[:KIND_LENGTH]
    return "".join(sign if sign.isprintable() else "?" for sign in short) or "?"


def _is_unicode(text: str) -> bool:
    """Say whether UTF-8 can hold `text`: half of a surrogate pair cannot travel."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_key(key: Any) -> bool:
    return (type(key) is str and _is_unicode(key)) or (type(key) is int and key in INT_RANGE)


def _place(dtype: np.dtype) -> int | None:
    """Return the place of a dtype in DTYPES whatever its byte order, None if it has none."""
    return _PLACES.get(dtype) if dtype.kind in "biufc" else None


_SCALARS = {np.dtype(letter).type for letter in "?" + np.typecodes["AllInteger"] + "efdgFDG"}
_Write = Callable[[Writer, Any, int], None]
_WRITERS: dict[int, _Write] = {
    id(type(None)): Writer._none,
    id(bool): Writer._bool,
    id(int): Writer._int,
    id(float): Writer._float,
    id(complex): Writer._complex,
    id(str): Writer._str,
    id(list): Writer._list,
    id(tuple): Writer._list,
    id(dict): Writer._dict,
    id(np.ndarray): Writer._array,
    id(Opaque): Writer._known_opaque,
} | {id(kind): Writer._scalar for kind in _SCALARS}
