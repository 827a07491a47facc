"""What both ends of the wire agree on: the header of a frame, its bounds and its errors."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import msgspec
import numpy as np

PREFIX = struct.Struct("<4sIQ")  # the magic bytes, the size of the header, that of the arrays
MAGIC = b"wbk1"
KIND_LENGTH = 80
MAX_DIMENSIONS = 64  # numpy's own
_INTEGERS = ("i1", "<i2", "<i4", "<i8", "u1", "<u2", "<u4", "<u8")
_INEXACT = ("<f2", "<f4", "<f8", "<c8", "<c16")
DTYPES = tuple(np.dtype(name) for name in ("?", *_INTEGERS, *_INEXACT))


class WireError(Exception):
    """A frame is malformed or too large; the message says which bound it breaks."""


class Closed(WireError):
    """The other end is gone."""


@dataclass(frozen=True)
class Bounds:
    """How large a message may be.

    Parameters
    ----------
    header_bytes : int
        Of all but the arrays.
    buffer_bytes : int
        Of all arrays together, each as often as it stands in the message.
    depth : int
        Of containers within containers.
    arrays : int
        In the message: one that stands in it twice counts twice.
    values : int
        Of any kind, containers too. Each takes a byte or two of the header and some hundred when
        it is read.
    containers : int
        Lists, tuples and dicts: to read one takes ten times what a number takes.
    keys : int
        Of one dict: whoever chooses the keys can make a dict of ints take quadratic time.
    """

    header_bytes: int = 1 << 20
    buffer_bytes: int = 256 << 20
    depth: int = 16
    arrays: int = 4096
    values: int = 1 << 20
    containers: int = 1 << 20
    keys: int = 4096


DEFAULT = Bounds()


class Columns(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """A header whose columns are not yet read: how long each is stands at its beginning."""

    codes: bytes
    ints: msgspec.Raw
    floats: msgspec.Raw
    texts: msgspec.Raw
    scalars: bytes
    arrays: msgspec.Raw


class Header(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """All of a message but the bytes of its arrays.

    Not nested: a code for each value, in the order of reading, and what the codes need in a
    column for each type. So msgspec checks all types, and reading cannot go deeper than we let it.
    """

    codes: bytes
    ints: list[int]
    floats: list[float]
    texts: list[str]
    scalars: bytes
    arrays: list[list[int]]  # for each array: its place in DTYPES, then its shape


def check_bound(name: str, size: int, bound: int) -> None:
    """Raise if a message has more of something than the bound called `name` allows."""
    if size > bound:
        raise WireError(f"the message is too large: {name} {size} or more, allowed {bound}")
