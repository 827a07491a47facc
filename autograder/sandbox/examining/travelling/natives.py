"""Objects of a student's class that is made from a type of Python's own, as ``class Stack(list)``.

Their content travels by value and is looked at as that type looks at it; only what the student's
class defines itself is asked of it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from autograder.sandbox.examining.travelling import tables

FORM = "v"  # by which what is said of such an object begins
NATIVE = "_autograder_native"
_MRO = type.__dict__["__mro__"]
_DICT = type.__dict__["__dict__"]
_NAME = type.__dict__["__name__"]
_MODULE = type.__dict__["__module__"]
_IMMUTABLE: dict[type, Callable[[Any], Any]] = {
    int: int.__pos__,
    float: float.__pos__,
    complex: complex.__pos__,
    str: lambda value: str.__getitem__(value, slice(None)),
    bytes: lambda value: bytes.__getitem__(value, slice(None)),
    tuple: lambda value: tuple(tuple.__iter__(value)),
    frozenset: lambda value: frozenset(frozenset.__iter__(value)),
}
_CHANGING: dict[type, Callable[[Any], Any]] = {
    list: lambda value: tuple(list.__iter__(value)),
    set: lambda value: tuple(set.__iter__(value)),
    dict: lambda value: tuple(part for pair in dict.items(value) for part in pair),
}
KINDS = _IMMUTABLE | _CHANGING
# What shows an object; the rest that a class may define for Python is asked by `tables.SPECIAL`.
_SHOWING = ("__repr__", "__str__", "__format__")


def module_of(kind: type) -> str:
    """Return the name of the module that a class says it is of."""
    return found if type(found := _MODULE.__get__(kind)) is str else ""


def native_of(kind: type) -> type | None:
    """Return the type of Python's own that a student's class is made from, if there is one."""
    if module_of(kind) != "__main__":
        return None
    return next((one for one in _MRO.__get__(kind) if one in KINDS), None)


def describe_class(kind: type) -> tuple[str, str, list[str]]:
    """Return the name, the module and the special methods of a class, none of them by asking it."""
    special: set[str] = set()
    native = native_of(kind)
    for one in _MRO.__get__(kind):
        if one is native:
            break
        if one is not object:
            special |= tables.SPECIAL & _DICT.__get__(one).keys()
    special |= {*overridden(kind)}
    return _NAME.__get__(kind), module_of(kind) or "builtins", sorted(special)


def overridden(kind: type) -> list[str]:
    """Return the names of the type below that a student's class defines in another way."""
    native = native_of(kind)
    if native is None:
        return []
    above = _MRO.__get__(kind)[: _MRO.__get__(kind).index(native)]
    names = {name for one in above for name in _DICT.__get__(one)} - {"__bool__"}
    return sorted({*_named(native, names)} | names & set(_SHOWING))


def _named(native: type, names: Iterable[str]) -> list[str]:
    """Return the names that a type of Python's own has too, but for those that Python calls."""
    return [name for name in names if hasattr(native, name) and not name.startswith("__")]


def content(value: Any) -> Any:
    """Return what an object holds: its value as that type has it, or a tuple of its parts."""
    native = native_of(type(value))
    assert native
    return KINDS[native](value)


def is_changing(kind: type) -> bool:
    """Tell whether a stand-in's objects can change, so that their content is told anew."""
    return _DICT.__get__(kind).get(NATIVE) in _CHANGING


def held_by(value: Any) -> Any:
    """Return what the stand-in of an object that can change holds here."""
    return _CHANGING[_DICT.__get__(type(value))[NATIVE]](value)


def made(kind: type, inside: Any) -> Any:
    """Return what stands for an object with that content."""
    native: Any = _DICT.__get__(kind)[NATIVE]
    if type(inside) is not (tuple if native in _CHANGING else native):
        raise TypeError(f"this is no content of a {native.__name__}")
    if native not in _CHANGING:
        return native.__new__(kind, inside)
    value = native.__new__(kind)
    refill(value, inside)
    return value


def refill(value: Any, inside: Any) -> None:
    """Give an object that can change the parts that it has at the other end."""
    if isinstance(value, list):
        list.__setitem__(value, slice(None), inside)
    elif isinstance(value, set):
        set.clear(value)
        set.update(value, inside)
    elif isinstance(value, dict):
        dict.clear(value)
        for key, part in zip(inside[::2], inside[1::2], strict=True):
            dict.__setitem__(value, key, part)


def own_methods(native: type, names: Iterable[str], shown: type) -> dict[str, Any]:
    """Return what a stand-in's class defines beside its special methods.

    Parameters
    ----------
    names : iterable of str
        What the student's class defines in another way than the type does.
    shown : type
        The class whose methods ask for the text of an object.
    """
    found: dict[str, Any] = {name: vars(shown)[name] for name in _SHOWING if name in names}
    # A class of a library may stand between; what it says of these is what the type says.
    as_native = (name for name in tables.SPECIAL.difference(names) if hasattr(native, name))
    found |= {name: inspect.getattr_static(native, name) for name in as_native}
    found |= {name: _Asked(native, name) for name in _named(native, names)}
    if "__bool__" not in vars(native) and "__bool__" not in names:
        found["__bool__"] = _truth(native)
    return {NATIVE: native, **found}


def _truth(native: Any) -> Callable[[Any], bool]:
    """Return what says whether an object holds anything: its class only if the reference's did."""

    def is_true(self: Any) -> bool:
        session, name = type(self)._autograder_session, type(self)._autograder_name
        return (len(self) if session.may_be(f"__bool__ {name} data") else native.__len__(self)) > 0

    return is_true


class _Asked:
    """An attribute that the student's class defines in the place of its type's own."""

    def __init__(self, native: Any, name: str) -> None:
        self._native, self._name = native, name

    def __get__(self, value: Any, kind: Any) -> Any:
        session = kind._autograder_session
        found = session.ask("getattr", kind if value is None else value, self._name)
        if callable(found) and not session.may_be(f"method {self._name}"):
            return inspect.getattr_static(self._native, self._name).__get__(value, kind)
        return found
