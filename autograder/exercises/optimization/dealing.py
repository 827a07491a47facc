"""What may be said of a wrong list of mini-batches: which are right, and in what they differ."""

from __future__ import annotations

from collections.abc import Callable

from autograder.assignment.statements import (
    Statement,
    often_wrong,
    whenever_returned,
    whenever_wrong,
    wrong_where,
)

from .dealt import (
    Pair,
    cut_elsewhere,
    has_no_pairs,
    has_rows,
    is_apart,
    is_cut_alike,
    is_fair,
    is_larger,
    is_longer,
    of_pairs,
    rest,
    same,
    same_part,
    sizes,
    starts,
)

_BOUNDS = "Look at the slices: where does each start, and where does it end?"
_LAST = "Look at the last mini-batch: it holds what is left, and may be smaller."
_COUNT = "Look at how often your loop runs, and at what is added behind it."


def _claim(
    id_: str, holds: Callable[[list[Pair], list[Pair]], bool], done: str, look: str
) -> Statement:
    return whenever_wrong(id_, of_pairs(holds), done, look)


DEALING: tuple[Statement, ...] = (
    whenever_wrong(
        "fair-but-other-order",
        is_fair,
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
        lambda own, right: same(own, right[:-1]),
        "The last mini-batch is missing, and all others are right.",
        f"{_LAST} {_COUNT}",
    ),
    _claim(
        "first-missing",
        lambda own, right: same(own, right[1:]),
        "The first mini-batch is missing, and all others are right.",
        _COUNT,
    ),
    _claim(
        "one-more",
        lambda own, right: len(own) > len(right) and same(own[: len(right)], right),
        "All mini-batches are there and right, but more come after them.",
        f"{_COUNT} {_LAST}",
    ),
    _claim(
        "X-right",
        lambda own, right: same_part(0, own, right),
        "The X of every mini-batch is right, and Y is not.",
        "Compare the lines that shuffle and cut Y with those of X.",
    ),
    _claim(
        "Y-right",
        lambda own, right: same_part(1, own, right),
        "The Y of every mini-batch is right, and X is not.",
        "Compare the lines that shuffle and cut X with those of Y.",
    ),
    _claim(
        "all-right-but-the-last",
        lambda own, right: len(own) == len(right) and same(own[:-1], right[:-1]),
        "There are as many mini-batches as there should be, and the last one is wrong.",
        _LAST,
    ),
    _claim(
        "cut-elsewhere",
        cut_elsewhere,
        "Your examples are shuffled right and all there, but cut in the wrong places.",
        _BOUNDS,
    ),
    _claim(
        "starts-right",
        starts,
        "Each mini-batch starts with the right example, and some end in the wrong place.",
        "Look at where each slice ends: Python leaves the end out.",
    ),
    whenever_wrong(
        "X-and-Y-apart",
        is_apart,
        "Your mini-batches have the right sizes, but some examples have another one's label.",
        "One permutation must shuffle the columns of both X and Y.",
    ),
    _claim(
        "sizes-right",
        lambda own, right: sizes(own) == sizes(right),
        "Your mini-batches have the right number and sizes, but hold the wrong examples.",
        "Look at the permutation, and at where the slices start.",
    ),
    _claim(
        "first-right",
        lambda own, right: same(own[:1], right[:1]),
        "The first mini-batch is right, and what comes after it is not.",
        _BOUNDS,
    ),
    wrong_where(
        "right-where-size-divides",
        lambda seen: rest(seen) != 0,
        "Your mini-batches are right where their size divides m, and wrong where it does not.",
        _LAST,
    ),
    wrong_where(
        "right-where-size-does-not-divide",
        lambda seen: rest(seen) == 0,
        "Your mini-batches are wrong where their size divides m, and right where it does not.",
        "Look at the last mini-batch: what if nothing is left for it?",
    ),
    wrong_where(
        "wrong-with-large-batches",
        is_larger,
        "Your mini-batches are wrong where one is larger than all the data, and right elsewhere.",
        "What do your slices give when there is no complete mini-batch?",
    ),
    whenever_returned(
        "cut-alike",
        is_cut_alike,
        "Each example that you return has its own label: X and Y are shuffled and cut alike, and "
        "both are wrong.",
        f"The permutation is the same for both. {_BOUNDS}",
    ),
    whenever_returned(
        "Y-with-rows-of-X",
        has_rows(1, "X"),
        "The Y of your mini-batches has as many rows as X.",
        "Is it cut from X? Look at the names in the lines that shuffle and cut Y.",
    ),
    whenever_returned(
        "X-with-rows-of-Y",
        has_rows(0, "Y"),
        "The X of your mini-batches has one row only, as Y has.",
        "Is it cut from Y? Look at the names in the lines that shuffle and cut X.",
    ),
    often_wrong(
        "sides-of-other-sizes",
        of_pairs(lambda own, right: any(x.shape[1] != y.shape[1] for x, y in own)),
        "In most cases the X and the Y of a mini-batch do not hold the same number of examples.",
        "Compare the slice of X with the slice of Y.",
    ),
    whenever_returned(
        "no-pairs",
        has_no_pairs,
        "Each entry of your list must be a pair, of the mini-batch's X and its Y; yours are not.",
        "Look at what is appended to the list.",
    ),
    _claim(
        "right-number",
        lambda own, right: len(own) == len(right) and sizes(own) != sizes(right),
        "You return as many mini-batches as you should, of the wrong sizes.",
        _BOUNDS,
    ),
    often_wrong(
        "too-few",
        of_pairs(lambda own, right: len(own) < len(right)),
        "In most cases you return fewer mini-batches than there should be.",
        _COUNT,
    ),
    often_wrong(
        "too-many",
        is_longer,
        "In most cases you return more mini-batches than there should be.",
        _COUNT,
    ),
)
