"""Change what travels between a test and a student's function, and have it read.

Run ``python -m tests.support.fuzz_travelling [--runs N] [--seed N]``. Of the true form of a value
some parts are taken out, put elsewhere or made something else. What is read is a value or is
refused in one way; anything else is a finding. tests/sandbox/examining has a short run.
"""

from __future__ import annotations

import argparse
import datetime
import random
from collections import Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from autograder.sandbox.examining.describing import describe
from autograder.sandbox.examining.errors import rebuilt
from autograder.sandbox.examining.travelling.reading import _READERS, Reading
from autograder.sandbox.examining.travelling.references import Malformed, References, TooMany
from autograder.sandbox.examining.travelling.writing import Writing

DAY = datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.UTC)
VALUES: list[Any] = [
    [None, True, -(2**70), 0.5, 1j, "é", b"\0", (1, [2])],
    {"a": {1, 2}, 3: frozenset("x"), (4,): range(9)},
    [slice(1, None, 2), bytearray(b"ab"), deque([1], 3), Counter("aab"), OrderedDict(a=1)],
    [defaultdict(list, a=[1]), Decimal("1.50"), Fraction(1, 3), ..., NotImplemented],
    [DAY, DAY.date(), DAY.time(), datetime.timedelta(1, 2, 3)],
    [np.arange(6.0).reshape(2, 3), np.float32(1), np.array(["a", "bc"]), np.bool_(True)],
    [np.array(["2024-01-01"], "M8[D]"), np.zeros(2, [("x", "i4"), ("y", "f8", 2)])],
    [
        np.ma.array([1, 2], mask=[False, True]),
        np.ones((1, 1)).view(np.matrix),
        np.array([1, None], object),
    ],
    [pd.Series([1, None], name="s"), pd.Index(["a", "b"]), pd.RangeIndex(3)],
    [pd.DataFrame({"x": [1, 2], "y": ["a", None]}), pd.Timestamp("2024-01-01"), pd.NaT, pd.NA],
    [pd.Categorical(["a", "b", "a"]), pd.MultiIndex.from_tuples([(1, "a"), (2, "b")])],
    [pd.Series([1, 2], dtype="Int64"), pd.Series(pd.date_range("2024", periods=2, tz="UTC"))],
    [ValueError("wrong", 1), KeyError("k"), lambda x: x],
]
# What is put in the place of a part.
OTHERS = [None, True, -1, 0, 1, 2**40, 0.5, "", "int64", "<M8[s]", "O", "V8", b"", [], (), ("R", 1)]
OTHERS += [(tag,) for tag in _READERS] + ["x" * 40, "2024-02-30", [[]], np.arange(3), np.zeros(0)]


def forms() -> list[Any]:
    """Return the true forms of values of every kind that travels."""
    return [Writing(References(1), {}, describe).write(value) for value in VALUES]


def changed(form: Any, dice: random.Random) -> Any:
    """Return a form with a part of it changed, mostly one deep inside."""
    if type(form) not in (tuple, list) or not form:
        return dice.choice(OTHERS)
    parts = list(form)
    inner = [n for n, part in enumerate(parts) if type(part) in (tuple, list) and part]
    if inner and dice.random() < 0.8:
        place = dice.choice(inner)
        parts[place] = changed(parts[place], dice)
        return type(form)(parts)
    place, how = dice.randrange(len(parts)), dice.random()
    if how < 0.1:
        del parts[place]
    elif how < 0.2:
        parts.insert(place, dice.choice([*OTHERS, *parts]))
    elif how < 0.3:
        parts[place] = dice.choice(parts)
    else:
        parts[place] = changed(parts[place], dice)
    return type(form)(parts)


def read(came: Any) -> Any:
    """Return what a form stands for; raise Malformed or TooMany if it stands for nothing."""

    def stand_in(reading: Reading, number: int, said: tuple[Any, ...]) -> Any:
        if said[0] == "x":
            return rebuilt(reading, number, tuple(said[1:]))
        raise Malformed("no object is known here")

    return Reading(References(-1), {}, stand_in).read(came)


def run(runs: int, seed: int) -> Counter[str]:
    """Have so many changed forms read; return how many were read and refused."""
    dice, known, found = random.Random(seed), forms(), Counter[str]()
    for _ in range(runs):
        came = dice.choice(known)
        for _ in range(dice.randint(1, 3)):
            came = changed(came, dice)
        try:
            read(came)
        except (Malformed, TooMany):
            found["refused"] += 1
        except Exception as fault:
            raise AssertionError(f"{came!r} raises {type(fault).__name__}: {fault}") from fault
        else:
            found["read"] += 1
    return found


def main() -> None:
    """Run as asked for, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(dict(run(options.runs, options.seed)))


if __name__ == "__main__":
    main()
