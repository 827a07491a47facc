"""Which names the statements of a cell bind and use; nothing is run."""

from __future__ import annotations

import ast
import symtable
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SCOPES = (*_DEFINITIONS, ast.Lambda)
_IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True, eq=False)
class Statement:
    """A statement at the top of a cell."""

    node: ast.stmt

    @cached_property
    def text(self) -> str:
        """The statement as Python."""
        return ast.unparse(self.node)

    @property
    def is_import(self) -> bool:
        """Whether it is an import, of which each name is a library's."""
        return isinstance(self.node, _IMPORTS)

    @property
    def is_function(self) -> bool:
        """Whether it defines a function."""
        return isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef)

    @property
    def is_definition(self) -> bool:
        """Whether it defines a function or a class."""
        return isinstance(self.node, _DEFINITIONS)

    @cached_property
    def bound(self) -> frozenset[str]:
        """The names that it binds, or whose objects it changes, when it is run."""
        return frozenset(_bound(self.node))

    @cached_property
    def used(self) -> frozenset[str]:
        """The names that it uses, also in what it only defines."""
        names = (node for node in ast.walk(self.node) if isinstance(node, ast.Name))
        return frozenset(node.id for node in names if not isinstance(node.ctx, ast.Store))

    @cached_property
    def used_at_once(self) -> frozenset[str]:
        """The names that it needs when it is run, not when what it defines is called."""
        return frozenset(_used_at_once(self.node))

    @cached_property
    def used_later(self) -> frozenset[str]:
        """The names of the notebook that its functions use when they are called."""
        tables = symtable.symtable(self.text, "<cell>", "exec").get_children()
        return frozenset(_global_names(tables))


def _global_names(tables: Iterable[symtable.SymbolTable]) -> Iterator[str]:
    for table in tables:
        yield from (one.get_name() for one in table.get_symbols() if one.is_global())
        yield from _global_names(table.get_children())


@lru_cache(maxsize=1024)
def statements_of(source: str) -> tuple[Statement, ...]:
    """Return the statements of a cell; none if it is no Python."""
    from IPython.core.inputtransformer2 import TransformerManager  # most courses do without

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(TransformerManager().transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(map(Statement, tree.body))


def _bound(node: ast.AST) -> Iterator[str]:
    if isinstance(node, _DEFINITIONS):
        yield node.name
    elif isinstance(node, _IMPORTS):
        yield from ((one.asname or one.name).partition(".")[0] for one in node.names)
    elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
        yield from _root(node)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield from _root(node.value.func)
    if isinstance(node, ast.ExceptHandler) and node.name:
        yield node.name
    if not isinstance(node, _SCOPES):
        for child in ast.iter_child_nodes(node):
            yield from _bound(child)


def _root(node: ast.AST) -> Iterator[str]:
    """Yield the name whose object something changes: that of ``data`` in ``data.rows[0] = 1``."""
    inside = node
    while isinstance(inside, ast.Attribute | ast.Subscript):
        inside = inside.value
    if inside is not node and isinstance(inside, ast.Name):
        yield inside.id


def _used_at_once(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node.id
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        now: list[ast.AST] = [*node.decorator_list, *node.args.defaults]
        now += [value for value in node.args.kw_defaults if value]
    elif isinstance(node, ast.Lambda):
        now = [*node.args.defaults]
    else:
        now = list(ast.iter_child_nodes(node))
    for child in now:
        yield from _used_at_once(child)
