"""What a student's function may do with what a test handed to it."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Any

from autograder.sandbox.examining.travelling import tables


def own_object(value: object) -> tuple[str, list[str]]:
    """Return what the student's end is told of an object of a test's: what can be done with it."""
    names = set().union(*(vars(one) for one in type(value).__mro__ if one is not object))
    special = sorted(tables.SPECIAL & names)
    return ("f" if "__call__" in special or isinstance(value, type) else "i"), special


class NotAllowed(Exception):
    """No function may ask for that."""


# What a decorator copies of a function.
_NAMES = ("__name__", "__qualname__", "__doc__")
_INSIDE = (types.ModuleType, types.FrameType, types.CodeType)


def done(operation: str, target: Any, parts: list[Any], may_be: Callable[[str], bool]) -> Any:
    """Return what comes of an operation on something of a test's.

    Parameters
    ----------
    may_be : callable
        Tells whether the reference needed that as well.

    Raises
    ------
    NotAllowed
        If it is no operation, or one that would reach beyond what was handed over.
    """
    if operation == "call" and callable(target):
        arguments, keywords = parts
        return target(*arguments, **keywords)
    name = parts[0] if parts and type(parts[0]) is str else ""
    if operation == "special" and name in tables.SPECIAL:
        return getattr(type(target), name)(target, *parts[1])
    is_public = name != "" and not name.startswith("_")
    if operation == "getattr" and (name in _NAMES or is_public) and not _is_of_mock(target, name):
        found = getattr(target, name)
        if isinstance(found, _INSIDE):
            raise AttributeError(name)
        return found
    if operation == "setattr" and is_public and _may_set(target, name, may_be):
        return setattr(target, name, parts[1])
    raise NotAllowed(operation)


def _may_set(target: Any, name: str, may_be: Callable[[str], bool]) -> bool:
    """Tell whether a function may set an attribute.

    Of an instance of a test's own class it may; a module or a class would be changed for others.
    In the place of a function, which may be what the test asks, it puts nothing that the reference
    did not put there.
    """
    if isinstance(target, type) or type(target).__module__ != "__main__":
        return False
    return not callable(getattr(target, name, None)) or may_be(f"replaces {name}")


def _is_of_mock(target: Any, name: str) -> bool:
    """Tell whether a name is one by which a test prepares a mock, or asks what became of it."""
    mock: Any = sys.modules.get("unittest.mock")
    if mock is None:
        return False
    if isinstance(target, mock.NonCallableMock):
        return name == "method_calls" or hasattr(type(target), name)
    return isinstance(target, types.FunctionType) and isinstance(
        vars(target).get("mock"), mock.NonCallableMock
    )
