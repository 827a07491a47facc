"""What stands in an examiner's process for a student's exception classes and data classes."""

from __future__ import annotations

import dataclasses
from typing import Any, Protocol


class Asks(Protocol):
    """Asks the student's end."""

    def ask(self, operation: str, *operands: Any) -> Any:
        """Return what came of an operation."""


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
        return session.ask("getattr", self, name)

    own = {"__new__": new, "__init__": initialise, "__getattr__": attribute}
    return type(name, bases, {"__doc__": doc or None, "__module__": "__main__", **own})


def fields_of(names: Any) -> dict[str, Any]:
    """Return the fields of a student's data class, of which the names came."""
    made = dataclasses.make_dataclass("Fields", [(name, Any) for name in names])
    return {field.name: field for field in dataclasses.fields(made)}
