"""What stands in an examiner's process for a student's functions, classes and instances.

Each has the special methods that the student's class has, and every answer comes over the wire.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Any, Protocol

from autograder.sandbox.examining import tables
from autograder.sandbox.examining.standing import error_kind, fields_of

_OWN = ("_autograder_session", "_autograder_number", "_autograder_name", "_autograder_doc")
# What Python, NumPy and IPython look for in any object.
_UNASKED = ("__array", "__set_name", "__abstract", "__wrapped__", "_ipython", "_repr_", "__len__")
_ITERATORS = {
    "generator": types.GeneratorType,
    "coroutine": types.CoroutineType,
    **{kind.__name__: kind for kind in (zip, map, filter, enumerate, reversed)},
}


_NATIVE = {int, float, complex, str, bytes, list, tuple, dict, set, frozenset}


class Asks(Protocol):
    """Asks the student's end."""

    def ask(self, operation: str, *operands: Any) -> Any:
        """Return what came of an operation."""

    def require_told(self, method: str, kind: str, operands: tuple[Any, ...]) -> None:
        """Refuse to tell an object what it is compared with, unless the reference did so."""

    def may_be(self, need: str) -> bool:
        """Tell whether the reference needed that as well."""
        raise NotImplementedError

    def looked_up(self, name: str, what: str) -> Any:
        """Return what the text of a student's function says of it."""


def _get(value: Any, name: str) -> Any:
    return object.__getattribute__(value, name)


class RemoteMeta(type):
    """The type of what stands for a student's class."""

    _autograder_session: Asks
    _autograder_name: str

    def __call__(cls, *arguments: Any, **keywords: Any) -> Any:
        """Return what stands for a new instance."""
        return cls._autograder_session.ask("call", cls, list(arguments), keywords)

    def __getattr__(cls, name: str) -> Any:
        if name in _OWN or name.startswith(
            ("__array", "__set_name", "__abstract", "_ipython", "_repr_")
        ):
            raise AttributeError(name)
        if name == "__dataclass_fields__":
            return fields_of(cls._autograder_session.ask("fields", cls))
        return cls._autograder_session.ask("getattr", cls, name)

    def __dir__(cls) -> list[str]:
        return cls._autograder_session.ask("dir", cls)

    def __bool__(cls) -> bool:
        cls._autograder_session.require_told("__bool__", "type", ())
        return True

    def __setattr__(cls, name: str, value: Any) -> None:
        cls._autograder_session.ask("setattr", cls, name, value)


class Remote(metaclass=RemoteMeta):
    """What stands for an instance of a student's class."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name in _OWN or name.startswith(_UNASKED):
            raise AttributeError(name)
        if name == "__dataclass_fields__":
            return getattr(type(self), name)
        return type(self)._autograder_session.ask("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        type(self)._autograder_session.ask("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        type(self)._autograder_session.ask("delattr", self, name)

    def __bool__(self) -> bool:
        kind = type(self)
        kind._autograder_session.require_told("__bool__", kind._autograder_name, ())
        return "__len__" not in dir_of(kind) or len(self) > 0  # type: ignore[arg-type]

    def __dir__(self) -> list[str]:
        return type(self)._autograder_session.ask("dir", self)

    def __str__(self) -> str:
        return _text(type(self)._autograder_session.ask("special", self, "__str__", []))

    def __repr__(self) -> str:
        return _text(type(self)._autograder_session.ask("special", self, "__repr__", []))

    def __format__(self, form: str) -> str:
        return _text(type(self)._autograder_session.ask("special", self, "__format__", [form]))


class RemoteFunction:
    """What stands for a student's function."""

    __slots__ = (*_OWN, "__weakref__")

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Return what the function returns."""
        session = _get(self, "_autograder_session")
        return session.ask("call", self, list(arguments), keywords)

    def __bool__(self) -> bool:
        _get(self, "_autograder_session").require_told("__bool__", "function", ())
        return True

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__":
            return types.FunctionType
        if name == "__doc__":
            return _get(self, "_autograder_doc") or None
        if name in ("__name__", "__qualname__"):
            return _get(self, "_autograder_name")
        if name in ("__call__", "__weakref__", "__dir__", "__hash__", "__eq__", "__reduce_ex__"):
            return _get(self, name)
        if name in ("__wrapped__", "__signature__", "__text_signature__", "__isabstractmethod__"):
            raise AttributeError(name)
        session = _get(self, "_autograder_session")
        if name in ("__code__", "__defaults__", "__kwdefaults__"):
            return session.looked_up(_get(self, "_autograder_name"), name)
        return session.ask("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _get(self, "_autograder_session").ask("setattr", self, name, value)

    def __repr__(self) -> str:
        return f"<function {_get(self, '_autograder_name')}>"


def _of_class(name: str) -> Callable[..., Any]:
    def method(cls: Any, *operands: Any) -> Any:
        cls._autograder_session.require_told(name, "type", operands)
        return cls._autograder_session.ask("special", cls, name, list(operands))

    return method


for _name in ("__len__", "__iter__", "__getitem__", "__contains__"):  # of enumerations
    setattr(RemoteMeta, _name, _of_class(_name))


def function(session: Asks, number: int, name: str, doc: str) -> RemoteFunction:
    """Return what stands for a function."""
    made = RemoteFunction()
    for slot, value in zip(_OWN, (session, number, name, doc), strict=True):
        object.__setattr__(made, slot, value)
    return made


def class_of(
    session: Asks, name: str, module: str, special: list[str], bases: list[type], doc: str
) -> type:
    """Return what stands for a class: an exception class is one here, too."""
    errors = tuple(base for base in bases if issubclass(base, BaseException))
    if errors:
        return error_kind(session, name, errors, doc)
    parents = tuple(base for base in bases if isinstance(base, RemoteMeta)) or (Remote,)
    methods: dict[str, Any] = {one: _forward(one) for one in special if one in tables.SPECIAL}
    own = {"__slots__": (), "__doc__": doc or None, "__module__": "__main__", **methods}
    own |= {"_autograder_session": session, "_autograder_name": name}
    if (known := _library_class(module, name)) is not None:
        own["__class__"] = property(lambda _self: known)
    elif native := [base for base in bases if base in _NATIVE]:
        own["__class__"] = property(lambda self: _taken_for(self, native[0]))
    try:
        return RemoteMeta(name, parents, own)
    except TypeError:  # an order of bases that Python does not accept
        return RemoteMeta(name, (Remote,), own)


def _taken_for(self: Any, native: type) -> type:
    """Return the type of Python's own that an object is also of, if the reference's was asked."""
    kind = type(self)
    is_allowed = kind._autograder_session.may_be(f"{native.__name__} by {kind._autograder_name}")
    return native if is_allowed else kind


def _library_class(module: str, name: str) -> type | None:
    """Return a class of a library that is loaded here already; nothing is imported by its name."""
    if module == "builtins":
        return _ITERATORS.get(name)
    found = vars(sys.modules[module]).get(name) if module in sys.modules else None
    is_own = module == "__main__" or not isinstance(found, type)
    return None if is_own else found


def _forward(name: str) -> Callable[..., Any]:
    def method(self: Any, *operands: Any) -> Any:
        kind = type(self)
        kind._autograder_session.require_told(name, kind._autograder_name, operands)
        return kind._autograder_session.ask("special", self, name, list(operands))

    method.__name__ = name
    return method


def dir_of(kind: type) -> set[str]:
    """Return the names that a class and its bases define here, without asking anybody."""
    return {name for one in type.mro(kind) for name in vars(one)}


def _text(came: Any) -> str:
    if type(came) is not str:
        raise TypeError("the text of an object is none")
    return came


def error_class(module: str, name: str) -> type[BaseException] | None:
    """Return the exception class of a library that is loaded here already."""
    found = _library_class(module, name)
    return found if found is not None and issubclass(found, BaseException) else None
