"""What the text of a student's cells says of a function: for tests that look at the code."""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Callable
from typing import Any

from autograder.sandbox.examining.remote import RemoteFunction, RemoteMeta

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
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        return "".join(lines[first - 1 : node.end_lineno])

    def _definition(self, name: str) -> tuple[str, Any] | None:
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
        made = types.FunctionType(code, {}, node.name, _constants(arguments.defaults))
        keywords = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        made.__kwdefaults__ = {one.arg: _constant(value) for one, value in keywords if value}
        made.__doc__ = ast.get_docstring(node, clean=False)
        return made


def _bare(node: Any) -> Any:
    """Return a definition without decorators, annotations and defaults, which would be run."""
    bare = ast.parse(ast.unparse(node)).body[0]
    bare.decorator_list = []  # type: ignore[attr-defined]
    return bare


def _constants(nodes: list[ast.expr]) -> tuple[Any, ...] | None:
    return tuple(map(_constant, nodes)) or None


def _constant(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return ast.unparse(node)


def _parsed(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def teach_inspect(texts: Texts) -> None:
    """Have `inspect` look at a student's functions in the text of the cells."""

    def teach(name: str, answer: Callable[[str], Any]) -> None:
        known = getattr(inspect, name)

        def taught(value: Any, *arguments: Any, **keywords: Any) -> Any:
            if type(value) is RemoteFunction:
                return answer(value.__qualname__)
            if type(value) is RemoteMeta:
                return answer(value._autograder_name)
            return known(value, *arguments, **keywords)

        setattr(inspect, name, taught)

    teach("getsource", texts.source)
    teach("getsourcelines", lambda name: (texts.source(name).splitlines(keepends=True), 1))
    signature, full = inspect.signature, inspect.getfullargspec
    teach("signature", lambda name: signature(texts.function(name)))
    teach("getfullargspec", lambda name: full(texts.function(name)))
