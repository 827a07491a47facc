"""What each line of a function works out, told by numbers. Nothing of the function runs.

An argument stands for a number that nobody would write, arithmetic is done with such numbers, and
what is no arithmetic becomes a number made from its name and from its operands. So two lines that
give the same number work out the same, in whatever words they are written.
"""

from __future__ import annotations

import ast
import cmath
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence

# Real ones would have no root of a negative number, and no power of it.
Number = complex
UNKNOWN = complex("nan")

_SIGNS: Mapping[type, Callable[[Number, Number], Number]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
    ast.FloorDiv: lambda a, b: made_from("floor", a / b),
    ast.MatMult: lambda a, b: made_from("dot", a, b),
}
_FUNCTIONS: Mapping[str, Callable[..., Number]] = {
    "sqrt": cmath.sqrt,
    "square": lambda a: a * a,
    "exp": cmath.exp,
    "log": cmath.log,
    "negative": lambda a: -a,
    "abs": lambda a: complex(abs(a)),
    "absolute": lambda a: complex(abs(a)),
    "add": _SIGNS[ast.Add],
    "subtract": _SIGNS[ast.Sub],
    "multiply": _SIGNS[ast.Mult],
    "divide": _SIGNS[ast.Div],
    "power": _SIGNS[ast.Pow],
    "pow": _SIGNS[ast.Pow],
    "matmul": _SIGNS[ast.MatMult],
    "int": lambda a: made_from("floor", a),
    "zeros": lambda *_shape: 0j,
    "zeros_like": lambda *_like: 0j,
    "ones": lambda *_shape: 1 + 0j,
    "ones_like": lambda *_like: 1 + 0j,
}
# What gives its operand back, as far as numbers go.
_SAME = frozenset({"array", "asarray", "copy", "deepcopy", "reshape", "astype", "float", "float64"})
_MODULES = frozenset({"np", "numpy", "math", "copy"})


def made_from(name: str, *operands: Number) -> Number:
    """Return the number that stands for a name with these operands, always the same one."""
    if any(map(cmath.isnan, operands)):
        return UNKNOWN
    text = " ".join([name, *map(token, operands)])
    digest = hashlib.blake2b(text.encode(errors="replace"), digest_size=7).digest()
    return complex(0.25 + int.from_bytes(digest) / 2**57)


def _constant(value: object) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return made_from(f"constant {value!r}")
    return complex(float(value))


def token(value: Number) -> str:
    """Return a number as text, without the digits that rounding may have changed."""
    size = abs(value)
    parts = (part if abs(part) > 1e-11 * size else 0.0 for part in (value.real, value.imag))
    return ",".join(f"{part:.10e}" for part in parts)


class Values:
    """The numbers of names and of a dict's entries, as far as a function has been read.

    Parameters
    ----------
    dicts : collection of str
        The names of what is looked up by texts. Which entry it is makes no difference until one
        is set: W and b, and all layers, are treated alike.
    """

    def __init__(self, dicts: Collection[str]) -> None:
        self._dicts = dicts
        self._names: dict[str, Number] = {}
        self._entries: dict[tuple[str, str], Number] = {}
        self._draws = 0

    def of(self, node: ast.AST | None) -> Number:
        """Return the number of an expression; one that equals nothing where there is none."""
        try:
            return self._of(node)
        except (ArithmeticError, ValueError, TypeError):
            return UNKNOWN

    def bind(self, target: ast.AST, value: Number) -> None:
        """Give a target of an assignment, or of a loop, its number."""
        if isinstance(target, ast.Name):
            self._names[target.id] = value
        elif isinstance(target, ast.Subscript):
            self._entries[self.place(target)] = value
        elif isinstance(target, ast.Tuple | ast.List):
            for number, part in enumerate(target.elts):
                self.bind(part, made_from(f"part {number}", value))

    def is_handed(self, node: ast.AST) -> bool:
        """Tell whether an expression only names a value, and works nothing out."""
        return isinstance(node, ast.Name | ast.Constant) or self._is_entry(node)

    def place(self, node: ast.Subscript) -> tuple[str, str]:
        """Return what tells an entry from all others: of what it is, and which."""
        return _place(node, self.of(node.value))

    def _of(self, node: ast.AST | None) -> Number:
        if isinstance(node, ast.Constant):
            return _constant(node.value)
        if isinstance(node, ast.Name):
            return self._names.get(node.id, made_from(f"name {node.id}"))
        if isinstance(node, ast.Subscript):
            return self._entry(node)
        return self._call(node) if isinstance(node, ast.Call) else self._operation(node)

    def _operation(self, node: ast.AST | None) -> Number:
        match node:
            case ast.BinOp() if type(node.op) in _SIGNS:
                return _SIGNS[type(node.op)](self.of(node.left), self.of(node.right))
            case ast.UnaryOp(op=ast.USub()):
                return -self.of(node.operand)
            case ast.Attribute():
                return made_from(node.attr, self.of(node.value))
        parts = [self.of(part) for part in ast.iter_child_nodes(node)] if node else []
        return made_from(type(node).__name__, *parts)

    def _is_entry(self, node: ast.AST) -> bool:
        owner = node.value if isinstance(node, ast.Subscript) else None
        return isinstance(owner, ast.Name) and owner.id in self._dicts

    def _entry(self, node: ast.Subscript) -> Number:
        # Worked out once: with a second time for each, thirty brackets would take for ever.
        owner = self.of(node.value)
        place = _place(node, owner)
        if place in self._entries:
            return self._entries[place]
        if self._is_entry(node):
            return made_from("entry", owner)
        return made_from("item", owner, self.of(node.slice))

    def _call(self, node: ast.Call) -> Number:
        name, operands = self._called(node.func)
        operands += [self.of(argument) for argument in node.args]
        if name in _SAME and operands:
            return operands[0]
        if name in _FUNCTIONS:
            return _FUNCTIONS[name](*operands)
        if name == "range" and len(operands) == 2 and not operands[0]:
            del operands[0]
        if ".random." in ast.unparse(node.func):  # each draw is another
            self._draws += 1
            name = f"{name} {self._draws}"
        keywords = sorted((word.arg or "", self.of(word.value)) for word in node.keywords)
        named = [made_from(word, value) for word, value in keywords]
        return made_from(name, *operands, *named)

    def _called(self, function: ast.AST) -> tuple[str, list[Number]]:
        """Return the name of what is called, and the object whose method it is."""
        if isinstance(function, ast.Name):
            return function.id, []
        if not isinstance(function, ast.Attribute):
            return "call", [self.of(function)]
        root: ast.AST = function.value
        while isinstance(root, ast.Attribute):
            root = root.value
        is_plain = isinstance(root, ast.Name) and root.id in _MODULES
        return function.attr, [] if is_plain else [self.of(function.value)]


def _place(node: ast.Subscript, owner: Number) -> tuple[str, str]:
    return token(owner), ast.unparse(node.slice)


def dicts_in(function: ast.AST) -> set[str]:
    """Return the names that are looked up by texts somewhere in a function."""
    texts: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and _is_text(node.value, ()):
            texts |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return {
        node.value.id
        for node in ast.walk(function)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and _is_text(node.slice, texts)
    }


def _is_text(node: ast.AST, names: Collection[str]) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr() | ast.Call(func=ast.Name(id="str")):
            return True
        case ast.Name():
            return node.id in names
        case ast.BinOp():
            return _is_text(node.left, names) or _is_text(node.right, names)
    return False


def function_of(tree: ast.AST, name: str) -> ast.FunctionDef | None:
    """Return the last definition of a function, which is the one that counts."""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    found: Sequence[ast.FunctionDef] = [node for node in nodes if node.name == name]
    return max(found, key=lambda node: node.lineno, default=None)
