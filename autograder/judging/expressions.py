"""Rules as trees: read from Python, written as Python, and worked out for some numbers.

An expression is a number, a name, ``(function, operand)`` or ``(operator, left, right)``.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

Tree = Any

_SIGNS: Mapping[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**",
}  # fmt: skip
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 4}


def parse(text: str) -> Tree:
    """Return an expression of Python as a tree."""
    return _tree(ast.parse(text, mode="eval").body)


def _tree(node: ast.AST) -> Tree:
    match node:
        case ast.BinOp():
            return (_SIGNS[type(node.op)], _tree(node.left), _tree(node.right))
        case ast.Call(func=ast.Attribute(attr=name), args=[operand]):
            return (name, _tree(operand))
        case ast.Name():
            return node.id
        case ast.Constant():
            return node.value
    raise ValueError(f"{ast.unparse(node)!r} has no place in a rule")


def names_in(tree: Tree) -> set[str]:
    """Return the names that stand in a tree."""
    if isinstance(tree, tuple):
        return set().union(*map(names_in, tree[1:]))
    return {tree} if isinstance(tree, str) else set()


def written(tree: Tree, binding: int = 0, is_right: bool = False) -> str:
    """Return a tree as Python, with no more brackets than it needs."""
    if not isinstance(tree, tuple):
        return f"{tree}"
    if len(tree) == 2:
        return f"np.{tree[0]}({written(tree[1])})"
    own = _BINDING[tree[0]]
    power = tree[0] == "**"
    left, right = written(tree[1], own, power), written(tree[2], own, not power)
    text = f"{left}**{right}" if power else f"{left} {tree[0]} {right}"
    return f"({text})" if own < binding or (own == binding and is_right) else text


def evaluate(tree: Tree, numbers: Mapping[str, Any]) -> Any:
    """Return the value of a tree."""
    if isinstance(tree, str):
        return numbers[tree]
    if not isinstance(tree, tuple):
        return tree
    return operate(tree[0], *(evaluate(part, numbers) for part in tree[1:]))


def operate(sign: str, *operands: Any) -> Any:
    """Return the value of one operation, in NumPy's arithmetic."""
    match sign:
        case "+":
            return operands[0] + operands[1]
        case "-":
            return operands[0] - operands[1]
        case "*":
            return operands[0] * operands[1]
        case "/":
            return np.divide(*operands)
        case "**":
            return np.float_power(*operands)
    return getattr(np, sign)(*operands)
