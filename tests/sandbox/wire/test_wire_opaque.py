"""What is not plain data arrives as its type's name, whatever it does when it is looked at."""

from __future__ import annotations

from collections import OrderedDict, namedtuple
from collections.abc import Callable

import numpy as np
import pytest

from autograder.sandbox.wire import Bounds, Opaque
from tests.support.wiring import soon, unpacked


class Hostile:
    __slots__ = ()

    def __getattribute__(self, name):
        raise RuntimeError

    def __eq__(self, other):
        raise RuntimeError

    def __hash__(self):
        raise RuntimeError

    def __repr__(self):
        raise RuntimeError

    __class__ = property(lambda self: 1 / 0)  # type: ignore[assignment]


def of_a_hostile_metaclass() -> type:
    """Return a class that fails whatever is asked; pytest must not find it in this module."""

    class HostileMeta(type):
        __name__ = property(lambda cls: 1 / 0)  # type: ignore[assignment]

        def __getattribute__(cls, name):
            raise RuntimeError

        def __hash__(cls):
            raise RuntimeError

        def __eq__(cls, other):
            raise RuntimeError

    return HostileMeta("Posing", (), {})


def posing() -> object:
    return of_a_hostile_metaclass()()


class Name(str):
    def __getitem__(self, key):
        raise RuntimeError


Point = namedtuple("Point", "x y")
TRANSPARENT = type("int", (int,), {})(3)


def cyclic():
    items: list = []
    items.append(items)
    return items


OPAQUE: list[tuple[Callable[[], object], str]] = [
    (object, "object"),
    (lambda: b"bytes", "bytes"),
    (lambda: {1}, "set"),
    (lambda: 2**64, "int"),
    (lambda: -(2**63) - 1, "int"),
    (lambda: "\ud800", "str"),
    (lambda: np.str_("text"), "str_"),
    (lambda: TRANSPARENT, "int"),
    (lambda: Point(1, 2), "Point"),
    (lambda: OrderedDict(a=1), "OrderedDict"),
    (lambda: {(1, 2): 3}, "dict"),
    (lambda: {True: 3}, "dict"),
    (lambda: {2**64: 3}, "dict"),
    (lambda: {"\ud800": 3}, "dict"),
    (lambda: {"a": 1, None: 2}, "dict"),
    (lambda: np.longdouble(1), "longdouble"),
    (lambda: np.datetime64("2026-01-01"), "datetime64"),
    (lambda: np.array([1], np.longdouble), "ndarray"),
    (lambda: np.array(["a"]), "ndarray"),
    (lambda: np.array([object()]), "ndarray"),
    (lambda: np.array(["a"], np.dtypes.StringDType()), "ndarray"),
    (lambda: np.zeros(2, [("x", "f8")]), "ndarray"),
    (lambda: np.zeros(2, "m8[s]"), "ndarray"),
    (lambda: np.ma.array([1.0]), "MaskedArray"),
    (lambda: np.zeros(2).view(np.recarray), "recarray"),
    (Hostile, "Hostile"),
    (posing, "Posing"),
    (of_a_hostile_metaclass, "HostileMeta"),
    (type(Name("Named"), (), {}), "Named"),
    (type("x" * 200, (), {}), "x" * 80),
    (type("a\nb\x1b\u202e", (), {}), "a?b??"),
    (type("", (), {}), "?"),
    (lambda: Opaque("a\n" + "b" * 200), "a?" + "b" * 78),
    (lambda: Opaque(TRANSPARENT), "Opaque"),  # type: ignore[arg-type]
    (lambda: soon, "function"),
]


@pytest.mark.parametrize(("make", "kind"), OPAQUE)
def test_anything_else_arrives_as_opaque(make, kind):
    assert unpacked([make(), 1]) == [Opaque(kind), 1]


def test_a_container_within_itself_is_cut_off():
    message = unpacked(cyclic())
    for _ in range(Bounds().depth):
        (message,) = message
    assert message == Opaque("too deep")
