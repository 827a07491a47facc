"""Put a message together from a frame that may be forged: every number in it is checked first."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any

import msgspec
import numpy as np

from autograder.sandbox.wire.frame import (
    DTYPES,
    KIND_LENGTH,
    MAX_DIMENSIONS,
    Bounds,
    Columns,
    Header,
    WireError,
    check_bound,
)
from workbook.plain import Opaque

# Writes the next bytes of the arrays into the memory it is given, all of it.
Fill = Callable[[memoryview], None]

# So many bytes of arrays are read together; more go into each array as they come, without a copy.
AT_ONCE = 1 << 16

_OUTLINE = msgspec.msgpack.Decoder(Columns)
_DECODER = msgspec.msgpack.Decoder(Header)
_END = object()


def read(
    header: bytes | bytearray | memoryview,
    buffer_size: int,
    bounds: Bounds,
    fill: Fill,
    *,
    writeable: bool = True,
) -> Any:
    """Return the message of a frame whose arrays have `buffer_size` bytes in all."""
    try:
        _check_lengths(_OUTLINE.decode(header), bounds)
        columns = _DECODER.decode(header)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise WireError(f"the header is malformed: {error}") from error
    arrays = _read_arrays(columns.arrays, buffer_size, bounds, fill)
    if not writeable:
        for array in arrays:
            array.setflags(write=False)
    try:
        return _Reader(columns, arrays, bounds).read_all()
    except StopIteration:
        raise WireError("the header promises more values than it holds") from None


def _check_lengths(columns: Columns, bounds: Bounds) -> None:
    """Refuse a header with too many values before any of them takes memory."""
    count = len(columns.codes)
    check_bound("values", count, bounds.values)
    check_bound("containers", sum(map(columns.codes.count, b"ltd")), bounds.containers)
    check_bound("arrays", _length(columns.arrays), bounds.arrays)
    # A value takes one number or text at most, but two floats if it is complex.
    most = max(map(_length, (columns.ints, columns.texts)))
    if most > count or _length(columns.floats) > 2 * count or len(columns.scalars) > 16 * count:
        raise WireError("the header holds more than its message")


def _length(column: msgspec.Raw) -> int:
    """Return how many items the msgpack of a list promises."""
    start = bytes(memoryview(column)[:5])
    if start[0] in range(0x90, 0xA0):
        return start[0] & 15
    if start[0] not in (0xDC, 0xDD):
        raise WireError("the header is malformed: a column is no list")
    return int.from_bytes(start[1:3] if start[0] == 0xDC else start[1:5], "big")


def _read_arrays(
    forms: list[list[int]], buffer_size: int, bounds: Bounds, fill: Fill
) -> list[np.ndarray]:
    check_bound("arrays", len(forms), bounds.arrays)
    sizes = [_checked_size(form) for form in forms]
    if sum(sizes) != buffer_size:
        raise WireError(f"the arrays need {sum(sizes)} bytes, the frame has {buffer_size}")
    if buffer_size > AT_ONCE:
        return [_filled(DTYPES[place], shape, fill) for place, *shape in forms]
    content = bytearray(buffer_size)
    fill(memoryview(content))
    starts = accumulate(sizes, initial=0)
    return [_copied(form, content, start) for form, start in zip(forms, starts, strict=False)]


def _checked_size(form: list[int]) -> int:
    """Return the bytes of an array once it is sure that numpy can make it."""
    if not form or not 0 <= form[0] < len(DTYPES):
        raise WireError("an array has a dtype that is not allowed")
    shape = form[1:]
    if len(shape) > MAX_DIMENSIONS or min(shape, default=0) < 0:
        raise WireError(f"an array has a negative size or over {MAX_DIMENSIONS} dimensions")
    size = math.prod(shape) * DTYPES[form[0]].itemsize
    # An array without numbers must not have too large a shape either.
    largest = size or math.prod(size or 1 for size in shape) * DTYPES[form[0]].itemsize
    if largest > sys.maxsize:
        raise WireError("an array has a shape that is too large")
    return size


def _copied(form: list[int], content: bytearray, start: int) -> np.ndarray:
    """Return a new array of the bytes that begin at `start`."""
    place, *shape = form
    if DTYPES[place].kind == "b":  # a byte that is neither 0 nor 1 would not even equal itself
        return np.ndarray(shape, np.uint8, content, start).astype(np.bool_)
    return np.ndarray(shape, DTYPES[place], content, start).copy()


def _filled(dtype: np.dtype, shape: list[int], fill: Fill) -> np.ndarray:
    """Return a new array. The system gives it memory only as its bytes come in."""
    array = np.empty(shape, dtype)
    if array.nbytes:
        content = array.reshape(-1).view(np.uint8)
        fill(content.data)
        if dtype == np.bool_:
            np.not_equal(content, 0, out=array.reshape(-1))
    return array


class _Reader:
    """Follows the codes of a header and takes what each needs from the columns."""

    def __init__(self, header: Header, arrays: list[np.ndarray], bounds: Bounds) -> None:
        self.codes = iter(header.codes)
        self.ints = iter(header.ints)
        self.floats = iter(header.floats)
        self.texts = iter(header.texts)
        self.scalars = memoryview(header.scalars)
        self.arrays = arrays
        self.bounds = bounds
        self.references = self.logical = 0

    def read_all(self) -> Any:
        value = self._value(0)
        columns: tuple[Iterator, ...] = (self.codes, self.ints, self.floats, self.texts)
        if self.scalars or any(next(column, _END) is not _END for column in columns):
            raise WireError("the header holds more than its message")
        return value

    def _value(self, depth: int) -> Any:
        reader = _READERS.get(next(self.codes))
        if reader is None:
            raise WireError("the header has a code that means nothing")
        return reader(self, depth)

    def _int(self, depth: int) -> int:
        return next(self.ints)

    def _float(self, depth: int) -> float:
        return next(self.floats)

    def _complex(self, depth: int) -> complex:
        return complex(next(self.floats), next(self.floats))

    def _str(self, depth: int) -> str:
        return next(self.texts)

    def _count(self, depth: int) -> int:
        if depth == self.bounds.depth:
            raise WireError(f"the message is nested deeper than depth {self.bounds.depth}")
        count = next(self.ints)
        if count < 0:
            raise WireError("a container has a negative size")
        return count

    def _list(self, depth: int) -> list:
        return [self._value(depth + 1) for _ in range(self._count(depth))]

    def _tuple(self, depth: int) -> tuple:
        return tuple(self._list(depth))

    def _dict(self, depth: int) -> dict:
        count = self._count(depth)
        check_bound("keys", count, self.bounds.keys)
        items = {}
        for _ in range(count):
            key = self._key(depth + 1)
            items[key] = self._value(depth + 1)
        if len(items) != count:
            raise WireError("a dict has the same key twice")
        return items

    def _key(self, depth: int) -> str | int:
        key = self._value(depth)
        if type(key) is not str and type(key) is not int:
            raise WireError("a dict has a key that is neither a str nor an int")
        return key

    def _array(self, depth: int) -> np.ndarray:
        place = next(self.ints)
        if not 0 <= place < len(self.arrays):
            raise WireError("the header refers to an array that it does not have")
        array = self.arrays[place]
        # Whoever goes through the message meets an array as often as it stands there.
        self.references += 1
        self.logical += array.nbytes
        if self.references > self.bounds.arrays or self.logical > self.bounds.buffer_bytes:
            check_bound("arrays", self.references, self.bounds.arrays)
            check_bound("buffer_bytes", self.logical, self.bounds.buffer_bytes)
        return array

    def _scalar(self, depth: int) -> np.generic:
        place = next(self.ints)
        if not 0 <= place < len(DTYPES):
            raise WireError("a number has a dtype that is not allowed")
        dtype = DTYPES[place]
        content, self.scalars = self.scalars[: dtype.itemsize], self.scalars[dtype.itemsize :]
        if len(content) < dtype.itemsize:
            raise StopIteration
        return np.frombuffer(content, dtype)[0]

    def _opaque(self, depth: int) -> Opaque:
        kind = next(self.texts)
        if not 0 < len(kind) <= KIND_LENGTH or not kind.isprintable():
            raise WireError("an opaque value has a kind that is too long or not printable")
        return Opaque(kind)


_READERS: dict[int, Callable[[_Reader, int], Any]] = {
    ord("N"): lambda reader, depth: None,
    ord("T"): lambda reader, depth: True,
    ord("F"): lambda reader, depth: False,
    ord("i"): _Reader._int,
    ord("f"): _Reader._float,
    ord("c"): _Reader._complex,
    ord("s"): _Reader._str,
    ord("l"): _Reader._list,
    ord("t"): _Reader._tuple,
    ord("d"): _Reader._dict,
    ord("a"): _Reader._array,
    ord("g"): _Reader._scalar,
    ord("o"): _Reader._opaque,
}
