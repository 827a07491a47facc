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

WAYS = (
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
)
