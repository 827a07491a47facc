"""What stands in an examiner's process for a student's functions, classes and instances.

Each has the special methods that the student's class has, and every answer comes over the wire.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from autograder.sandbox.examining.deriving import derived
from autograder.sandbox.examining.examiner.standing import (
    Documented,
    Initialising,
    error_class,
    error_kind,
    fields_of,
    library_class,
    shown_text,
)
from autograder.sandbox.examining.functions import OWN, Asks, attribute
from autograder.sandbox.examining.travelling import natives, tables

# What Python, NumPy and IPython look for in any object.
_UNASKED = ("__array", "__set_name", "__abstract", "_ipython", "_repr_", "__len__")


_DICT = type.__dict__["__dict__"]
_BASES = type.__dict__["__bases__"]
_LEFT_ALONE = ("__array", "__set_name", "__abstract", "_ipython", "_repr_")


def _asked_of_class(name: str) -> property:
    def ask(cls: Any) -> Any:
        if _is_nobodys(cls):
            return vars(type)[name].__get__(cls)
        return cls._autograder_session.ask("getattr", cls, name)

    return property(ask)


def _is_nobodys(kind: type) -> bool:
    """Tell whether it is `Remote` itself, which stands for no class of a student's."""
    return _BASES.__get__(kind) == (object,)


def original(kind: type) -> type:
    """Return the class of a library that a stand-in is for, if it is for one."""
    if kind is Remote:
        return object
    return _DICT.__get__(kind).get("_autograder_known", kind)


class RemoteMeta(type):
    """The type of what stands for a student's class."""

    _autograder_session: Asks
    _autograder_name: str

    def __new__(
        cls, name: str, bases: tuple[type, ...], inside: dict[str, Any], **keywords: Any
    ) -> Any:
        """Return what stands for a class of the student's, or for one that a test makes of it."""
        if not bases or "_autograder_session" in inside:
            return super().__new__(cls, name, bases, inside)
        session = next(one for one in bases if isinstance(one, RemoteMeta))._autograder_session
        return derived(session, name, bases, inside, keywords)

    def __call__(cls, *arguments: Any, **keywords: Any) -> Any:
        """Return what stands for a new instance."""
        return cls._autograder_session.ask("call", cls, list(arguments), keywords)

    def __getattr__(cls, name: str) -> Any:
        if name in OWN or name.startswith(_LEFT_ALONE) or _is_nobodys(cls):
            raise AttributeError(name)
        if name == "__dataclass_fields__":
            return fields_of(cls._autograder_session.ask("fields", cls))
        return attribute(cls._autograder_session, cls, name)

    # What Python would answer of what stands here.
    __dict__ = _asked_of_class("__dict__")  # type: ignore[assignment]
    __annotations__ = _asked_of_class("__annotations__")  # type: ignore[assignment]
    __abstractmethods__ = _asked_of_class("__abstractmethods__")  # type: ignore[assignment]

    @property
    def __bases__(cls) -> tuple[type, ...]:  # type: ignore[override]
        return tuple(map(original, _BASES.__get__(cls)))

    @property
    def __mro__(cls) -> tuple[type, ...]:  # type: ignore[override]
        return tuple(original(one) for one in type.mro(cls) if one is not Remote)

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
    __init__ = Initialising()  # type: ignore[assignment]

    def __copy__(self) -> Any:
        return type(self)._autograder_session.ask("copy", self)

    def __deepcopy__(self, _memo: Any) -> Any:
        return type(self)._autograder_session.ask("deepcopy", self)

    def __getattr__(self, name: str) -> Any:
        if name in OWN or name.startswith(_UNASKED):
            raise AttributeError(name)
        if name == "__dataclass_fields__":
            return getattr(type(self), name)
        return attribute(type(self)._autograder_session, self, name)

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
        return shown_text(type(self)._autograder_session.ask("special", self, "__str__", []))

    def __repr__(self) -> str:
        return shown_text(type(self)._autograder_session.ask("special", self, "__repr__", []))

    def __format__(self, form: str) -> str:
        return shown_text(type(self)._autograder_session.ask("special", self, "__format__", [form]))


type.__delattr__(Remote, "__slots__")


def _of_class(name: str) -> Callable[..., Any]:
    def method(cls: Any, *operands: Any) -> Any:
        cls._autograder_session.require_told(name, "type", operands)
        return cls._autograder_session.ask("special", cls, name, list(operands))

    return method


for _name in ("__len__", "__iter__", "__getitem__", "__contains__"):  # of enumerations
    setattr(RemoteMeta, _name, _of_class(_name))


class ClassSaid(NamedTuple):
    """What the student's end says of a class."""

    name: str
    module: str
    special: list[str]
    bases: list[type]
    doc: str
    native: Any


def class_of(session: Asks, said: ClassSaid) -> type:
    """Return what stands for a class: an exception class is one here, too."""
    name, module, special, bases, doc, native = said
    if (error := error_class(module, name)) is not None:
        return error
    errors = tuple(base for base in bases if issubclass(base, BaseException))
    if errors:
        return error_kind(session, name, errors, doc)
    parents = tuple(base for base in bases if isinstance(base, RemoteMeta))
    if native in natives.KINDS and not any(native in type.mro(one) for one in parents):
        parents = (*parents, native)
    if not any(Remote in type.mro(one) for one in parents):
        parents = (*parents, Remote)
    own = {"__slots__": (), "__doc__": Documented(doc), "__module__": "__main__"}
    own |= {one: _forward(one, native) for one in special if one in tables.SPECIAL}
    own |= natives.own_methods(native, special, Remote) if native in natives.KINDS else {}
    own |= {"_autograder_session": session, "_autograder_name": name}
    if (known := library_class(module, name)) is not None:
        own |= {"__class__": property(lambda _self: known), "_autograder_known": known}
    try:
        made = RemoteMeta(name, parents, own)
    except TypeError:  # an order of bases that Python does not accept
        made = RemoteMeta(name, (Remote,), own)
    type.__setattr__(made, "mro", lambda: [*made.__mro__])
    type.__delattr__(made, "__slots__")  # the student's class is asked for its own
    return made


def _call(self: Any, *arguments: Any, **keywords: Any) -> Any:
    return type(self)._autograder_session.ask("call", self, list(arguments), keywords)


def need_of(method: str, kind: str, operands: tuple[Any, ...]) -> str:
    """Return what a cell needs that tells an object something; nothing if it tells nothing."""
    if method not in tables.TELLING:
        return ""
    is_remote = any(isinstance(type(one), RemoteMeta) for one in operands)
    told = tables.SAME.get(method, method)
    return f"{told} {kind} {'object' if is_remote else 'data'}"


def _forward(name: str, native: type | None = None) -> Callable[..., Any]:
    """Return a method that the student's end is asked for, if it may be told that.

    Otherwise it is what Python's own type makes of the content, where there is one below and the
    reference had such content there.
    """
    if name == "__call__":
        return _call

    def method(self: Any, *operands: Any) -> Any:
        kind = type(self)
        if name in ("__exit__", "__aexit__"):
            operands = (*operands[:2], None)  # where the error came from is the test's code
        session, known = kind._autograder_session, native and getattr(native, name, None)
        of = kind._autograder_name
        if known and not session.may_tell(name, of, operands) and session.is_told_nobody(name):
            return known(self, *operands)
        session.require_told(name, of, operands)
        return session.ask("special", self, name, list(operands))

    method.__name__ = name
    return method


def dir_of(kind: type) -> set[str]:
    """Return the names that a class and its bases define here, without asking anybody."""
    return {name for one in type.mro(kind) for name in _DICT.__get__(one)}
