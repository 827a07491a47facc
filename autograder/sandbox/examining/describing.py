"""What the student's end says of objects that do not travel by value."""

from __future__ import annotations

import builtins
import inspect
import types
from typing import Any

from autograder.sandbox.examining.functions import LAMBDA
from autograder.sandbox.examining.travelling import natives
from autograder.sandbox.examining.travelling.writing import Writing

LONGEST_TEXT = 20_000
FUNCTIONS = (
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    types.BuiltinMethodType,
    types.MethodWrapperType,
)
# What asynchronous generators give when they are asked for their next value.
_AWAITABLE = ("async_generator_asend", "async_generator_athrow")
_MRO = type.__dict__["__mro__"]
_BASES = type.__dict__["__bases__"]


def describe(writing: Writing, value: Any) -> tuple[Any, ...]:  # noqa: PLR0911 - a row for each
    """Return what is said of a function, a class, an exception or an instance."""
    kind = type(value)
    if kind in FUNCTIONS:
        paths = _path(value.__qualname__), _path_of_code(value)
        return ("f", text(value.__name__), text(value.__doc__ or ""), *paths, kind.__name__)
    if issubclass(kind, type):
        return _class(writing, value)
    if issubclass(kind, BaseException):
        return _exception(writing, value, kind)
    if inspect.iscoroutine(value) or kind.__name__ in _AWAITABLE:
        return ("co",)
    if issubclass(kind, types.ModuleType):
        return ("m", text(value.__name__))
    if natives.native_of(kind) is not None:
        return natives.FORM, writing.write(kind), writing.write(natives.content(value))
    return ("i", writing.write(kind))


def _path(name: object) -> str:
    return text(name).replace("<locals>.", "")


def _path_of_code(function: Any) -> str:
    """Return where the code of a function stands, whatever it is called now."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, types.CodeType):
        return ""
    path = _path(code.co_qualname)
    return f"{LAMBDA}:{code.co_firstlineno}" if code.co_name == LAMBDA else path


def _class(writing: Writing, kind: type) -> tuple[Any, ...]:
    name, module, special = natives.describe_class(kind)
    bases = [writing.write(base) for base in _BASES.__get__(kind) if base is not object]
    own = type.__dict__["__dict__"].__get__(kind).get("__doc__")
    return (
        "c",
        name,
        module,
        special,
        bases,
        text(own) if type(own) is str else "",
        writing.write(natives.native_of(kind)),
    )


def _exception(writing: Writing, error: BaseException, kind: type) -> tuple[Any, ...]:
    """Return the class of an exception, its arguments, its text and its attributes."""
    arguments = BaseException.__dict__["args"].__get__(error)
    inside = object.__getattribute__(error, "__dict__")
    own = [(key, part) for key, part in dict.items(inside) if type(key) is str]
    said = "" if BaseException.__str__ is kind.__str__ else said_by(error)
    return (
        "x",
        writing.write(kind),
        writing.all(arguments),
        said,
        writing.items([pair for pair in own if not pair[0].startswith("__")]),
        writing.write(error.__cause__),
    )


def said_by(error: BaseException) -> str:
    """Return the text of an exception, or nothing where it refuses."""
    try:
        return text(str(error))
    except Exception:
        return ""


def text(value: object) -> str:
    """Return a text that is nothing but a `str`, of bounded length, and that UTF-8 can hold."""
    if not isinstance(value, str):
        return ""
    exact = str.__getitem__(value, builtins.slice(LONGEST_TEXT))
    return exact.encode("utf-8", "replace").decode()
