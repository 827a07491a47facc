"""Wrong solutions made from right ones, by changing one place of their syntax tree."""

from __future__ import annotations

import ast
import pickle
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tests.proving.targets import Target, draws

SWAPPED: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mod,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt,),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
}
TEXTS = {"W": "b", "b": "W", "dW": "db", "db": "dW", "d": "", "Wb": "W"}

Change = Callable[[], str]
Rivals = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Mutant:
    """A solution with one change or more; `change` says in short which."""

    target: Target
    style: str
    change: str
    source: str
    edits: int = 1


@cache
def mutants_of(target: Target, style: str, source: str) -> list[Mutant]:
    """Return every mutant of the function `style`, each once, under its own number."""
    tree, rivals = ast.parse(source), _rivals(target)
    right, places = ast.unparse(tree), _places(tree, style)
    mould = pickle.dumps((tree, places))
    made: dict[str, Mutant] = {}
    for place, node in enumerate(places):
        for kind in range(len(list(_changes(node, rivals)))):
            change, text = _changed(mould, place, kind, rivals)
            if text != right and _is_python(text):
                made.setdefault(text, Mutant(target, style, change, text))
    return list(made.values())


def any_mutant_of(target: Target, style: str, source: str, rng: random.Random) -> Mutant:
    """Return one mutant, or the solution itself where the change drawn leaves no Python."""
    tree, rivals = ast.parse(source), _rivals(target)
    places = _places(tree, style)
    counts = [len(list(_changes(node, rivals))) for node in places]
    place, kind = rng.choice([(p, k) for p, count in enumerate(counts) for k in range(count)])
    change, text = _changed(pickle.dumps((tree, places)), place, kind, rivals)
    return Mutant(target, style, change, text if _is_python(text) else source)


def _rivals(target: Target) -> Rivals:
    return draws(target.assignment, "RIVALS", {})


def _changed(mould: bytes, place: int, kind: int, rivals: Rivals) -> tuple[str, str]:
    """Return what a change is called, and the solution with it.

    The mould holds a syntax tree and its places: loading it copies both, far sooner than
    `copy.deepcopy` would.
    """
    tree, places = pickle.loads(mould)
    said = list(_changes(places[place], rivals))[kind]()
    return f"{place}: {said}", ast.unparse(ast.fix_missing_locations(tree))


def _is_python(text: str) -> bool:
    try:
        compile(text, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True


def _places(tree: ast.Module, style: str) -> list[ast.AST]:
    """Return the nodes that may be changed, always in the same order."""
    (function,) = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == style)
    skipped = {id(n) for root in _annotations(function) for n in ast.walk(root)}
    return [node for node in ast.walk(function) if id(node) not in skipped]


def _annotations(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield what says nothing about behaviour: type hints, the docstring and printed text."""
    for node in ast.walk(function):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield node.annotation
        if isinstance(node, ast.FunctionDef) and node.returns:
            yield node.returns
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
            yield node


def _changes(node: ast.AST, rivals: Rivals) -> Iterator[Change]:
    """Yield functions that change `node` where it stands and say what it is then."""
    match node:
        case ast.BinOp():
            yield from _of_operation(node)
        case ast.AugAssign():
            yield from (_set(node, "op", new()) for new in SWAPPED.get(type(node.op), ()))
        case ast.Compare(ops=[operator]):
            yield from (_set(node, "ops", [new()]) for new in SWAPPED.get(type(operator), ()))
        case ast.UnaryOp():
            yield _become(node, node.operand)
        case ast.Constant():
            yield from _of_constant(node)
        case ast.Call():
            yield from _of_call(node)
        case ast.Tuple(elts=[_, _, *_], ctx=ast.Load()):
            yield _set(node, "elts", [node.elts[1], node.elts[0], *node.elts[2:]])
            yield _set(node, "elts", node.elts[:-1])
        case ast.Slice():
            yield from (_set(node, end, None) for end in ("lower", "upper") if getattr(node, end))
        case ast.Return(value=ast.expr()):
            yield _set(node, "value", None)
        case ast.IfExp():
            yield _become(node, node.body)
            yield _become(node, node.orelse)
    yield from _of_statements(node)
    yield from _of_name(node, rivals)


def _of_operation(node: ast.BinOp) -> Iterator[Change]:
    yield from (_set(node, "op", new()) for new in SWAPPED.get(type(node.op), ()))
    yield _become(node, node.left)
    yield _become(node, node.right)
    if isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.Mod | ast.FloorDiv):
        yield _become(node, ast.BinOp(node.right, node.op, node.left))


def _of_constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield _set(node, "value", value + 1)
        yield _set(node, "value", value - 1)
    elif isinstance(value, float):
        yield _set(node, "value", value * 2 + 0.1)
        yield _set(node, "value", value / 2)
    elif isinstance(value, str) and value in TEXTS:
        yield _set(node, "value", TEXTS[value])


def _of_call(node: ast.Call) -> Iterator[Change]:
    if len(node.args) >= 2:
        yield _set(node, "args", [node.args[1], node.args[0], *node.args[2:]])
        yield _set(node, "args", node.args[:-1])
    if len(node.args) == 1:
        yield _become(node, node.args[0])


def _of_statements(node: ast.AST) -> Iterator[Change]:
    for field in ("body", "orelse"):
        body = getattr(node, field, None)
        if not isinstance(body, list):
            continue
        for place, statement in enumerate(body):
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                continue
            rest = [*body[:place], *body[place + 1 :]]
            yield _set(node, field, rest or [ast.Pass()], "without `{}`", statement)
            if place + 1 < len(body):
                pair = [body[place + 1], statement]
                swapped = [*body[:place], *pair, *body[place + 2 :]]
                yield _set(node, field, swapped, "`{}` before `{}`", *pair)
        if isinstance(node, ast.For | ast.While) and field == "body":
            yield _set(node, field, [*body, ast.Break()], "with a `break` at its end")


def _of_name(node: ast.AST, rivals: Rivals) -> Iterator[Change]:
    """Yield exchanges of an argument for one that could be mistaken for it."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from (_set(node, "id", rival) for rival in rivals.get(node.id, ()))


def _short(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node)).split("\n")[0][:60]


def _set(node: ast.AST, field: str, value: object, said: str = "", *of: ast.AST) -> Change:
    """Return what gives `node` another field; `said` tells it, with `of` in its gaps."""

    def change() -> str:
        before = [_short(other) for other in (of or [node])]
        setattr(node, field, value)
        return (said or "`{}` → `{}`").format(*before, "" if said else _short(node))

    return change


def _become(node: ast.AST, other: ast.AST) -> Change:
    """Return what turns `node` into `other`, in whatever place it has."""

    def change() -> str:
        before, fields, kind = _short(node), dict(vars(other)), type(other)
        node.__class__ = kind
        node.__dict__.clear()
        node.__dict__.update(fields)
        return f"`{before}` → `{_short(node)}`"

    return change
