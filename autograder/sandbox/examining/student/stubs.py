"""What stands in a student's process for functions and objects of the examiner's."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Protocol

from autograder.sandbox.examining.travelling import tables


class CallsBack(Protocol):
    """Asks the examiner."""

    def call_back(self, operation: str, number: int, operands: list[Any]) -> Any:
        """Return what came of an operation."""


class Stub:
    """An object of the examiner's, of which the public attributes may be asked."""

    def __init__(self, answerer: CallsBack, number: int) -> None:
        own = self.__dict__
        own["_ask"] = lambda operation, *operands: answerer.call_back(
            operation, number, list(operands)
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._ask("getattr", name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            self.__dict__[name] = value
        else:
            self._ask("setattr", name, value)


class Function(Stub):
    """A function of the examiner's: a call goes there, and its code stays there."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Return what the examiner's function returns."""
        return self._ask("call", list(arguments), keywords)

    @property
    def __doc__(self) -> Any:  # type: ignore[override]
        return self._ask("getattr", "__doc__")

    def __get__(self, instance: Any, kind: type | None = None) -> Any:
        """Return a method, as a function in a class is one."""
        return self if instance is None else functools.partial(self, instance)

    def __getattr__(self, name: str) -> Any:
        if name in ("__name__", "__qualname__"):
            return self._ask("getattr", name)
        return super().__getattr__(name)


def made(answerer: CallsBack, number: int, form: str, special: list[str] | None = None) -> Stub:
    """Return what stands for a function, or for an object with those special methods."""
    kind = Function if form == "f" else Stub
    known = tuple(name for name in special or () if name in tables.SPECIAL - {"__call__"})
    return (_with(kind, known) if known else kind)(answerer, number)


@functools.lru_cache(maxsize=64)
def _with(kind: type, special: tuple[str, ...]) -> type:
    own = {"__doc__": vars(kind)["__doc__"], **{name: _forward(name) for name in special}}
    return type(kind.__name__, (kind,), own)


def _forward(name: str) -> Callable[..., Any]:
    def method(self: Any, *operands: Any) -> Any:
        return self._ask("special", name, list(operands))

    return method
