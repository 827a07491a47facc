"""The steps of a function, each with its lines and with what tells what it works out."""

from __future__ import annotations

import ast
import cmath
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from autograder.feedback.values import Number, Values, made_from, token

# The kind of what works nothing out, and only gives another name.
HANDS_ON = "hands on"


_Placed = ast.stmt | ast.expr


@dataclass(frozen=True)
class Step:
    """One statement, or the head of one that holds others.

    Attributes
    ----------
    lines : range
        Where it stands, counted from 1.
    kind : str
        What it does with its value: empty where it gives it a name or stores it.
    value : str
        The same for two steps that work out the same; empty where nothing is known.
    text : str
        The same for two steps that Python writes alike.
    stores : str
        The name of what it sets an entry of, if it does.
    """

    lines: range
    kind: str
    value: str
    text: str
    stores: str = ""

    @property
    def key(self) -> str:
        """What tells it from all steps that do something else; empty where nothing can."""
        return f"{self.kind} {self.value}" if self.value and self.kind != HANDS_ON else ""


def steps_of(function: ast.FunctionDef, dicts: Collection[str]) -> list[Step]:
    """Return the steps of a function in their order; loops are read once, branches all."""
    return list(_Reader(dicts).read(function))


class _Reader:
    def __init__(self, dicts: Collection[str]) -> None:
        self._values = Values(dicts)

    def read(self, function: ast.FunctionDef) -> Iterator[Step]:
        arguments = function.args
        defaults = zip(reversed(arguments.args), reversed(arguments.defaults), strict=False)
        for argument, default in reversed([*defaults]):
            value = made_from(argument.arg, self._values.of(default))
            yield self._step("default", value, default, default)
        yield from self._body(function.body, is_looped=False)

    def _body(self, body: list[ast.stmt], *, is_looped: bool) -> Iterator[Step]:
        for node in body:
            yield from self._statement(node, is_looped)

    def _statement(self, node: ast.stmt, is_looped: bool) -> Iterator[Step]:
        match node:
            case ast.Assign():
                for target in node.targets:
                    yield from self._assign(node, target, node.value)
            case ast.AnnAssign(value=ast.expr() as value):
                yield from self._assign(node, node.target, value)
            case ast.AugAssign():
                whole = ast.BinOp(_loaded(node.target), node.op, node.value)
                yield from self._assign(node, node.target, ast.copy_location(whole, node))
            case ast.Return():
                kind = "return within" if is_looped else "return"
                yield self._step(kind, self._values.of(node.value), node, node)
            case ast.Expr(value=ast.Call()):
                yield self._step("call", self._values.of(node.value), node, node)
            case ast.For():
                value = self._values.of(node.iter)
                self._values.bind(node.target, made_from("each", value))
                yield self._step("for", value, node, node.iter)
                yield from self._body([*node.body, *node.orelse], is_looped=True)
            case ast.While() | ast.If():
                yield self._step("if", self._values.of(node.test), node, node.test)
                within = is_looped or isinstance(node, ast.While)
                yield from self._body([*node.body, *node.orelse], is_looped=within)
            case ast.With() | ast.Try():
                yield from self._body(node.body, is_looped=is_looped)

    def _assign(self, node: ast.stmt, target: ast.AST, source: ast.AST) -> Iterator[Step]:
        if pairs := _paired(target, source):
            for part, value in pairs:
                yield from self._assign(node, part, value)
            return
        value = self._values.of(source)
        if isinstance(target, ast.Name) and _is_empty(source):
            value = made_from(f"new {target.id}")
        is_copy = self._values.is_handed(source) or value in (0, 1)
        kind, stores = HANDS_ON if is_copy else "", ""
        if isinstance(target, ast.Subscript):
            stores = ast.unparse(target.value)
            kind = f"store {token(self._values.of(target.value))}" if is_copy else ""
        self._values.bind(target, value)
        yield self._step(kind, value, node, node, stores)

    def _step(
        self, kind: str, value: Number, node: _Placed, last: _Placed, stores: str = ""
    ) -> Step:
        lines = range(node.lineno, (last.end_lineno or node.lineno) + 1)
        known = "" if cmath.isnan(value) else token(value)
        return Step(lines, kind, known, f"{kind} {_written(last)}", stores)


# A statement may assign to thousands of names, each of which is a step.
@lru_cache(1)
def _written(node: _Placed) -> str:
    """Return the same text for all that Python writes alike."""
    text = ast.unparse(node).encode(errors="replace")
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def _loaded(target: ast.expr) -> ast.expr:
    """Return what is assigned to as what is read."""
    if isinstance(target, ast.Subscript):
        return ast.copy_location(ast.Subscript(target.value, target.slice, ast.Load()), target)
    return target


def _paired(target: ast.AST, source: ast.AST) -> list[tuple[ast.expr, ast.expr]]:
    """Return what is assigned to what, where several are at once."""
    if isinstance(target, ast.Tuple) and isinstance(source, ast.Tuple):
        return [*zip(target.elts, source.elts, strict=False)]
    return []


def _is_empty(node: ast.AST) -> bool:
    match node:
        case ast.Dict(keys=[]) | ast.List(elts=[]):
            return True
        case ast.Call(func=ast.Name(id="dict" | "list"), args=[], keywords=[]):
            return True
    return False
