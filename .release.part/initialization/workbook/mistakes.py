"""Name a known mistake by the answers that it gives to the public cases.

Of each mistake the file of public cases has a name, two sentences, and the sign of its answers: one
number that all of them are mixed into, and which cases they fail. No answer, and no code, can be
read from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from workbook import practice
from workbook.calling import Status
from workbook.practice import Tried

# So near are the signs of two solutions that make the same mistake; others are a thousand times
# farther apart.
ALIKE = 1e-8
DIGITS = 11


@dataclass(frozen=True)
class Mistake:
    """A known mistake: what was done, and one thing to look at."""

    id: str
    done: str
    look: str


class Sign(NamedTuple):
    """What stands for all answers of a function."""

    number: float
    failed: int


def sign_of(tried: Sequence[Tried]) -> Sign:
    """Return the sign of what came of all cases."""
    failed = sum(1 << place for place, one in enumerate(tried) if not one.passed)
    return Sign(number_of([one for one in tried if one.case.is_exact]), failed)


def number_of(tried: Sequence[Tried]) -> float:
    """Mix all answers into one number."""
    number = sum((1 + place * 0.618 % 1) * _number_of(one) for place, one in enumerate(tried))
    return round(float(number), DIGITS)


def named(name: str, tried: Sequence[Tried]) -> tuple[Mistake, ...]:
    """Return the known mistake, or the two, that give just these answers; often there is none."""
    known = practice.content().get(name, {})
    if not known.get("signs") or len(tried) < len(known["cases"]):
        return ()
    whole = sign_of(tried)
    few = number_of([tried[place] for place in known["few"]])
    mistakes = [Mistake(*one) for one in known["mistakes"]]
    for number, failed, place, where in known["signs"]:
        if failed == whole.failed and abs(number - whole.number) < ALIKE:
            one = mistakes[place]
            return (Mistake(one.id, f"{one.done} {where}".rstrip(), one.look),)
    pairs = [pair for number, *pair in known["pairs"] if abs(number - few) < ALIKE]
    return tuple(mistakes[place] for place in _shared(pairs))


def _shared(pairs: Sequence[Sequence[int]]) -> list[int]:
    """Return the only pair, or what all that fit have in common: the rest is a guess."""
    return [place for place in (pairs[0] if pairs else ()) if all(place in p for p in pairs)]


def _number_of(tried: Tried) -> float:
    """Mix an answer into one number between -1 and 1."""
    if tried.outcome.status is not Status.RIGHT:
        return _number_of_text(tried.outcome.error or tried.outcome.status)
    numbers = np.fromiter(_numbers(tried.outcome.value), float)
    numbers = np.nan_to_num(numbers, nan=0.123, posinf=1e30, neginf=-1e30)
    weights = np.sin(12.9898 * np.arange(1, numbers.size + 1))
    return float(weights @ numbers / (1 + np.abs(numbers).sum()))


def _numbers(value: Any) -> Iterator[float]:
    """Yield what tells an answer from others: keys, shapes and numbers."""
    if isinstance(value, Mapping):
        for key in sorted(value, key=str):
            yield _number_of_text(str(key))
            yield from _numbers(value[key])
    elif isinstance(value, tuple | list):
        yield len(value) / 7
        for part in value:
            yield from _numbers(part)
    elif isinstance(value, np.ndarray | np.generic | int | float) and np.asarray(
        value
    ).dtype.kind in ("biuf"):
        array = np.asarray(value)
        yield _number_of_text(str(array.shape))
        yield from array.ravel().tolist()
    else:
        yield _number_of_text(f"{type(value).__name__} {getattr(value, 'kind', '')}")


def _number_of_text(text: str) -> float:
    return crc32(text.encode()) / 2**32
