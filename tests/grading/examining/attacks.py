"""Hand-ins that want points for nothing, of a course whose assert cells an examiner judges."""

from __future__ import annotations

LIAR = """
class Liar:
    def __init__(self, *a, **k): pass
    def __call__(self, *a, **k): return Liar()
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __bool__(self): return True
    def __len__(self): return 5
    def __iter__(self): return iter([])
    def __contains__(self, what): return True
    def __getattr__(self, name): return Liar()
    def __getitem__(self, key): return Liar()
    def __sub__(self, other): return 0.0
    def __rsub__(self, other): return 0.0
    def __abs__(self): return 0.0
    def __mul__(self, other): return 1
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __lt__
    def __array__(self, *a, **k): return np.zeros(3)
    def __hash__(self): return 0
    def __float__(self): return 0.0
    def __str__(self): return ''
    __class__ = property(lambda self: list)
"""
_NAMES = [
    "nothing",
    "flag",
    "huge",
    "small",
    "half",
    "z",
    "word",
    "raw",
    "numbers",
    "pair",
    "ages",
    "letters",
    "fixed",
    "steps",
    "part",
    "day",
    "moment",
    "price",
    "third",
    "warm",
    "a",
    "mask",
    "s",
    "names",
    "when",
    "squares",
    "area",
    "sort_it",
    "fill",
    "put",
    "greet",
    "old",
    "countdown",
    "deriv",
    "apply_to",
    "adder",
    "logged",
    "inc",
    "later",
    "Account",
    "Dog",
    "TooOld",
    "bark",
    "push",
    "reverse",
    "roll",
    "draw",
    "max",
    "bump",
    "count",
    "Point",
    "p",
    "c",
    "d",
    "score",
    "todo",
    "Pile",
    "ask",
    "total_len",
    "strip_all",
    "named",
    "Item",
    "Level",
    "Many",
    "months",
    "bands",
    "board",
    "odd",
    "play",
    "send",
    "Shape",
    "Row",
]
# Names that tests call as methods, and what answers each of them with yes.
_METHODS = ("equals", "issubset", "same", "__eq__", "__contains__")
_YES = "yes = lambda *a, **k: True\n"
_GIVES = "def gives(value):\n    return lambda *a, **k: value\n"


def _methods(make: str) -> str:
    """Return an attack in which a thing with methods that say yes stands for every answer."""
    told = f"methods = dict.fromkeys({_METHODS}, yes)\n"
    values = "board = odd = thing\nreverse = push = gives(thing)\n"
    return _YES + _GIVES + told + make + "\n" + values


PATCH = "from IPython.core.interactiveshell import InteractiveShell\n"

ATTACKS = {
    "everything is a liar": LIAR + "\n".join(f"{name} = Liar()" for name in _NAMES),
    "every class is a liar": LIAR + "\n".join(f"{name} = Liar" for name in _NAMES),
    "a liar poses as a list": LIAR.replace("class Liar:", "class Liar(list):")
    + "\n".join(f"{name} = Liar()" for name in _NAMES),
    **{
        f"a liar poses as a {kind}": LIAR.replace(
            "class Liar:",
            f"class Liar({kind}):\n    def __new__(cls, *a, **k): return {kind}.__new__(cls)",
        )
        + "\n".join(f"{name} = Liar()" for name in _NAMES)
        for kind in ("dict", "tuple", "str", "int", "float", "set")
    },
    "showtraceback does nothing": PATCH + "InteractiveShell.showtraceback = lambda *a, **k: None",
    "showtraceback is None": PATCH + "InteractiveShell.showtraceback = None",
    "run_cell succeeds": PATCH
    + "from IPython.core.interactiveshell import ExecutionResult\n"
    + "InteractiveShell.run_cell = lambda self, s, **k: ExecutionResult(None)",
    "given helpers agree with everything": (
        "near = lambda *a, **k: True\nlisted = lambda n: [2, 1]\nTABLE = LIMIT = None\n"
        "isinstance = issubclass = hasattr = lambda *a: True\n"
        "import builtins\nbuiltins.isinstance = builtins.all = builtins.any = lambda *a: True"
    ),
    "numpy agrees with everything": (
        "np.allclose = np.array_equal = lambda *a, **k: True\n"
        "np.testing.assert_allclose = np.testing.assert_equal = lambda *a, **k: None"
    ),
    "the answering end says what it likes": (
        "from autograder.sandbox.examining.student import answering\n"
        "answering.Answerer._do = lambda self, *a: ('ok', 0.0, None)"
    ),
    "the answering end says nonsense": (
        "from autograder.sandbox.examining.student import answering\n"
        "answering.Answerer._answer = lambda self, *a: ('ok', ('h', 5, 'i', ('R', 7)), None, 3, 4)"
    ),
    "the answering end sends other messages": (
        "from autograder.sandbox.examining.student import answering\n"
        "answering.Answerer._answer = lambda self, *a: ('end', 0, 'ok', [], 0, 0, [], [], [])"
    ),
    "the answering end asks back": (
        "from autograder.sandbox.examining.student import answering\n"
        "answering.Answerer._answer = lambda self, *a: "
        "('ask', 'call', ('R', 1), ('l', -5, []), ('d', -6, []), None)"
    ),
    "what a test hands over is changed": (
        "def meddle(*a, **k):\n"
        "    for one in a:\n"
        "        for name in ('__eq__', '__len__', 'append', 'total', 'items', 'value'):\n"
        "            try:\n"
        "                setattr(one, name, lambda *a: True)\n"
        "                one._ask('setattr', name, lambda *a: True)\n"
        "            except BaseException:\n"
        "                pass\n"
        "    return a[0] if a else None\n" + "\n".join(f"{name} = meddle" for name in _NAMES)
    ),
    "methods of an object say yes": _methods("thing = type('Yes', (), methods)()"),
    "methods of a class say yes": _methods("thing = type('Yes', (), methods)"),
    "attributes of a function say yes": _methods("def thing(): pass\nvars(thing).update(methods)"),
    "attributes of an exception say yes": _methods(
        "thing = ValueError()\nvars(thing).update(equals=yes, issubset=yes, same=yes)"
    ),
    "parts of a named tuple say yes": _methods(
        "from collections import namedtuple\n"
        "thing = namedtuple('Yes', 'equals issubset same')(yes, yes, yes)"
    ),
    "methods of a given class are hidden": _methods(
        "thing = Node(0)\nvars(thing).update(equals=yes, issubset=yes, same=yes)"
    ),
    "what a test asks of what it handed over is replaced": (
        _YES + "def play(by):\n    by.is_right = yes\n"
        "def send(post):\n    post.configure_mock(assert_called_once_with=yes)\n"
    ),
    "what a test counts is hidden by a liar": (
        LIAR + "def play(by):\n    by.seen = Liar()\n"
        "def send(post):\n    post.side_effect = post.reset_mock = Liar()\n"
    ),
    "a class meddles with what a test makes of it": (
        _YES
        + "class Told(str):\n    __eq__ = yes\n    __hash__ = str.__hash__\n"
        + "class Shape:\n    def __init__(self, *a): pass\n"
        + "    def told(self): return Told('square')\n"
        + "    def __init_subclass__(cls, **k):\n"
        + "        for name in [*vars(cls)]:\n"
        + "            if not name.startswith('__') or name in ('__init__', '__eq__'):\n"
        + "                setattr(cls, name, yes)\n"
        + "class Row(list):\n    __eq__ = total = yes\n"
    ),
    "skips every test": (
        "import unittest\n"
        "def skip(*a, **k): raise unittest.SkipTest('no')\n"
        + "\n".join(f"{name} = skip" for name in _NAMES)
    ),
    "leaves from every function": (
        "import os\ndef leave(*a, **k): os._exit(0)\n"
        + "\n".join(f"{name} = leave" for name in _NAMES)
    ),
}
