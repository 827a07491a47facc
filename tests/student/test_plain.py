"""What counts as a right answer does not depend on the type that holds it."""

from __future__ import annotations

from collections import ChainMap, OrderedDict, UserDict, UserList, defaultdict, deque, namedtuple
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.authoring.reference import load_reference
from tests.conftest import NAME
from tests.proving.agreement import is_accepted, is_green
from tests.proving.targets import Target
from tests.support.assignments import load
from workbook.plain import Opaque, plain

GD, ADAM, BATCHES = "update_parameters_with_gd", "initialize_adam", "random_mini_batches"

Change = Callable[[Any], Any]


class Loud(dict):
    def __getitem__(self, key):
        raise RuntimeError("a student's method is asked")

    items = keys = __iter__ = __len__ = __getitem__  # type: ignore[assignment]


class Tensor:
    """Stands for an array of another package, of which NumPy can make its own."""

    def __init__(self, numbers):
        self.numbers = numbers

    def __array__(self, dtype=None, copy=None):
        return self.numbers


class Refusing:
    def __array__(self, dtype=None, copy=None):
        raise TypeError("call .detach() first")


class OwnArray(np.ndarray):
    def __eq__(self, other):
        return np.True_

    __hash__ = None  # type: ignore[assignment]


def each(change: Change) -> Change:
    """Return what changes each array of a dict."""
    return lambda parameters: {key: change(array) for key, array in parameters.items()}


def into_memmap(array: np.ndarray) -> np.ndarray:
    mapped = np.memmap(Path(mkdtemp(dir=".")) / "numbers", array.dtype, "w+", shape=array.shape)
    mapped[:] = array
    return mapped


Pair = namedtuple("Pair", "v s")

# The exercise, what becomes of the right answer, and whether it still is right.
KINDS: list[Any] = [
    pytest.param(GD, OrderedDict, True, id="OrderedDict"),
    pytest.param(GD, lambda p: defaultdict(list, p), True, id="defaultdict"),
    pytest.param(GD, UserDict, True, id="UserDict"),
    pytest.param(GD, ChainMap, True, id="ChainMap"),
    pytest.param(GD, MappingProxyType, True, id="MappingProxyType"),
    pytest.param(GD, Loud, True, id="a dict with methods of its own"),
    pytest.param(GD, lambda p: {np.str_(k): a for k, a in p.items()}, True, id="np.str_ keys"),
    pytest.param(GD, lambda p: p | {None: 1, (1, 2): 3, 4.5: 6}, True, id="odd keys beside"),
    pytest.param(GD, lambda p: p | {"cache": object()}, True, id="an odd value beside"),
    pytest.param(GD, lambda p: {k.encode(): a for k, a in p.items()}, False, id="bytes as keys"),
    pytest.param(GD, lambda p: list(p.items()), False, id="a list of pairs for a dict"),
    pytest.param(GD, lambda p: SimpleNamespace(**p), False, id="attributes for keys"),
    pytest.param(GD, each(np.asmatrix), True, id="np.matrix"),
    pytest.param(GD, each(np.ma.array), True, id="masked array, nothing masked"),
    pytest.param(GD, each(lambda a: np.ma.array(a, mask=a > 1)), False, id="masked numbers"),
    pytest.param(GD, each(into_memmap), True, id="memmap"),
    pytest.param(GD, each(lambda a: a.view(OwnArray)), True, id="a subclass of ndarray"),
    pytest.param(GD, each(lambda a: a + 1e-3), False, id="other numbers"),
    pytest.param(GD, each(lambda a: (a + 1e-3).view(OwnArray)), False, id="== that lies"),
    pytest.param(GD, each(lambda a: a.astype(np.longdouble)), True, id="long double"),
    pytest.param(GD, each(lambda a: a.astype(">f8")), True, id="another byte order"),
    pytest.param(GD, each(np.asfortranarray), True, id="column by column"),
    pytest.param(GD, each(lambda a: a.astype(np.float32)), False, id="float32, fewer digits"),
    pytest.param(GD, each(lambda a: a.astype(np.float16)), False, id="float16, fewer digits"),
    pytest.param(GD, each(lambda a: a.astype(complex)), False, id="complex"),
    pytest.param(GD, each(lambda a: a.astype(object)), False, id="dtype object"),
    pytest.param(GD, each(lambda a: a.tolist()), False, id="nested lists for arrays"),
    pytest.param(GD, each(lambda a: [Fraction(x) for x in a.flat]), False, id="Fractions"),
    pytest.param(GD, each(lambda a: Decimal(a.flat[0])), False, id="Decimal"),
    pytest.param(GD, each(lambda a: a.flat[0]), False, id="a number for an array"),
    pytest.param(GD, each(lambda a: np.array(a.flat[0])), False, id="an array of no dimension"),
    pytest.param(GD, each(lambda a: a.astype(str)), False, id="text"),
    pytest.param(GD, each(Tensor), True, id="an array of another package"),
    pytest.param(GD, each(lambda a: Refusing()), False, id="one that NumPy cannot read"),
    pytest.param(ADAM, lambda vs: Pair(*vs), True, id="a named tuple"),
    pytest.param(ADAM, list, True, id="a list for a tuple"),
    pytest.param(ADAM, UserList, True, id="UserList"),
    pytest.param(ADAM, lambda vs: dict(zip("vs", vs, strict=True)), False, id="a dict for a tuple"),
    pytest.param(ADAM, iter, False, id="an iterator for a tuple"),
    pytest.param(ADAM, lambda vs: tuple(map(each(lambda a: a.astype(int)), vs)), True, id="int 0"),
    pytest.param(ADAM, lambda vs: tuple(map(each(lambda a: a > 0), vs)), False, id="False for 0"),
    pytest.param(ADAM, lambda vs: (vs[0], vs[0]), False, id="one dict twice"),
    pytest.param(
        ADAM,
        lambda vs: (vs[0], {key: array[:] for key, array in vs[0].items()}),
        False,
        id="views of the same numbers",
    ),
    pytest.param(BATCHES, tuple, True, id="a tuple for a list"),
    pytest.param(BATCHES, deque, True, id="deque"),
    pytest.param(BATCHES, lambda pairs: [list(pair) for pair in pairs], True, id="lists for pairs"),
    pytest.param(BATCHES, lambda pairs: [[*pair, 1] for pair in pairs], False, id="three for two"),
    pytest.param(BATCHES, iter, False, id="an iterator for a list"),
    pytest.param(BATCHES, lambda pairs: dict(enumerate(pairs)), False, id="a dict for a list"),
]


@pytest.fixture(scope="module")
def reference(repo):
    return load_reference(repo, load(NAME))


@pytest.mark.parametrize(("exercise_id", "change", "right"), KINDS)
def test_check_and_grader_take_the_same_types(
    exercise_id, change, right, reference, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    target = Target(NAME, exercise_id)

    def function(*arguments, **keywords):
        return change(reference[exercise_id](*arguments, **keywords))

    assert is_green(target, function) is right
    assert is_accepted(target, function) is right


def test_arrays_of_the_same_memory_become_one():
    numbers = np.zeros((2, 3))
    read = plain([numbers, numbers[:], numbers.view(np.matrix), numbers.T, numbers.copy()])
    assert [part is numbers for part in read] == [True, True, True, False, False]


def test_columns_of_one_block_stay_arrays_of_their_own():
    block = np.zeros((3, 5))
    first, second = plain((block[:, :2], block[:, 2:]))
    assert first is not second


def test_a_container_within_itself_stays_one():
    items: list = []
    items.append({"again": items})
    read = plain(items)
    assert read[0]["again"] is read


def test_nothing_of_a_class_is_left():
    class Text(str):
        pass

    class Whole(int):
        pass

    read = plain({Text("a"): Whole(3), "b": Text("c"), "d": type("Odd", (), {})()})
    assert read == {"a": 3, "b": "c", "d": Opaque("Odd")}
    assert [type(key) for key in read] == [str] * 3
    assert (type(read["a"]), type(read["b"])) == (int, str)


def test_an_answer_with_too_many_parts_is_left_to_the_wire():
    many = [[0]] * 10**6
    assert plain(many) is many
    assert plain([many, 1])[1] == 1
