"""What a test makes from a student's class: the class is made at the student's end.

Its functions stay with the test: there each has something in its place that calls it over the wire.
"""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from autograder.sandbox.examining.functions import Asks

# What Python puts into a class for itself.
_LEFT_OUT = ("__module__", "__classcell__", "__firstlineno__", "__static_attributes__")
_WRAPPED: dict[type, tuple[str, ...]] = {
    property: ("fget", "fset", "fdel"),
    staticmethod: ("__func__",),
    classmethod: ("__func__",),
}
_MAKING = {kind.__name__: kind for kind in _WRAPPED}


def derived(
    session: Asks,
    name: str,
    bases: tuple[type, ...],
    inside: Mapping[str, Any],
    keywords: Mapping[str, Any],
) -> type:
    """Return what stands for a class that a test makes, which its methods know as theirs."""
    said = [(key, *_taken_apart(value)) for key, value in inside.items() if key not in _LEFT_OUT]
    made = session.ask("derive", name, list(bases), said, dict(keywords))
    if "__classcell__" in inside:
        inside["__classcell__"].cell_contents = made
    return made


def _taken_apart(value: Any) -> tuple[str, list[Any]]:
    parts = _WRAPPED.get(type(value))
    if parts is None:
        return "", [value]
    return type(value).__name__, [getattr(value, part) for part in parts]


def derive(name: str, bases: Iterable[type], said: Any, keywords: dict[str, Any]) -> type:
    """Return the class at the student's end."""
    inside = {key: _MAKING[form](*parts) if form else parts[0] for key, form, parts in said}
    return types.new_class(name, tuple(bases), keywords, lambda names: names.update(inside))


def above(kind: type, value: Any, name: str) -> Any:
    """Return an attribute as the classes above one have it, at the student's end."""
    return getattr(super(kind, value), name)


class _Above:
    """What ``super()`` gives in a method of a class that a test made from a student's."""

    def __init__(self, session: Asks, kind: type, value: Any) -> None:
        self._autograder_said = session, kind, value

    def __getattribute__(self, name: str) -> Any:
        session, kind, value = object.__getattribute__(self, "_autograder_said")
        return session.holding(name, session.ask("above", kind, value, name))


def super_of(meta: type) -> Callable[..., Any]:
    """Return ``super`` as cells know it: of stand-ins, whose type that is, the student's end knows.

    Python's own would look for the attribute here.
    """

    def find(*arguments: Any) -> Any:
        if not arguments:
            frame = sys._getframe(1)
            first = frame.f_code.co_varnames[0]
            arguments = frame.f_locals["__class__"], frame.f_locals[first]
        kind, *value = arguments
        if type(kind) is not meta:
            return builtins.super(*arguments)
        return _Above(kind._autograder_session, kind, *value)

    return find
