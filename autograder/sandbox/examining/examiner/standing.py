"""What stand-ins for a student's classes are made of: errors, fields, what libraries have."""

from __future__ import annotations

import dataclasses
import sys
import types
from typing import Any, Protocol

_BUILT_IN = {
    "generator": types.GeneratorType,
    "coroutine": types.CoroutineType,
    "async_generator": types.AsyncGeneratorType,
    **{kind.__name__: kind for kind in (zip, map, filter, enumerate, reversed)},
    **{kind.__name__: kind for kind in (property, staticmethod, classmethod, memoryview)},
}


class Asks(Protocol):
    """Asks the student's end."""

    def ask(self, operation: str, *operands: Any) -> Any:
        """Return what came of an operation."""

    def holding(self, name: str, value: Any) -> Any:
        """Return the value of an attribute, or refuse it."""


def error_kind(session: Asks, name: str, bases: tuple[type, ...], doc: str) -> type:
    """Return what stands for an exception class: one that can be raised and caught here.

    A new exception is made at the student's end; what it lacks here is asked there.
    """

    def new(kind: type, *arguments: Any, **keywords: Any) -> Any:
        return session.ask("call", kind, list(arguments), keywords)

    def initialise(_self: Any, *_arguments: Any, **_keywords: Any) -> None:
        """Leave it as it came."""

    def attribute(self: Any, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return session.holding(name, session.ask("getattr", self, name))

    own = {"__new__": new, "__init__": initialise, "__getattr__": attribute}
    return type(name, bases, {"__doc__": doc or None, "__module__": "__main__", **own})


def fields_of(said: Any) -> dict[str, Any]:
    """Return the fields of a student's data class, of which name, type and default came."""
    made = dataclasses.make_dataclass("Fields", [(name, Any) for name, _, _ in said])
    for field, (_, kind, default) in zip(dataclasses.fields(made), said, strict=True):
        field.type = kind
        field.default = default[0] if default else dataclasses.MISSING
    return {field.name: field for field in dataclasses.fields(made)}


def library_class(module: str, name: str) -> type | None:
    """Return a class of a library that is loaded here already; nothing is imported by its name."""
    if module == "builtins":
        return _BUILT_IN.get(name)
    if module == "__main__" or module not in sys.modules:
        return None
    found = vars(sys.modules[module]).get(name)
    return found if isinstance(found, type) else None


def error_class(module: str, name: str) -> type[BaseException] | None:
    """Return the exception class of a library that is loaded here already."""
    found = library_class(module, name)
    return found if found is not None and issubclass(found, BaseException) else None


class Initialising:
    """Asks for the constructor of a student's class, which Python would find in `object`."""

    def __get__(self, value: Any, kind: Any) -> Any:
        """Return the constructor of an instance, or of a class."""
        return kind._autograder_session.ask("getattr", kind if value is None else value, "__init__")


class Documented:
    """The documentation of a student's class; that of an instance may be its own."""

    def __init__(self, doc: str) -> None:
        self._doc = doc or None

    def __get__(self, value: Any, kind: Any) -> Any:
        """Return the documentation of an instance, or of a class."""
        if value is None:
            return self._doc
        return kind._autograder_session.ask("getattr", value, "__doc__")


def shown_text(came: Any) -> str:
    """Return the text of an object, if what came is one."""
    if type(came) is not str:
        raise TypeError("the text of an object is none")
    return came
