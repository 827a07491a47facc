"""What ``type(x)`` is in a cell, where ``x`` stands for something of a student's."""

from __future__ import annotations

import ast
from typing import Any

from autograder.sandbox.examining.examiner.remote import RemoteMeta, original
from autograder.sandbox.examining.functions import RemoteFunction

FIND = "_autograder_type"


class AskKind(ast.NodeTransformer):
    """Rewrites ``type(x)``, which would tell the type of what stands here."""

    def visit_Call(self, node: ast.Call) -> Any:
        """Have `find` told the value, and what the cell means by ``type``."""
        self.generic_visit(node)
        is_asked = isinstance(node.func, ast.Name) and node.func.id == "type"
        is_one = len(node.args) == 1 and not isinstance(node.args[0], ast.Starred)
        if not (is_asked and is_one) or node.keywords:
            return node
        new = ast.Call(ast.Name(FIND, ast.Load()), [node.func, *node.args], [])
        return ast.fix_missing_locations(ast.copy_location(new, node))


def find(meant: Any, value: Any) -> Any:
    """Return the type of a value, as one process has it.

    Parameters
    ----------
    meant : callable
        What the cell calls ``type``.
    """
    kind = type(value)
    if meant is not type:
        return meant(value)
    if kind is RemoteFunction:
        return value.__class__
    if kind is RemoteMeta:
        return value._autograder_session.ask("getattr", value, "__class__")
    return original(kind) if type(kind) is RemoteMeta else kind
