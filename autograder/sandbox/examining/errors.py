"""Make an exception of what was said of one."""

from __future__ import annotations

from typing import Any

from autograder.sandbox.examining.travelling import tables
from autograder.sandbox.examining.travelling.reading import Reading
from autograder.sandbox.examining.travelling.references import Malformed


def rebuilt(reading: Reading, number: int, said: tuple[Any, ...]) -> BaseException:
    """Return an exception of the class, the arguments and the text that were said."""
    kind, arguments, text, attributes, *cause = said
    kind = reading.read(kind)
    if not isinstance(kind, type) or not issubclass(kind, BaseException):
        raise Malformed("an exception has no class")
    arguments = tuple(reading.all(arguments))
    error = _made(kind, arguments, text)
    reading.refs.add(number, error)
    for name, value in reading.pairs(attributes):
        if type(name) is str and name.isidentifier() and not name.startswith("__"):
            error.__dict__[name] = reading.holding(name, value)
    for one in reading.all(cause):
        error.__cause__ = one
    return error


def _made(kind: type[BaseException], arguments: tuple[Any, ...], text: str) -> BaseException:
    if text:
        kind = type(
            kind.__name__, (kind,), {"__str__": lambda _self: text, "__module__": "__main__"}
        )
    known = tables.ERRORS.values()
    make: Any = next((one for one in kind.__mro__ if one in known), BaseException).__new__
    error = make(kind, *arguments)
    error.args = arguments
    for name, value in _named_parts(error, arguments):
        setattr(error, name, value)
    return error


def _named_parts(error: BaseException, arguments: tuple[Any, ...]) -> list[tuple[str, Any]]:
    """Return the attributes that a built-in exception's own constructor would set."""
    if isinstance(error, StopIteration):  # without a value Python would crash
        return [("value", arguments[0] if arguments else None)]
    if isinstance(error, SystemExit) and arguments:
        return [("code", arguments[0])]
    return []
