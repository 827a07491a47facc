"""What may be said of a wrong list of mini-batches: which are right, and in what they differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.assignment.statements import Seen, Statement, whenever_wrong, wrong_where
from workbook import laws
from workbook.comparison import as_numbers

Pair = tuple[np.ndarray, np.ndarray]

_BOUNDS = "Look at the slices: where does each start, and where does it end?"
_LAST = "Look at the last mini-batch: it holds what is left, and may be smaller."
_COUNT = "Look at how often your loop runs, and at what is added behind it."


def _pairs(value: Any) -> list[Pair] | None:
    """Return the mini-batches, or None where the answer is no list of pairs of tables."""
    if not isinstance(value, list):
        return None
    pairs = []
    for pair in value:
        arrays = [as_numbers(part) for part in pair] if isinstance(pair, tuple | list) else []
        if len(arrays) != 2 or any(array is None or array.ndim != 2 for array in arrays):
            return None
        pairs.append(tuple(arrays))
    return pairs


def _of_pairs(holds: Callable[[list[Pair], list[Pair]], bool]) -> Callable[[Seen], bool]:
    """Return the same question about one case, which is answered no where there are no pairs."""

    def asked(seen: Seen) -> bool:
        own = _pairs(seen.value) if seen.status == "returned" else None
        return own is not None and holds(own, seen.expected)

    return asked


def _same(one: Sequence[Pair], other: Sequence[Pair]) -> bool:
    return len(one) == len(other) and all(
        np.array_equal(*parts)
        for pair in zip(one, other, strict=True)
        for parts in zip(*pair, strict=True)
    )


def _same_part(place: int, one: Sequence[Pair], other: Sequence[Pair]) -> bool:
    return len(one) == len(other) and all(
        np.array_equal(mine[place], right[place]) for mine, right in zip(one, other, strict=True)
    )


def _joined(place: int, pairs: Sequence[Pair]) -> np.ndarray | None:
    """Return all columns in a row, or None where their heights differ."""
    heights = {pair[place].shape[0] for pair in pairs}
    return np.hstack([pair[place] for pair in pairs]) if len(heights) == 1 else None


def _cut_elsewhere(own: list[Pair], right: list[Pair]) -> bool:
    joined = [(_joined(place, own), _joined(place, right)) for place in (0, 1)]
    return all(
        mine is not None and wanted is not None and np.array_equal(mine, wanted)
        for mine, wanted in joined
    )


def _law(seen: Seen) -> dict[str, bool]:
    """Return which properties of a fair partition the answer has."""
    given = (seen.arguments[name] for name in ("X", "Y", "mini_batch_size"))
    findings = laws.partition(seen.value, *given) if seen.status == "returned" else []
    return {finding.subject: finding.passed for finding in findings}


def _is_fair(seen: Seen) -> bool:
    properties = _law(seen)
    return len(properties) > 1 and all(properties.values())


def _is_apart(seen: Seen) -> bool:
    properties = _law(seen)
    complete = properties.get("the sizes", False) and properties.get("every example once", False)
    return complete and not properties["X and Y together"] and _has_all_labels(seen)


def _is_cut_alike(seen: Seen) -> bool:
    properties = _law(seen)
    return properties.get("X and Y together", False) and any(x.size for x, _ in seen.value)


def _has_rows(place: int, of: str) -> Callable[[Seen], bool]:
    """Return the question whether one part of each pair has as many rows as `of`."""

    def asked(seen: Seen) -> bool:
        own = _pairs(seen.value) if seen.status == "returned" else None
        rows = seen.arguments[of].shape[0]
        return bool(own) and all(pair[place].shape[0] == rows for pair in own)

    return asked


def _has_all_labels(seen: Seen) -> bool:
    dealt = _joined(1, seen.value)
    return dealt is not None and np.array_equal(np.sort(dealt), np.sort(seen.arguments["Y"]))


def _claim(
    id_: str, holds: Callable[[list[Pair], list[Pair]], bool], done: str, look: str
) -> Statement:
    return whenever_wrong(id_, _of_pairs(holds), done, look)


def _rest(seen: Seen) -> int:
    return seen.arguments["X"].shape[1] % seen.arguments["mini_batch_size"]


def _is_larger(seen: Seen) -> bool:
    return seen.arguments["mini_batch_size"] > seen.arguments["X"].shape[1]


def _starts(own: list[Pair], right: list[Pair]) -> bool:
    """Tell whether each mini-batch is right from its start, and holds too many or too few."""
    return len(own) == len(right) and all(
        _begins_alike(mine, wanted)
        for pair in zip(own, right, strict=True)
        for mine, wanted in zip(*pair, strict=True)
    )


def _begins_alike(own: np.ndarray, right: np.ndarray) -> bool:
    common = min(own.shape[1], right.shape[1])
    return common > 0 and np.array_equal(own[:, :common], right[:, :common])


def _sizes(pairs: Sequence[Pair]) -> list[tuple[int, ...]]:
    return [part.shape for pair in pairs for part in pair]


DEALING: tuple[Statement, ...] = (
    whenever_wrong(
        "fair-but-other-order",
        _is_fair,
        "Your mini-batches are fair and complete, but their order is not that of the recipe.",
        "`np.random.seed(seed)` comes first, then one `np.random.permutation(m)`; X and Y are "
        "picked in its order.",
    ),
    _claim(
        "no-batches",
        lambda own, right: not own,
        "Your list is empty.",
        "Does your loop run at all, and does it append to the list that you return?",
    ),
    _claim(
        "empty-batches",
        lambda own, right: bool(own) and not any(part.size for pair in own for part in pair),
        "Your list holds mini-batches without any example.",
        f"{_BOUNDS} A slice that ends where it starts is empty.",
    ),
    _claim(
        "last-missing",
        lambda own, right: _same(own, right[:-1]),
        "The last mini-batch is missing, and all others are right.",
        f"{_LAST} {_COUNT}",
    ),
    _claim(
        "first-missing",
        lambda own, right: _same(own, right[1:]),
        "The first mini-batch is missing, and all others are right.",
        _COUNT,
    ),
    _claim(
        "one-more",
        lambda own, right: len(own) > len(right) and _same(own[: len(right)], right),
        "All mini-batches are there and right, but more come after them.",
        f"{_COUNT} {_LAST}",
    ),
    _claim(
        "X-right",
        lambda own, right: _same_part(0, own, right),
        "The X of every mini-batch is right, and Y is not.",
        "Compare the lines that shuffle and cut Y with those of X.",
    ),
    _claim(
        "Y-right",
        lambda own, right: _same_part(1, own, right),
        "The Y of every mini-batch is right, and X is not.",
        "Compare the lines that shuffle and cut X with those of Y.",
    ),
    _claim(
        "all-right-but-the-last",
        lambda own, right: len(own) == len(right) and _same(own[:-1], right[:-1]),
        "There are as many mini-batches as there should be, and the last one is wrong.",
        _LAST,
    ),
    _claim(
        "cut-elsewhere",
        _cut_elsewhere,
        "Your examples are shuffled right and all there, but cut in the wrong places.",
        _BOUNDS,
    ),
    _claim(
        "starts-right",
        _starts,
        "Each mini-batch starts with the right example, and some end in the wrong place.",
        "Look at where each slice ends: Python leaves the end out.",
    ),
    whenever_wrong(
        "X-and-Y-apart",
        _is_apart,
        "Your mini-batches have the right sizes, but some examples have another one's label.",
        "One permutation must shuffle the columns of both X and Y.",
    ),
    _claim(
        "sizes-right",
        lambda own, right: _sizes(own) == _sizes(right),
        "Your mini-batches have the right number and sizes, but hold the wrong examples.",
        "Look at the permutation, and at where the slices start.",
    ),
    _claim(
        "first-right",
        lambda own, right: _same(own[:1], right[:1]),
        "The first mini-batch is right, and what comes after it is not.",
        _BOUNDS,
    ),
    wrong_where(
        "right-where-size-divides",
        lambda seen: _rest(seen) != 0,
        "Your mini-batches are right where their size divides m, and wrong where it does not.",
        _LAST,
    ),
    wrong_where(
        "right-where-size-does-not-divide",
        lambda seen: _rest(seen) == 0,
        "Your mini-batches are wrong where their size divides m, and right where it does not.",
        "Look at the last mini-batch: what if nothing is left for it?",
    ),
    wrong_where(
        "wrong-with-large-batches",
        _is_larger,
        "Your mini-batches are wrong where one is larger than all the data, and right elsewhere.",
        "What do your slices give when there is no complete mini-batch?",
    ),
    whenever_wrong(
        "cut-alike",
        _is_cut_alike,
        "Each example that you return has its own label: X and Y are shuffled and cut alike, and "
        "both are wrong.",
        f"The permutation is the same for both. {_BOUNDS}",
    ),
    whenever_wrong(
        "Y-with-rows-of-X",
        _has_rows(1, "X"),
        "The Y of your mini-batches has as many rows as X.",
        "Is it cut from X? Look at the names in the lines that shuffle and cut Y.",
    ),
    whenever_wrong(
        "X-with-rows-of-Y",
        _has_rows(0, "Y"),
        "The X of your mini-batches has one row only, as Y has.",
        "Is it cut from Y? Look at the names in the lines that shuffle and cut X.",
    ),
    _claim(
        "right-number",
        lambda own, right: len(own) == len(right) and _sizes(own) != _sizes(right),
        "You return as many mini-batches as you should, of the wrong sizes.",
        _BOUNDS,
    ),
)
