"""What stands in an examiner's process for a student's functions."""

from __future__ import annotations

import sys
import types
from typing import Any, Protocol

OWN = (
    *("_autograder_session", "_autograder_number", "_autograder_name", "_autograder_doc"),
    *("_autograder_path", "_autograder_code_path", "_autograder_kind"),
)


LAMBDA = "<lambda>"  # as Python calls a function without a name
_KINDS = {
    kind.__name__: kind
    for kind in (types.FunctionType, types.MethodType, types.BuiltinFunctionType)
}


class Asks(Protocol):
    """Asks the student's end."""

    def ask(self, operation: str, *operands: Any) -> Any:
        """Return what came of an operation."""

    def require_told(self, method: str, kind: str, operands: tuple[Any, ...]) -> None:
        """Refuse to tell an object what it is compared with, unless the reference did so."""

    def may_tell(self, method: str, kind: str, operands: tuple[Any, ...]) -> bool:
        """Tell whether the reference told such an object such things, too."""
        raise NotImplementedError

    def is_told_nobody(self, method: str) -> bool:
        """Tell whether the reference told no object anything in that way."""
        raise NotImplementedError

    def may_be(self, need: str) -> bool:
        """Tell whether the reference needed that as well."""
        raise NotImplementedError

    def holding(self, name: str, value: Any) -> Any:
        """Return the value of an attribute; a function only where the reference had one, too."""

    def looked_up(self, name: str, what: str) -> Any:
        """Return what the text of a student's function says of it."""


def _get(value: Any, name: str) -> Any:
    return object.__getattribute__(value, name)


def attribute(session: Asks, value: Any, name: str) -> Any:
    """Return an attribute that the student's end is asked for."""
    return session.holding(name, session.ask("getattr", value, name))


class function:  # noqa: N801 - tests look at the name of its type
    """What stands for a student's function."""

    __slots__ = (*OWN, "__weakref__")

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Return what the function returns."""
        session = _get(self, "_autograder_session")
        return session.ask("call", self, list(arguments), keywords)

    def __bool__(self) -> bool:
        _get(self, "_autograder_session").require_told("__bool__", "function", ())
        return True

    def __getattribute__(self, name: str) -> Any:  # noqa: PLR0911 - a row for each kind
        if name == "__class__":
            return _KINDS.get(_get(self, "_autograder_kind"), types.FunctionType)
        if name == "__doc__":
            return _get(self, "_autograder_doc") or None
        if name == "__name__":
            return _get(self, "_autograder_name")
        if name == "__qualname__":
            return _get(self, "_autograder_path")
        if name == "__globals__":
            return vars(sys.modules["__main__"])
        if name in ("__call__", "__weakref__", "__dir__", "__hash__", "__eq__", "__reduce_ex__"):
            return _get(self, name)
        if name in ("__signature__", "__text_signature__", "__isabstractmethod__"):
            raise AttributeError(name)
        session = _get(self, "_autograder_session")
        if name in ("__code__", "__defaults__", "__kwdefaults__"):
            return session.looked_up(_get(self, "_autograder_code_path"), name)
        return attribute(session, self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _get(self, "_autograder_session").ask("setattr", self, name, value)

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, _memo: Any) -> Any:
        return self

    def __repr__(self) -> str:
        return f"<function {_get(self, '_autograder_name')}>"


function.__module__ = "builtins"
RemoteFunction = function


def made(session: Asks, number: int, *said: str) -> RemoteFunction:
    """Return what stands for a function.

    Parameters
    ----------
    *said : str
        Its name, its documentation, the paths to its definition and to its code in the text of the
        cells, the name of its type.
    """
    new = RemoteFunction()
    for slot, value in zip(OWN, (session, number, *said), strict=True):
        object.__setattr__(new, slot, value)
    return new


def is_bound(value: RemoteFunction) -> bool:
    """Tell whether it is a method of an object, which gets its first argument by itself."""
    return _get(value, "_autograder_kind") == types.MethodType.__name__


def code_path(value: RemoteFunction) -> str:
    """Return where the text of a function's own code stands, or of what it wraps."""
    path = _get(value, "_autograder_path")
    return _get(value, "_autograder_code_path") if path.endswith(LAMBDA) else path
