"""What the numbers of a class say about it and about the exercises. Pure: numbers in, numbers out.

An index that the numbers do not determine is None: with nobody, or with no two students apart,
there is nothing to tell.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

# With groups of 27 % at either end of a normal distribution, an item's discrimination is told with
# the greatest certainty: T. L. Kelley, "The selection of upper and lower groups for the validation
# of test items", Journal of Educational Psychology 30 (1939), 17-24.
KELLEY = 0.27
# A correlation of fewer pairs is always 1 or -1.
FEWEST_PAIRS = 3


@dataclass(frozen=True)
class Bin:
    """How many values are at least `low` and below `high`; the last bin holds its `high` too."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Summary:
    """The middle and the spread of some values."""

    mean: float
    median: float
    deviation: float
    low: float
    high: float


def histogram(values: Iterable[float], low: float, high: float, bins: int) -> tuple[Bin, ...]:
    """Count values in bins of equal width; those outside go into the first or last."""
    counts = [0] * bins
    width = (high - low) / bins
    for value in values:
        counts[min(max(int((value - low) / width), 0), bins - 1)] += 1
    return tuple(
        Bin(low + number * width, low + (number + 1) * width, count)
        for number, count in enumerate(counts)
    )


def summary(values: Sequence[float]) -> Summary | None:
    """Return the middle and the spread, or None of nothing."""
    if not values:
        return None
    return Summary(
        statistics.fmean(values),
        statistics.median(values),
        statistics.pstdev(values),
        min(values),
        max(values),
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the smallest value that at least `share` of all values do not exceed.

    >>> percentile([1, 2, 3, 4], 0.5)
    2
    """
    ordered = sorted(values)
    rank = math.ceil(share * len(ordered))
    return ordered[max(rank, 1) - 1] if ordered else None


def neat_bound(value: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20, ... or 0.5, 0.2, 0.1, ... that `value` is within.

    >>> [neat_bound(value) for value in (0.18, 3, 10)]
    [0.2, 5.0, 10.0]
    """
    if value <= 0:
        return 1.0
    power = math.floor(math.log10(value))
    steps = (float(f"{digit}e{power}") for digit in (1, 2, 5, 10))
    return next(step for step in steps if value <= step)


def difficulty(shares: Sequence[float]) -> float | None:
    """Return the mean share of the points that was earned: 1 is the easiest."""
    return statistics.fmean(shares) if shares else None


def discrimination(shares: Sequence[float], totals: Sequence[float]) -> float | None:
    """Return how much more of an exercise the best students earned than the weakest.

    The mean share in the upper 27 % by total less that in the lower 27 %, from -1 to 1. Students
    with the same total as the last of a group enter it with equal weights, so that nothing hangs on
    the order of names.
    """
    size = round(KELLEY * len(totals))
    if not size or min(totals) == max(totals):
        return None
    pairs = sorted(zip(totals, shares, strict=True))
    return _mean_of_first(pairs[::-1], size) - _mean_of_first(pairs, size)


def item_rest_correlation(shares: Sequence[float], rests: Sequence[float]) -> float | None:
    """Return the correlation of an exercise with the points of all the others.

    With the exercise itself in the total, a correlation would come out too high.
    """
    alike = any(min(values) == max(values) for values in (shares, rests) if values)
    if alike or len(shares) < FEWEST_PAIRS:
        return None
    return statistics.correlation(shares, rests)


def _mean_of_first(pairs: Sequence[tuple[float, float]], size: int) -> float:
    """Return the mean share of the first `size` students; ties with the last of them share."""
    left, total = size, 0.0
    for _, tied in groupby(pairs, key=lambda pair: pair[0]):
        shares = [share for _, share in tied]
        taken = min(left, len(shares))
        total += taken * statistics.fmean(shares)
        left -= taken
        if not left:
            break
    return total / size
