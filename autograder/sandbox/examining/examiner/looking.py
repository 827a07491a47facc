"""What the text of a student's cells says of a function: for tests that look at the code."""

from __future__ import annotations

import ast
import builtins
import functools
import inspect
import types
from collections.abc import Callable
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from autograder.sandbox.examining.examiner.remote import Remote, RemoteMeta
from autograder.sandbox.examining.functions import LAMBDA, RemoteFunction, code_path, is_bound

_DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Texts:
    """The student's cells, in the order in which they ran; only ever looked at."""

    def __init__(self) -> None:
        self._cells: list[str] = []

    def add(self, cells: list[str]) -> None:
        """Add cells that have run."""
        self._cells += cells

    def source(self, name: str) -> str:
        """Return the text of the last definition of a name.

        Raises
        ------
        OSError
            If there is none, as `inspect` says it.
        """
        found = self._definition(name)
        if found is None:
            raise OSError("could not get source code")
        text, node = found
        lines = text.splitlines(keepends=True)
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        return "".join(lines[first - 1 : node.end_lineno])

    def _definition(self, name: str) -> tuple[str, Any] | None:
        if name.startswith(LAMBDA):
            return self._without_name(int(name.rpartition(":")[2]))
        *outer, last = name.split(".")
        for text in reversed(self._cells):
            if last not in text:
                continue
            nodes = [node for node in _parsed(text) if isinstance(node, _DEFINED)]
            for part in outer:
                inside = [node for node in nodes if node.name == part]
                nodes = [one for node in inside for one in node.body if isinstance(one, _DEFINED)]
            if named := [node for node in nodes if node.name == last]:
                return text, named[-1]
        return None

    def _without_name(self, line: int) -> tuple[str, ast.Lambda] | None:
        """Return the last function without a name that a cell has in a line."""
        for text in reversed(self._cells):
            for statement in _parsed(text):
                for node in ast.walk(statement):
                    if isinstance(node, ast.Lambda) and node.lineno == line:
                        return text, node
        return None

    def function(self, name: str) -> types.FunctionType:
        """Return a function with the code, the name and the signature of a definition.

        It is looked at, and never called: defaults that are no constants are not known.
        """
        found = self._definition(name)
        if found is None or isinstance(found[1], ast.ClassDef):
            raise AttributeError(f"the code of {name} is not known")
        node = found[1]
        module = compile(ast.Module([_bare(node)], []), "<student>", "exec")
        code = next(one for one in module.co_consts if isinstance(one, types.CodeType))
        arguments = node.args
        named = getattr(node, "name", LAMBDA)
        made = types.FunctionType(code, {}, named, _constants(arguments.defaults))
        keywords = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        made.__kwdefaults__ = {one.arg: _constant(value) for one, value in keywords if value}
        made.__doc__ = None if named == LAMBDA else ast.get_docstring(node, clean=False)
        return made


def _bare(node: Any) -> Any:
    """Return a definition without decorators, annotations and defaults, which would be run."""
    bare = ast.parse(ast.unparse(node)).body[0]
    if not isinstance(bare, ast.Expr):
        bare.decorator_list = []  # type: ignore[attr-defined]
    return bare


def _constants(nodes: list[ast.expr]) -> tuple[Any, ...] | None:
    return tuple(map(_constant, nodes)) or None


def _constant(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return ast.unparse(node)


@functools.lru_cache(maxsize=256)
def _parsed(text: str) -> list[ast.stmt]:
    """Return the statements of a cell; nobody changes them, and to take it apart takes long."""
    try:
        return ast.parse(TransformerManager().transform_cell(text)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def teach_inspect(texts: Texts) -> None:
    """Have `inspect` look at a student's functions and classes in the text of the cells."""

    def teach(name: str, answer: Callable[[Any], Any], *kinds: type) -> None:
        known = getattr(inspect, name)

        def taught(value: Any, *arguments: Any, **keywords: Any) -> Any:
            if type(value) in kinds:
                return answer(value)
            return known(value, *arguments, **keywords)

        setattr(inspect, name, taught)

    both = RemoteFunction, RemoteMeta
    teach("getsource", lambda value: texts.source(_path(value)), *both)
    teach("getsourcelines", lambda value: (texts.source(_path(value)).splitlines(True), 1), *both)
    full, signature, static = inspect.getfullargspec, inspect.signature, inspect.getattr_static
    teach("getfullargspec", lambda value: full(texts.function(_path(value))), RemoteFunction)
    teach("isabstract", lambda value: bool(getattr(value, "__abstractmethods__", ())), RemoteMeta)
    teach("signature", lambda value: _signature(texts, value, signature), *both)

    def find(value: Any, name: str, *default: Any) -> Any:
        kind = value if type(value) is RemoteMeta else type(value)
        for one in kind.__mro__ if type(kind) is RemoteMeta else ():
            if type(one) is RemoteMeta and name in one.__dict__:
                return one.__dict__[name]
        return static(value, name, *default)

    inspect.getattr_static = find


def teach_issubclass() -> None:
    """Have `issubclass` know the libraries' classes that a student's class is made from."""
    known = builtins.issubclass

    def taught(kind: Any, classes: Any) -> bool:
        if type(kind) is RemoteMeta and kind is not Remote and not known(kind, classes):
            return any(known(one, classes) for one in kind.__mro__ if type(one) is not RemoteMeta)
        return known(kind, classes)

    builtins.issubclass = taught


def _path(value: Any) -> str:
    return code_path(value) if type(value) is RemoteFunction else value._autograder_name


def _signature(texts: Texts, value: Any, signature: Callable[[Any], Any]) -> inspect.Signature:
    """Return the signature of a function, or of a class's constructor without the object."""
    if type(value) is RemoteFunction:
        function = texts.function(_path(value))
        said = value.__annotations__
        function.__annotations__ = said if type(said) is dict else {}
        found = signature(function)
        return found.replace(parameters=[*found.parameters.values()][is_bound(value) :])
    for one in value.__mro__:
        if type(one) is RemoteMeta and "__init__" in one.__dict__:
            found = signature(texts.function(f"{_path(one)}.__init__"))
            return found.replace(parameters=[*found.parameters.values()][1:])
    return inspect.Signature()
