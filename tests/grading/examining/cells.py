"""A course of assert cells of every kind: for each a right answer, a wrong one and a test."""

# ruff: noqa: E501 - a row of the table is one line

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """An answer cell with its tests. Of a wrong answer all of them fail."""

    name: str
    right: str
    wrong: str
    tests: tuple[str, ...]


GIVEN = (
    "import numpy as np\nimport math, random, io, re, inspect, warnings\nfrom contextlib import redirect_stdout",
    "def near(a, b, eps=1e-6):\n    return abs(a - b) < eps\n\nTABLE = {'one': 1, 'two': 2}\nLIMIT = 10",
    "class Node:\n    def __init__(self, value, next=None):\n        self.value, self.next = value, next\n"
    "    def same(self, other):\n        return listed(self) == listed(other)\n\n"
    "def listed(node):\n    found = []\n    while node:\n        found.append(node.value)\n        node = node.next\n    return found",
    "import enum\nclass Colour(enum.Enum):\n    RED = 1\n    BLUE = 2",
    "def twice(n):\n    return apply_to(lambda v: 2 * v, n)",
)

KINDS = (
    Kind("none", "nothing = None", "nothing = 0", ("assert nothing is None",)),
    Kind("flag", "flag = True", "flag = False", ("assert flag is True", "assert flag")),
    Kind(
        "whole",
        "huge = 2**200\nsmall = 7",
        "huge = 2.0**200\nsmall = 8",
        ("assert huge == 2**200 and isinstance(huge, int)", "assert small == 7"),
    ),
    Kind(
        "real",
        "half = 0.5\nz = 1 + 2j",
        "half = 0.4\nz = 1 + 1j",
        ("assert near(half, 0.5)", "assert z.imag == 2.0"),
    ),
    Kind(
        "text",
        "word = 'naïve'\nraw = b'ab'",
        "word = 'naive'\nraw = 'ab'",
        ("assert word == 'naïve' and len(word) == 5", "assert raw == b'ab'"),
    ),
    Kind(
        "lists",
        "numbers = [1, [2, 3]]\npair = (1, 'a')",
        "numbers = [1, [2]]\npair = [1, 'a']",
        (
            "assert numbers == [1, [2, 3]] and type(numbers) is list",
            "assert pair == (1, 'a')",
            "assert sum(numbers[1]) == 5",
        ),
    ),
    Kind(
        "maps",
        "ages = {'a': 1, (1, 2): [3]}",
        "ages = {'a': 2}",
        (
            "assert ages['a'] == 1",
            "assert ages[(1, 2)] == [3]",
            "assert set(ages) == {'a', (1, 2)}",
        ),
    ),
    Kind(
        "sets",
        "letters = {'x', 'y'}\nfixed = frozenset([1])",
        "letters = {'x'}\nfixed = {1}",
        ("assert letters == {'x', 'y'}", "assert isinstance(fixed, frozenset)"),
    ),
    Kind(
        "ranges",
        "steps = range(0, 10, 2)\npart = slice(1, 3)",
        "steps = range(0, 10)\npart = slice(1, 4)",
        ("assert list(steps) == [0, 2, 4, 6, 8]", "assert [0, 1, 2, 3][part] == [1, 2]"),
    ),
    Kind(
        "dates",
        "import datetime\nday = datetime.date(2024, 2, 29)\nmoment = datetime.datetime(2024, 1, 1, 12)",
        "import datetime\nday = datetime.date(2024, 2, 28)\nmoment = datetime.datetime(2024, 1, 1)",
        ("assert day.year == 2024 and day.day == 29", "assert moment.hour == 12"),
    ),
    Kind(
        "exact",
        "from decimal import Decimal\nfrom fractions import Fraction\nprice = Decimal('1.10')\nthird = Fraction(1, 3)",
        "price = 1.1\nthird = 1 / 3",
        ("assert str(price) == '1.10'", "assert third * 3 == 1 and third.denominator == 3"),
    ),
    Kind(
        "colour",
        "def warm():\n    return Colour.RED",
        "def warm():\n    return Colour.BLUE",
        ("assert warm() is Colour.RED",),
    ),
    Kind(
        "array",
        "a = np.arange(6.0).reshape(2, 3)\nmask = a > 2",
        "a = np.arange(6).reshape(3, 2)\nmask = a > 9",
        (
            "assert a.shape == (2, 3) and a.dtype == float",
            "np.testing.assert_allclose(a.sum(axis=0), [3, 5, 7])",
            "assert mask.sum() == 3",
        ),
    ),
    Kind(
        "scalar",
        "s = np.float32(1.5)\nnames = np.array(['ab', 'c'])\nwhen = np.datetime64('2024-01-01')",
        "s = 2.5\nnames = ['ab']\nwhen = np.datetime64('2023-01-01')",
        (
            "assert s == 1.5 and isinstance(s, np.floating)",
            "assert names.tolist() == ['ab', 'c'] and names.ndim == 1",
            "assert when == np.datetime64('2024-01-01')",
        ),
    ),
    Kind(
        "squares",
        "def squares(n):\n    '''Return squares.'''\n    if n < 1:\n        raise ValueError('n must be positive')\n    return [i**2 for i in range(1, n + 1)]",
        "def squares(n):\n    return [i for i in range(n)]",
        (
            "assert squares(3) == [1, 4, 9]\n### BEGIN HIDDEN TESTS\nassert squares(11)[-1] == 121, 'SECRET_OF_SQUARES'\n### END HIDDEN TESTS",
            "try:\n    squares(0)\n    assert False, 'no error'\nexcept ValueError as error:\n    assert 'positive' in str(error)",
            "import pytest\nwith pytest.raises(ValueError, match='positive'):\n    squares(-1)",
            "assert squares.__doc__ == 'Return squares.'",
            "raised = False\ntry:\n    squares(0)\nexcept ValueError:\n    raised = True\nassert raised",
        ),
    ),
    Kind(
        "keywords",
        "def area(width, height=2, *, scale=1, **more):\n    return width * height * scale + len(more)",
        "def area(width, height=3, *, scale=2, **more):\n    return 0",
        (
            "assert area(3) == 6",
            "assert area(3, height=1, scale=2) == 6",
            "assert area(1, x=1, y=2) == 4",
            "assert inspect.signature(area).parameters['height'].default == 2",
        ),
    ),
    Kind(
        "in_place",
        "def sort_it(items):\n    items.sort()\n\ndef fill(m):\n    m[:] = 1\n\ndef put(d, k):\n    d[k] = [k]\n    return d",
        "def sort_it(items):\n    return sorted(items)\n\ndef fill(m):\n    m = 1\n\ndef put(d, k):\n    return {}",
        (
            "numbers_ = [3, 1, 2]\nsort_it(numbers_)\nassert numbers_ == [1, 2, 3]",
            "m = np.zeros((2, 2))\nfill(m)\nassert m.sum() == 4",
            "box = {}\nassert put(box, 'a') is box\nassert box == {'a': ['a']}",
        ),
    ),
    Kind(
        "printing",
        "def greet(name):\n    print('Hello', name)",
        "def greet(name):\n    return 'Hello'",
        (
            "out = io.StringIO()\nwith redirect_stdout(out):\n    greet('Ann')\nassert out.getvalue() == 'Hello Ann\\n'",
            "out = io.StringIO()\nwith redirect_stdout(out):\n    greet('a')\n    greet('b')\nassert out.getvalue().count('Hello') == 2",
        ),
    ),
    Kind(
        "warn",
        "def old():\n    warnings.warn('it is old', DeprecationWarning)\n    return 1",
        "def old():\n    return 1",
        (
            "with warnings.catch_warnings(record=True) as seen:\n    warnings.simplefilter('always')\n    old()\nassert seen and issubclass(seen[0].category, DeprecationWarning)",
        ),
    ),
    Kind(
        "lazy",
        "def countdown(n):\n    while n:\n        yield n\n        n -= 1",
        "def countdown(n):\n    return []",
        (
            "assert list(countdown(3)) == [3, 2, 1]",
            "steps_ = countdown(2)\nassert next(steps_) == 2 and next(steps_) == 1",
            "assert inspect.isgeneratorfunction(countdown)",
        ),
    ),
    Kind(
        "callbacks",
        "def deriv(f, x, h):\n    return (f(x + h) - f(x - h)) / (2 * h)\n\ndef apply_to(f, v):\n    return f(v)\n\ndef adder(n):\n    return lambda m: m + n",
        "def deriv(f, x, h):\n    return 0\n\ndef apply_to(f, v):\n    return v\n\ndef adder(n):\n    return lambda m: m",
        (
            "assert near(deriv(lambda x: x**3, 1, 1e-4), 3, 1e-3)",
            "assert near(deriv(math.sin, 0, 1e-4), 1)",
            "assert apply_to(sorted, [2, 1]) == [1, 2]",
            "assert adder(2)(3) == 5",
            "assert twice(4) == 8",
            "calls = []\napply_to(calls.append, 1)\ndef seen(v):\n    calls.append(v)\n    return v + 1\nassert apply_to(seen, 5) == 6 and 5 in calls",
        ),
    ),
    Kind(
        "decorated",
        "import functools\n\ndef logged(f):\n    @functools.wraps(f)\n    def inner(*a):\n        return ('log', f(*a))\n    return inner\n\n@logged\ndef inc(n):\n    return n + 1",
        "def logged(f):\n    return f\n\ndef inc(n):\n    return n",
        (
            "assert inc(1) == ('log', 2)",
            "@logged\ndef mine(x):\n    return -x\nassert mine(2) == ('log', -2)",
        ),
    ),
    Kind(
        "waiting",
        "async def later(n):\n    return n + 1",
        "async def later(n):\n    return n",
        ("assert (await later(1)) == 2",),
    ),
    Kind(
        "account",
        "class Account:\n    '''An account.'''\n    bank = 'B'\n    def __init__(self, owner, balance=0):\n        self.owner, self.balance = owner, balance\n    def put(self, n):\n        if n < 0:\n            raise ValueError('negative')\n        self.balance += n\n        return self\n    def __len__(self):\n        return 3\n    def __eq__(self, other):\n        return self.balance == other.balance\n    def __add__(self, other):\n        return Account('both', self.balance + other.balance)\n    def __str__(self):\n        return f'{self.owner}: {self.balance}'\n    def __iter__(self):\n        return iter([self.owner, self.balance])\n    def __contains__(self, n):\n        return n <= self.balance\n    def __getitem__(self, k):\n        return k * 2",
        "class Account:\n    def __init__(self, owner, balance=0):\n        self.balance = -1\n    def put(self, n):\n        pass\n    def __eq__(self, other):\n        return False",
        (
            "acc = Account('Ann', 5)\nassert acc.balance == 5 and acc.owner == 'Ann'",
            "acc = Account('Ann')\nassert acc.put(3) is acc\nassert acc.balance == 3",
            "assert len(Account('x')) == 3",
            "assert Account('a', 2) == Account('b', 2)",
            "assert Account('a', 2) + Account('b', 3) == Account('c', 5)",
            "assert str(Account('Ann', 1)) == 'Ann: 1' and f\"{Account('Z')}\" == 'Z: 0'",
            "assert list(Account('q', 4)) == ['q', 4]",
            "assert 3 in Account('q', 4) and 9 not in Account('q', 4)",
            "assert Account('q')[4] == 8",
            "assert isinstance(Account('q'), Account) and Account.bank == 'B' and type(Account('q')) is Account",
            "acc = Account('w', 1)\nacc.balance = 9\nassert acc.balance == 9 and hasattr(acc, 'put') and not hasattr(acc, 'get') and len(acc) == 3",
            "with pytest.raises(ValueError):\n    Account('w').put(-1)",
            "assert Account.__doc__ == 'An account.' and Account.__name__ == 'Account'",
        ),
    ),
    Kind(
        "family",
        "class Animal:\n    def name(self):\n        return 'animal'\n\nclass Dog(Animal):\n    def name(self):\n        return 'dog of ' + super().name()\n\nclass TooOld(Exception):\n    pass\n\ndef bark(d):\n    if not isinstance(d, Dog):\n        raise TooOld('no dog')\n    return d.name()",
        "class Animal:\n    def name(self):\n        return ''\n\nclass Dog:\n    def name(self):\n        return ''\n\nclass TooOld(Exception):\n    pass\n\ndef bark(d):\n    return 1",
        (
            "assert issubclass(Dog, Animal)",
            "assert isinstance(Dog(), Animal)",
            "assert bark(Dog()) == 'dog of animal'",
            "try:\n    bark(Animal())\n    assert False\nexcept TooOld as e:\n    assert str(e) == 'no dog'",
        ),
    ),
    Kind(
        "nodes",
        "def push(head, v):\n    return Node(v, head)\n\ndef reverse(head):\n    out = None\n    while head:\n        out = Node(head.value, out)\n        head = head.next\n    return out",
        "def push(head, v):\n    return head\n\ndef reverse(head):\n    return None",
        (
            "assert listed(push(push(None, 1), 2)) == [2, 1]",
            "assert listed(reverse(Node(1, Node(2, Node(3))))) == [3, 2, 1]",
            "assert isinstance(push(None, 1), Node)",
            "assert reverse(Node(1, Node(2))).same(Node(2, Node(1)))",
        ),
    ),
    Kind(
        "seeds",
        "def roll():\n    return random.randint(1, 1000)\n\ndef draw(n):\n    return np.random.rand(n)",
        "def roll():\n    return 0\n\ndef draw(n):\n    return np.zeros(n)",
        (
            "random.seed(3)\nexpected = random.randint(1, 1000)\nrandom.seed(3)\nassert roll() == expected",
            "np.random.seed(1)\nassert np.allclose(draw(2), [0.417022, 0.72032449])\nassert not near(np.random.rand(), 0.417022)",
        ),
    ),
    Kind(
        "source",
        "def total(items):\n    result = 0\n    for item in items:\n        result += item\n    return result",
        "def total(items):\n    return sum(items)",
        (
            "code = inspect.getsource(total)\nassert 'sum(' not in code and 'for' in code",
            "assert 'sum' not in total.__code__.co_names",
        ),
    ),
    Kind(
        "builtin_name",
        "def max(a, b):\n    return a if a > b else b",
        "def max(a, b):\n    return 0",
        ("assert max(1, 2) == 2",),
    ),
    Kind(
        "state",
        "count = 0\ndef bump():\n    global count\n    count += 1\n    return count",
        "count = 0\ndef bump():\n    return 0",
        ("bump()\nassert count == 1", "assert bump() == 2 and count == 2"),
    ),
    Kind(
        "tuples",
        "from collections import namedtuple, Counter, deque\nPoint = namedtuple('Point', 'x y')\np = Point(1, 2)\nc = Counter('aab')\nd = deque([1, 2], maxlen=2)",
        "p = (0, 0)\nc = {}\nd = []",
        (
            "assert p.x == 1 and p == (1, 2)",
            "assert c['a'] == 2 and c.most_common(1) == [('a', 2)]",
            "assert d.maxlen == 2 and list(d) == [1, 2]",
        ),
    ),
    Kind(
        "partly",
        "def score():\n    return 2",
        "def score():\n    return 0",
        ("(1 if score() == 2 else 0) * 1.0",),
    ),
    Kind(
        "changed_by_tests",
        "todo = [1, 2]\nclass Pile:\n    def __init__(self):\n        self.items = [[]]\n    def top(self):\n        return self.items[0]",
        "todo = (1,)\nclass Pile:\n    def __init__(self):\n        self.items = []\n    def top(self):\n        return 0",
        (
            "todo.append(3)\nassert todo == [1, 2, 3]",
            "pile = Pile()\npile.items[0].append(7)\nassert pile.top() == [7]",
        ),
    ),
    Kind(
        "asking",
        "def ask():\n    print('Sum:', int(input('n? ')) + 1)\n\ndef fall(t):\n    return GRAVITY['g'] * t",
        "def ask():\n    pass\n\ndef fall(t):\n    return 0",
        (
            "from unittest.mock import patch\nwith patch('builtins.input', return_value='3'), patch('builtins.print') as shown:\n    ask()\nshown.assert_called_once_with('Sum:', 4)",
            "GRAVITY = {'g': 2}\nassert fall(3) == 6",
        ),
    ),
    Kind(
        "handed_over",
        "def total_len(bag):\n    return len(bag) + sum(1 for _ in bag)\n\ndef strip_all(lines):\n    return [line.strip() for line in lines]\n\ndef named(f):\n    import functools\n    @functools.wraps(f)\n    def inner():\n        return f()\n    return inner",
        "def total_len(bag):\n    return 0\n\ndef strip_all(lines):\n    return lines\n\ndef named(f):\n    return lambda: 0",
        (
            "class Bag:\n    def __len__(self):\n        return 2\n    def __iter__(self):\n        return iter('ab')\nassert total_len(Bag()) == 4",
            "assert strip_all(io.StringIO('a \\nb\\n')) == ['a', 'b'] and strip_all(v for v in ' c') == ['', 'c']",
            "@named\ndef mine():\n    return 1\nassert mine.__name__ == 'mine' and mine() == 1",
        ),
    ),
    Kind(
        "told",
        "import pandas as pd\nboard = pd.DataFrame({'a': [1, 2]})\nodd = {1, 3}",
        "import pandas as pd\nboard = pd.DataFrame({'a': [1, 3]})\nodd = {2}",
        (
            "import pandas as pd\nassert board.equals(pd.DataFrame({'a': [1, 2]}))",
            "assert odd.issubset({1, 3, 5})",
        ),
    ),
    Kind(
        "watched",
        "def play(by):\n    by.note(1)\n    by.note(2)\n\ndef send(post):\n    post(3)",
        "def play(by):\n    pass\n\ndef send(post):\n    pass",
        (
            "class Recorder:\n    def __init__(self):\n        self.seen = []\n    def note(self, v):\n        self.seen.append(v)\n"
            "    def is_right(self):\n        return self.seen == [1, 2]\nby = Recorder()\nplay(by)\nassert by.is_right()",
            "from unittest.mock import Mock\npost = Mock()\nsend(post)\npost.assert_called_once_with(3)",
        ),
    ),
    Kind(
        "own_types",
        "import dataclasses\n@dataclasses.dataclass\nclass Item:\n    name: str\n    price: float = 1.0\n\nclass Level(enum.Enum):\n    LOW = 1\n    HIGH = 2\n\nclass Many(list):\n    def second(self):\n        return self[1]\n\nclass Odd(ValueError):\n    def __init__(self, code):\n        super().__init__(code)\n        self.code = code",
        "class Item:\n    def __init__(self, *a):\n        pass\n\nclass Level:\n    LOW = 1\n\nclass Many:\n    pass\n\nclass Odd(Exception):\n    pass",
        (
            "import dataclasses\nassert dataclasses.asdict(Item('a')) == {'name': 'a', 'price': 1.0} and dataclasses.fields(Item)[1].default == 1.0",
            "assert [one.value for one in Level] == [1, 2] and Level['LOW'] is Level.LOW and len(Level) == 2",
            "many = Many([1, 2])\nassert many.second() == 2 and isinstance(many, list) and len(many) == 2",
            "assert Odd(4).code == 4 and issubclass(Odd, ValueError)",
            "assert 'Item' in globals() and 'second' in dir(Many)",
        ),
    ),
    Kind(
        "put_in_place",
        "import sys\ndef roll(n):\n    return [random.randint(1, 6) for _ in range(n)]\n\ndef roll_twice():\n    return 2 * roll(1)\n\ndef add_all():\n    return sum(int(line) for line in sys.stdin)",
        "def roll(n):\n    return [9]\n\ndef roll_twice():\n    return 0\n\ndef add_all():\n    return 0",
        (
            "from unittest.mock import patch\nwith patch('random.randint', side_effect=[1, 2, 3]):\n    assert roll(3) == [1, 2, 3]",
            "from unittest.mock import patch\nwith patch('__main__.roll', return_value=7):\n    assert roll_twice() == 14",
            "import sys\nkept, sys.stdin = sys.stdin, io.StringIO('1\\n2\\n')\ntry:\n    assert add_all() == 3\nfinally:\n    sys.stdin = kept",
            "kept, random.randint = random.randint, lambda a, b: 5\ntry:\n    assert roll(2) == [5, 5]\nfinally:\n    random.randint = kept",
            "import __main__\nassert __main__.roll_twice()[0] < 7",
        ),
    ),
    Kind(
        "back_in_place",
        "after = random.randint(6, 6)\nprint(after)",
        "after = 5",
        ("assert after == 6",),
    ),
    Kind(
        "removed",
        "def one_more(n):\n    return n + 1\n\ndef two_more(n):\n    return one_more(one_more(n))",
        "def one_more(n):\n    return n\n\ndef two_more(n):\n    return n + 2",
        (
            "kept = one_more\ndel one_more\ntry:\n    two_more(1)\nexcept NameError:\n    pass\nelse:\n    raise AssertionError('use one_more')\nfinally:\n    one_more = kept",
            "assert two_more(1) == 3 and one_more(1) == 2",
        ),
    ),
    Kind(
        "looked_into",
        "import abc\nclass Base(abc.ABC):\n    @abc.abstractmethod\n    def go(self):\n        ...\n\nclass Car(Base):\n    wheels: int = 4\n    def __init__(self, speed: float):\n        self.speed = speed\n    @property\n    def fast(self):\n        return self.speed > 100\n    @staticmethod\n    def kind():\n        return 'car'\n    def go(self):\n        return 'brrm'",
        "class Base:\n    pass\n\nclass Car:\n    def __init__(self, speed=1, more=2):\n        self.speed = 0\n    def fast(self):\n        return 0",
        (
            "assert isinstance(Car.fast, property) and 'go' in vars(Car)",
            "assert isinstance(inspect.getattr_static(Car, 'kind'), staticmethod)",
            "import abc\nassert inspect.isabstract(Base) and issubclass(Car, abc.ABC)",
            "assert list(inspect.signature(Car).parameters) == ['speed'] and Car.__annotations__ == {'wheels': int}",
            "assert [one.__name__ for one in Car.mro()] == ['Car', 'Base', 'ABC', 'object']",
            "import copy\ncar = Car(120)\nother = copy.deepcopy(car)\nother.speed = 1\nassert car.fast and not other.fast",
            "assert 'brrm' in inspect.getsource(Car.go) and list(inspect.signature(Car(1).go).parameters) == []",
        ),
    ),
    Kind(
        "annotated",
        "def half(x: float) -> float:\n    '''Halve.\n\n    >>> half(3)\n    1.5\n    '''\n    return x / 2",
        "def half(x):\n    '''Halve.\n\n    >>> half(3)\n    1.5\n    '''\n    return x",
        (
            "assert type(half).__name__ == 'function' and half(3) == 1.5",
            "import typing\nassert typing.get_type_hints(half) == {'x': float, 'return': float}",
            "import doctest\nwith redirect_stdout(io.StringIO()) as said:\n    doctest.run_docstring_examples(half, globals())\n# without examples nothing is said either\nassert said.getvalue() == '' and half(3) == 1.5",
            "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as threads:\n    assert list(threads.map(half, [2, 4])) == [1, 2]",
            "import copy\nassert inspect.signature(half).return_annotation is float and copy.copy(half)(3) == 1.5",
        ),
    ),
    Kind(
        "awaited",
        "async def tick(n):\n    for i in range(n):\n        yield i\n\nclass Door:\n    async def __aenter__(self):\n        return 'in'\n    async def __aexit__(self, *a):\n        return False",
        "def tick(n):\n    return []\n\nclass Door:\n    pass",
        (
            "assert [i async for i in tick(3)] == [0, 1, 2]",
            "async with Door() as where:\n    assert where == 'in'",
        ),
    ),
    Kind(
        "of_libraries",
        "generator = np.random.default_rng(3)",
        "generator = None",
        (
            "assert isinstance(generator, np.random.Generator) and generator.random() == np.random.default_rng(3).random()",
        ),
    ),
    Kind(
        "skipping",
        "def ready():\n    return True",
        "import unittest\ndef ready():\n    raise unittest.SkipTest('later')",
        ("assert ready()",),
    ),
    Kind(
        "tables_of_spans",
        "import pandas as pd\nmonths = pd.period_range('2024-01', periods=2, freq='M')\nbands = pd.cut(pd.Series([1, 3]), bins=[0, 2, 4])",
        "months = [1, 2]\nbands = [1, 2]",
        (
            "import pandas as pd\nassert months[1] == pd.Period('2024-02', 'M') and len(months) == 2",
            "assert bands[0] == pd.Interval(0, 2) and bands.value_counts().max() == 1",
        ),
    ),
    Kind(
        "made_from",
        "class Shape:\n    def __init__(self, name):\n        self.name = name\n    def area(self):\n        raise NotImplementedError\n    def told(self):\n        return f'{self.name} of {self.area()}'\n\nclass Row(list):\n    def total(self):\n        return sum(self)",
        "class Shape:\n    def __init__(self, name):\n        self.name = name\n    def told(self):\n        return 'square'\n\nclass Row(list):\n    def total(self):\n        return 0",
        (
            "class Square(Shape):\n    def __init__(self, side):\n        super().__init__('square')\n        self.side = side\n    def area(self):\n        return self.side ** 2\nassert Square(3).told() == 'square of 9'",
            "row = Row([1, 2])\nrow.append(4)\nassert row.total() == 7 and row == [1, 2, 4]",
        ),
    ),
    Kind(
        "files",
        "with open('made.txt', 'w') as f:\n    f.write('made')",
        "made = 1",
        ("assert open('made.txt').read() == 'made'",),
    ),
    Kind(
        "figures",
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\n_ = ax.set_xlabel('t')",
        "ax = None",
        ("assert len(fig.axes) == 1", "assert ax.get_xlabel() == 't' and len(ax.lines) == 1"),
    ),
)
