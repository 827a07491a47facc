"""What both ends of an examination know by name."""

from __future__ import annotations

import builtins

import numpy as np

# The wire carries these as they are.
IMMEDIATE = frozenset(
    map(
        id,
        (
            type(None),
            bool,
            float,
            complex,
            str,
            np.bool_,
            *(np.dtype(letter).type for letter in np.typecodes["AllInteger"] + "efdFD"),
        ),
    )
)

_PLAIN = (int, float, complex, bool, str, bytes, bytearray, list, tuple, dict, set, frozenset)
_KINDS = (*_PLAIN, object, type, range, slice, type(None))
ERRORS = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
TYPES = {kind.__name__: kind for kind in _KINDS} | ERRORS
TYPE_IDS = frozenset(map(id, TYPES.values()))

# Python's own that tests put something of theirs in the place of, as ``patch("builtins.input")``.
REPLACED = ("input", "print", "open")

_COMPARING = ("eq", "ne", "lt", "le", "gt", "ge", "contains", "bool")
_ARITHMETIC = (
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "matmul"),
    *("and", "or", "xor", "lshift", "rshift"),
)
_OTHER = (
    *("len", "iter", "next", "reversed", "getitem", "setitem", "delitem", "call", "enter", "exit"),
    *("float", "int", "index", "complex", "hash", "abs", "neg", "pos", "invert", "round"),
    *("trunc", "floor", "ceil", "await", "missing"),
    *("aiter", "anext", "aenter", "aexit"),
)
_SIDES = [f"{side}{name}" for side in ("", "r", "i") for name in _ARITHMETIC]
# These tell the object what it is compared or joined with: an object could answer just that.
TELLING = frozenset(f"__{name}__" for name in (*_COMPARING, *_SIDES))
_ORDER = dict.fromkeys(("__gt__", "__le__", "__ge__"), "__lt__")
# Python takes one of these where the class has not the other; an object is told the same by both.
SAME = _ORDER | {
    "__ne__": "__eq__",
    **{f"__{side}{name}__": f"__{name}__" for side in "ri" for name in _ARITHMETIC},
}
SPECIAL = TELLING | {f"__{name}__" for name in _OTHER}


def can_tell(name: str) -> bool:
    """Tell whether tests call an attribute of that name with what they expect."""
    return name in SPECIAL or not name.startswith("__")
