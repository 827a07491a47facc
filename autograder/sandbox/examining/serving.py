"""What a student's function may do with what a test handed to it."""

from __future__ import annotations

import types
from typing import Any

from autograder.sandbox.examining import tables


def own_object(value: object) -> tuple[str, list[str]]:
    """Return what the student's end is told of an object of a test's: what can be done with it."""
    names = set().union(*(vars(one) for one in type(value).__mro__ if one is not object))
    special = sorted(tables.SPECIAL & names)
    return ("f" if "__call__" in special or isinstance(value, type) else "i"), special


class NotAllowed(Exception):
    """No function may ask for that."""


# What a decorator copies of a function.
_NAMES = ("__name__", "__qualname__")
_INSIDE = (types.ModuleType, types.FrameType, types.CodeType)


def done(operation: str, target: Any, parts: list[Any]) -> Any:
    """Return what comes of an operation on something of a test's.

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
    if name in _NAMES or (name and not name.startswith("_")):
        if operation == "getattr":
            found = getattr(target, name)
            if isinstance(found, _INSIDE):
                raise AttributeError(name)
            return found
        # Of an instance of a test's own class; a module or a class would be changed for others.
        if operation == "setattr" and type(target).__module__ == "__main__":
            return setattr(target, name, parts[1])
    raise NotAllowed(operation)
