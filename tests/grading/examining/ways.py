"""Answers given in other ways than the instructor's own, each with a test: one process decides."""

# ruff: noqa: E501 - a row of the table is one line

from __future__ import annotations

from typing import NamedTuple


class Way(NamedTuple):
    """The instructor's answer, a test of it, and other answers: right, odd and wrong ones."""

    name: str
    right: str
    test: str
    others: tuple[str, ...]


GIVEN = "import numpy as np, types, inspect, collections, itertools"
SIZE = "class Size:\n    def __init__(self, n):\n        self.n = n\n"
DECORATED = "import functools\n\ndef counted(f):\n    @functools.wraps(f)\n    def inner(*a, **k):\n        inner.calls += 1\n        return f(*a, **k)\n    inner.calls = 0\n    return inner"
SHAPE = "import abc\nclass Shape(abc.ABC):\n    def __init__(self, name):\n        self.name = name\n    @abc.abstractmethod\n    def area(self):\n        ...\n    def said(self):\n        return {}"
OWN = (
    "def own(value):\n    class Own(type(value)):\n        pass\n    return Own(value)\n"
    + "".join(
        f"def {name}():\n    return own({{}})\n"
        for name in ("text", "numbers", "table", "whole", "pair", "few")
    )
)

WAYS = (
    Way(
        "a_name_for_another_function",
        "def turn():\n    global face\n    face = lambda: 'tails'\n\ndef face():\n    return 'heads'",
        "assert face() == 'heads'\nassert face() == 'heads'\nturn()\nassert face() == 'tails'",
        (
            "def turn():\n    globals().update(face=lambda: 'tails')\n\ndef face():\n    return 'heads'",
            "def turn():\n    face = lambda: 'tails'\n\ndef face():\n    return 'heads'",
            "def turn():\n    del globals()['face']\n\ndef face():\n    return 'heads'",
            "def turn():\n    pass\n\ndef face():\n    globals().update(face=lambda: 'tails')\n    return 'heads'",
        ),
    ),
    Way(
        "ordered",
        SIZE + "    def __lt__(self, other):\n        return self.n < other.n",
        "assert [one.n for one in sorted([Size(2), Size(1)])] == [1, 2]",
        (
            SIZE + "    def __gt__(self, other):\n        return self.n > other.n",
            SIZE + "    def __lt__(self, other):\n        return self.n > other.n",
            SIZE,
        ),
    ),
    Way(
        "added_in_place",
        SIZE + "    def __iadd__(self, k):\n        self.n += k\n        return self",
        "size = Size(1)\nsize += 2\nassert size.n == 3",
        (SIZE + "    def __add__(self, k):\n        return Size(self.n + k)", SIZE),
    ),
    Way(
        "printing_with_options",
        "def say():\n    print('a')",
        "from unittest.mock import patch\nwith patch('builtins.print') as shown:\n    say()\nassert shown.call_count == 1",
        ("def say():\n    print('a', flush=True, end='')", "def say():\n    pass"),
    ),
    Way(
        "counted_calls",
        DECORATED,
        "@counted\ndef add(a, b=1):\n    'Add.'\n    return a + b\nassert add(2) == 3 and add(2, b=2) == 4 and add.calls == 2\nassert add.__name__ == 'add' and add.__doc__ == 'Add.'\nassert add.__wrapped__(1) == 2",
        (
            "import functools\n\nclass counted:\n    def __init__(self, f):\n        self.f, self.calls = f, 0\n        functools.update_wrapper(self, f)\n    def __call__(self, *a, **k):\n        self.calls += 1\n        return self.f(*a, **k)",
            "def counted(f):\n    return f",
        ),
    ),
    Way(
        "derived",
        SHAPE.format("'area %.1f' % self.area()"),
        "class Triangle(Shape):\n    sides = 3\n    def __init__(self, b, h):\n        super().__init__('triangle')\n        self.b, self.h = b, h\n    def area(self):\n        return self.b * self.h / 2\n    @property\n    def half(self):\n        return self.area() / 2\n    @classmethod\n    def unit(cls):\n        return cls(1, 1)\n    @staticmethod\n    def kind():\n        return 't'\n    def said(self):\n        return super().said() + '!'\n"
        "t = Triangle(2, 3)\nassert t.area() == 3 and t.said() == 'area 3.0!' and t.half == 1.5 and t.name == 'triangle'\nassert isinstance(t, Shape) and issubclass(Triangle, Shape) and type(t) is Triangle and t.sides == 3\nassert Triangle.unit().area() == 0.5 and Triangle.kind() == t.kind() == 't' and Triangle.__name__ == 'Triangle'",
        (
            SHAPE.format("f'area {float(self.area())}'"),
            "class Base:\n    def __init__(self, name):\n        self.name = name\n    def area(self):\n        pass\nclass Shape(Base):\n    def said(self):\n        return f'area {self.area():.1f}'",
            SHAPE.format("'area 3'"),
            "Shape = None",
            "class Shape:\n    def said(self):\n        return 'area 3.0'",
        ),
    ),
    Way(
        "derived_in_part",
        SHAPE.format("''"),
        "class Bad(Shape):\n    pass\ntry:\n    Bad('x')\nexcept TypeError:\n    pass\nelse:\n    raise AssertionError('Shape is abstract')",
        (
            SHAPE.format("''").replace("@abc.abstractmethod", ""),
            "def Shape(name):\n    raise TypeError",
        ),
    ),
    Way(
        "derived_and_counted",
        "class Account:\n    def __init__(self, n):\n        self.__n = n\n    @property\n    def n(self):\n        return self.__n\n    def take(self, k):\n        if k > self.__n:\n            raise ValueError('too much')\n        self.__n -= k\n        return self.__n",
        "class Checking(Account):\n    fee = 1\n    def take(self, k):\n        return Account.take(self, k + self.fee)\n    def __eq__(self, other):\n        return self.n == other.n\nc = Checking(10)\nassert c.take(4) == 5 and c == Checking(5)\ntry:\n    c.take(5)\n    assert False\nexcept ValueError as why:\n    assert str(why) == 'too much'",
        (
            "class Account:\n    def __init__(self, n):\n        self.n = n\n    def take(self, k):\n        self.n = self.n - k\n        if self.n < 0:\n            self.n += k\n            raise ValueError('too much')\n        return self.n",
            "class Account:\n    def __init__(self, n):\n        self.n = n\n    def take(self, k):\n        self.n -= k\n        return self.n",
        ),
    ),
    Way(
        "registered",
        "class Meta(type):\n    known = {}\n    def __new__(mcs, name, bases, inside):\n        made = super().__new__(mcs, name, bases, inside)\n        mcs.known[name] = made\n        return made\n\nclass Plugin(metaclass=Meta):\n    pass",
        "class Mine(Plugin):\n    pass\nassert Meta.known['Mine'] is Mine and 'Plugin' in Meta.known",
        (
            "class Meta:\n    known = {'Plugin': 1}\n\nclass Plugin:\n    def __init_subclass__(cls, **k):\n        Meta.known[cls.__name__] = cls",
            "class Meta(type):\n    known = {'Plugin': 1}\n\nclass Plugin(metaclass=Meta):\n    pass",
        ),
    ),
    Way(
        "plain_data",
        "def text():\n    return 'ab'\ndef numbers():\n    return [1, 2]\ndef table():\n    return {'a': 1}\ndef whole():\n    return 3\ndef pair():\n    return (1, 'x')\ndef few():\n    return {1}",
        "assert text() == 'ab' and text().upper() == 'AB' and f'{text()}!' == 'ab!' and text() in {'ab'}\nassert numbers() == [1, 2] and isinstance(numbers(), list) and numbers() + [3] == [1, 2, 3] and sorted(numbers())[0] == 1\n"
        "assert table() == {'a': 1} and table()['a'] == 1 and list(table()) == ['a'] and isinstance(table(), dict)\nassert whole() == 3 and abs(whole() - 3) < 1e-9 and whole() * 2 == 6 and whole() < 4\na, b = pair()\nassert pair() == (1, 'x') and b == 'x' and few() == {1} and few() | {2} == {1, 2} and numbers() and table()",
        (
            OWN.format("'ab'", "[1, 2]", "{'a': 1}", "3", "(1, 'x')", "{1}"),
            OWN.format("'ab'", "[1, 2]", "{'a': 1}", "4", "(1, 'x')", "{1}"),
            OWN.replace(
                "pass", "__eq__ = lambda self, other: True\n        __hash__ = None"
            ).format("'b'", "[1, 3]", "{'a': 1}", "3", "(1, 'x')", "{1}"),
            OWN.replace("pass", "upper = lambda self: 'AB'").format(
                "'ab'", "[1, 2]", "{'a': 1}", "3", "(1, 'x')", "{1}"
            ),
        ),
    ),
    Way(
        "named_parts",
        "from typing import NamedTuple\nclass Point(NamedTuple):\n    x: float\n    y: float = 0.0\n    def norm(self):\n        return (self.x**2 + self.y**2) ** 0.5\n    def __add__(self, other):\n        return Point(self.x + other.x, self.y + other.y)",
        "p = Point(3, 4)\nassert p.norm() == 5 and p + Point(1, 1) == Point(4, 5) == (4, 5) and p == (3, 4) and p.x == 3 and p[1] == 4\nx, y = p\nassert (x, y) == (3, 4) and Point(1).y == 0 and Point._fields == ('x', 'y') and p._replace(x=0) == (0, 4)\n"
        "assert p._asdict() == {'x': 3, 'y': 4} and isinstance(p, tuple) and isinstance(p, Point)\nassert max([Point(1, 1), Point(0, 3)], key=lambda q: q.norm()) == Point(0, 3) and sorted([Point(1, 1), Point(0, 3)])[0].x == 0\nassert repr(p) == 'Point(x=3, y=4)' and len({p, Point(3, 4)}) == 1",
        (
            "import math\nclass Point(collections.namedtuple('Point', 'x y', defaults=[0])):\n    __slots__ = ()\n    norm = lambda self: math.hypot(*self)\n    def __add__(self, other):\n        return Point(*(a + b for a, b in zip(self, other)))",
            "Point = collections.namedtuple('Point', 'x y', defaults=[0])\nPoint.norm = lambda self: (self[0] ** 2 + self[1] ** 2) ** 0.5",
            "class Point:\n    def __init__(self, x, y=0):\n        self.x, self.y = x, y\n    def norm(self):\n        return 5",
        ),
    ),
    Way(
        "bare_named_parts",
        "Pair = collections.namedtuple('Pair', ['left', 'right'])",
        "q = Pair(1, right=2)\nassert q.left + q.right == 3 and Pair._fields == ('left', 'right') and str(q) == 'Pair(left=1, right=2)'\nassert Pair.__name__ == 'Pair' and issubclass(Pair, tuple) and Pair._make([5, 6]) == (5, 6) and isinstance(q, Pair) and type(q) is Pair",
        (
            "from typing import NamedTuple\nclass Pair(NamedTuple):\n    left: int\n    right: int",
            "Pair = tuple",
        ),
    ),
    Way(
        "made_from_lists",
        "class Stack:\n    def __init__(self, items=()):\n        self._items = list(items)\n    def push(self, item):\n        self._items.append(item)\n    def pop(self):\n        return self._items.pop()\n    def __len__(self):\n        return len(self._items)\n    @property\n    def empty(self):\n        return not self._items",
        "s = Stack()\nassert s.empty and len(s) == 0\nfor i in range(3):\n    s.push(i)\nassert s.pop() == 2 and len(s) == 2 and not s.empty\nthing = object()\ns.push(thing)\nassert s.pop() is thing",
        (
            "class Stack(list):\n    push = list.append\n    empty = property(lambda self: len(self) == 0)",
            "class Stack(list):\n    def push(self, item):\n        self.insert(0, item)\n    def pop(self):\n        return super().pop(0)\n    empty = property(lambda self: not self)",
            "class Stack(list):\n    def push(self, item):\n        self.append(item)\n    def pop(self):\n        return self[-1]",
        ),
    ),
    Way(
        "made_from_tables",
        "class Default(dict):\n    def __missing__(self, key):\n        return 0\n\nclass Many(list):\n    def append(self, item):\n        super().append(2 * item)\n    def total(self):\n        return sum(self)",
        "d = Default(a=1)\nassert d['a'] == 1 and d['z'] == 0 and d == {'a': 1} and isinstance(d, dict)\nd['b'] = 5\nassert list(d.items()) == [('a', 1), ('b', 5)]\nm = Many([1])\nm.append(3)\nassert m == [1, 6] and m.total() == 7\nm[0] = 4\nassert m.total() == 10 and len(m) == 2 and [*m] == [4, 6]\nm.extend([1])\nassert m.total() == 11 and sorted(m) == [1, 4, 6]",
        (
            "class Default(collections.defaultdict):\n    def __init__(self, **k):\n        super().__init__(int, **k)\n\nclass Many(list):\n    def append(self, item):\n        self += [item, item][:1]\n        self[-1] *= 2\n    def total(self):\n        return sum(self)",
            "class Default(dict):\n    pass\nclass Many(list):\n    total = 7",
        ),
    ),
    Way(
        "numbered_names",
        "import enum\nclass Level(enum.IntEnum):\n    LOW = 1\n    HIGH = 3\n\nclass Mode(str, enum.Enum):\n    READ = 'r'",
        "assert Level.HIGH > Level.LOW and Level.HIGH == 3 and Level.HIGH + 1 == 4 and Level(1) is Level.LOW\nassert [one.name for one in Level] == ['LOW', 'HIGH'] and isinstance(Level.LOW, int) and Level.LOW.value == 1\nassert Mode.READ == 'r' and Mode('r') is Mode.READ and Mode.READ.upper() == 'R' and isinstance(Level.LOW, Level)",
        (
            "import enum\nLevel = enum.IntEnum('Level', {'LOW': 1, 'HIGH': 3})\nMode = enum.StrEnum('Mode', {'READ': 'r'})",
            "import enum\nclass Level(enum.Enum):\n    LOW = 1\n    HIGH = 3\nclass Mode(enum.Enum):\n    READ = 'r'",
        ),
    ),
    Way(
        "looked_at",
        "def mean(numbers, by=None):\n    return sum(numbers) / len(numbers)\nadd = {'+': lambda a, b: a + b}",
        "assert mean.__code__.co_argcount == 2 and mean([1, 3]) == 2 and isinstance(mean, types.FunctionType)\nassert 'numbers' in mean.__code__.co_varnames and mean.__defaults__ == (None,)\nassert add['+'](1, 2) == 3 and isinstance(add['+'], types.FunctionType)",
        (
            "mean = lambda numbers, by=None: sum(numbers) / len(numbers)\nadd = {'+': lambda a, b: a + b}",
            "import functools\ndef same(f):\n    @functools.wraps(f)\n    def inner(*a, **k):\n        return f(*a, **k)\n    return inner\n@same\ndef mean(numbers, by=None):\n    return sum(numbers) / len(numbers)\nadd = {'+': lambda a, b: a + b}",
            "import operator\ndef mean(numbers, by=None):\n    return sum(numbers) / len(numbers)\nadd = {'+': operator.add}",
            "import functools\n@functools.lru_cache\ndef mean(numbers, by=None):\n    return 2\nadd = {'+': sum}",
        ),
    ),
    Way(
        "closed_over",
        "def adder(n):\n    def add(m):\n        return m + n\n    return add",
        "add = adder(2)\nassert add(1) == 3 and add.__code__.co_varnames == ('m',) and callable(add) and add.__closure__ is not None",
        (
            "def adder(n):\n    return lambda m: m + n",
            "class adder:\n    def __init__(self, n):\n        self.n = n\n    def __call__(self, m):\n        return self.n + m",
        ),
    ),
    Way(
        "types_asked",
        "class Meta(type):\n    pass\nclass Plugin(metaclass=Meta):\n    pass\npairs = zip([1], [2])\ndef twice(n):\n    return 2 * n\nfrom fractions import Fraction\ntotal = collections.Counter('aab')",
        "def kind(value):\n    return type(value)\nassert type(Plugin) is Meta and type(pairs) is zip and kind(pairs) == zip and kind(twice) is types.FunctionType\nassert type(total) is collections.Counter and type(twice(2)) is int and type(Plugin()) is Plugin and type(type(2)) is type",
        (
            "class Meta(type):\n    pass\nPlugin = Meta('Plugin', (), {})\npairs = zip((1,), (2,))\ntwice = lambda n: n * 2\ntotal = collections.Counter(['a', 'a', 'b'])",
            "class Meta:\n    pass\nclass Plugin(Meta):\n    pass\npairs = [(1, 2)]\ntwice = abs\ntotal = {'a': 2}",
        ),
    ),
    Way(
        "yielded_from",
        "def countdown(n):\n    while n:\n        yield n\n        n -= 1",
        "def both():\n    yield from countdown(2)\n    yield 0\n    yield from countdown(1)\nassert list(both()) == [2, 1, 0, 1] and isinstance(countdown(1), types.GeneratorType)\ng = countdown(1)\nnext(g)\ntry:\n    next(g)\n    assert False\nexcept StopIteration as end:\n    assert end.value is None",
        (
            "def countdown(n):\n    return (k for k in range(n, 0, -1))",
            "def countdown(n):\n    yield n\n    if n > 1:\n        yield from countdown(n - 1)",
            "def countdown(n):\n    return iter(range(n, 0, -1))",
        ),
    ),
    Way(
        "entered",
        "import contextlib\n@contextlib.contextmanager\ndef tag(name, out):\n    out.append(f'<{name}>')\n    try:\n        yield name.upper()\n    finally:\n        out.append(f'</{name}>')",
        "out = []\nwith tag('b', out) as name:\n    out.append(name)\nassert out == ['<b>', 'B', '</b>']\nout = []\ntry:\n    with tag('i', out):\n        raise ValueError('mine')\nexcept ValueError as error:\n    assert str(error) == 'mine'\nelse:\n    assert False\nassert out[-1] == '</i>'",
        (
            "class tag:\n    def __init__(self, name, out):\n        self.name, self.out = name, out\n    def __enter__(self):\n        self.out += ['<' + self.name + '>']\n        return self.name.upper()\n    def __exit__(self, kind, value, traceback):\n        self.out += ['</' + self.name + '>']",
            "class tag:\n    def __init__(self, name, out):\n        self.name, self.out = name, out\n    def __enter__(self):\n        self.out += ['<' + self.name + '>']\n        return self.name.upper()\n    def __exit__(self, *error):\n        self.out += ['</' + self.name + '>']\n        return True",
            "def tag(name, out):\n    yield name",
        ),
    ),
    Way(
        "held_by_the_test",
        "class Queue:\n    def __init__(self):\n        self.items = []\n    def put(self, item):\n        self.items.append(item)\n\nseen = []\ndef note(item):\n    seen.append(item)",
        "queue = Queue()\nitems = queue.items\nqueue.put(1)\nassert items == [1]\nheld = seen\nnote(2)\nassert held == [2]",
        (
            "class Queue:\n    def __init__(self):\n        self.items = []\n    def put(self, item):\n        self.items = self.items + [item]\n\nseen = []\ndef note(item):\n    seen.append(item)",
            "class Queue:\n    items = []\n    def put(self, item):\n        self.items += [item]\n\nseen = []\ndef note(item):\n    global seen\n    seen = [*seen, item]",
        ),
    ),
    Way(
        "arrays_and_tables",
        "import pandas as pd\ndef means(m):\n    return m.mean(axis=0)\ndef few(t):\n    return t[t['a'] > 1]\ndays = pd.Series([1.0, 2.0], pd.date_range('2024-01-01', periods=2, freq='D'))",
        "import pandas as pd\nm = np.arange(6.0).reshape(2, 3)\nassert (means(m) == [1.5, 2.5, 3.5]).all() and np.allclose(means(m), m.mean(axis=0)) and means(m).sum() == 7.5\nt = pd.DataFrame({'a': [1, 2]})\nassert few(t).loc[1, 'a'] == 2 and len(few(t)) == 1 and isinstance(few(t), pd.DataFrame)\npd.testing.assert_frame_equal(few(t), pd.DataFrame({'a': [2]}, index=[1]))\nassert days.index.freqstr == 'D' and days.sum() == 3 and days.asfreq('2D').size == 1",
        (
            "import pandas as pd\ndef means(m):\n    return np.matrix(m).mean(axis=0)\nclass Mine(pd.DataFrame):\n    pass\nfew = lambda t: t.query('a > 1')\ndays = pd.Series({pd.Timestamp('2024-01-01'): 1.0, pd.Timestamp('2024-01-02'): 2.0})",
            "import pandas as pd\nclass Own(np.ndarray):\n    pass\nclass Mine(pd.DataFrame):\n    pass\nclass Days(pd.Series):\n    pass\ndef means(m):\n    return m.mean(axis=0).view(Own)\nfew = lambda t: t.iloc[1:]\ndays = Days([1.0, 2.0], pd.date_range('2024-01-01', periods=2))",
            "import pandas as pd\nclass Own(np.ndarray):\n    __eq__ = lambda self, other: np.ones(3, bool)\nclass Mine(pd.DataFrame):\n    __len__ = lambda self: 1\ndef means(m):\n    return m[0].view(Own)\nfew = lambda t: Mine(t)\ndays = pd.Series([1.0, 2.0])",
            "import pandas as pd\nclass Mine(pd.DataFrame):\n    pass\nmeans = lambda m: np.ma.mean(m, axis=0)\nfew = lambda t: Mine(t[1:])\ndays = pd.Series([1.0, 2.0], pd.period_range('2024-01-01', periods=2).to_timestamp())",
        ),
    ),
    Way(
        "caused",
        "def read():\n    try:\n        int('x')\n    except ValueError as why:\n        raise RuntimeError('no number') from why",
        "try:\n    read()\n    assert False\nexcept RuntimeError as error:\n    assert isinstance(error.__cause__, ValueError) and str(error) == 'no number'",
        (
            "def read():\n    raise RuntimeError('no number') from ValueError('x')",
            "def read():\n    try:\n        int('x')\n    except ValueError:\n        raise RuntimeError('no number')",
            "def read():\n    error = RuntimeError('no number')\n    error.__cause__ = error\n    raise error",
        ),
    ),
)
