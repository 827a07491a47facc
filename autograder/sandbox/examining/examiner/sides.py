"""Keep what stood on both sides of a comparison that an assert makes, to tell it if it fails."""

from __future__ import annotations

import ast
from typing import Any

LEFT, RIGHT = "_autograder_left", "_autograder_right"
LONGEST = 200
NOTHING = object()  # None is a side like others


# What holds statements, of those that are no function or class: in one the names would be its own.
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_OWN_NAMES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def keep_sides(tree: ast.AST) -> ast.AST:
    """Rewrite ``assert a == b`` so that both sides are kept; in functions all stays as it is.

    Only statements are gone through: a visitor of every node takes longer than most cells.
    """
    left: list[Any] = [tree]
    while left:
        node = left.pop()
        if isinstance(node, ast.Assert):
            _keep_both(node.test)
        elif not isinstance(node, _OWN_NAMES):
            left += [part for block in _BLOCKS for part in getattr(node, block, ())]
    return tree


def _keep_both(test: ast.expr) -> None:
    if isinstance(test, ast.Compare) and len(test.comparators) == 1:
        test.left = _kept(LEFT, test.left)
        test.comparators[0] = _kept(RIGHT, test.comparators[0])


def is_kept(source: str, line: int) -> bool:
    """Tell whether the assert in a line is one for equality whose sides are kept."""
    try:
        nodes: list[ast.AST] = [ast.parse(source)]
    except (SyntaxError, ValueError):
        return False
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or 0):
            test = node.test
            return isinstance(test, ast.Compare) and [type(op) for op in test.ops] == [ast.Eq]
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            nodes += ast.iter_child_nodes(node)
    return False


def _kept(name: str, value: ast.expr) -> ast.expr:
    target = ast.copy_location(ast.Name(name, ast.Store()), value)
    return ast.copy_location(ast.NamedExpr(target, value), value)


def shortened(value: Any) -> str:
    """Return the text of a side, shortened; nothing where there is none."""
    if value is NOTHING:
        return ""
    try:
        text = repr(value)
    except BaseException:
        return ""
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return text.encode("utf-8", "replace").decode()
