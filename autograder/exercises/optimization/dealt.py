"""What a wrong list of mini-batches has in common with the right one: questions to ask of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.assignment.statements import Seen
from workbook.comparison import as_numbers
from workbook.partition import partition

Pair = tuple[np.ndarray, np.ndarray]


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


def _own(seen: Seen) -> list[Pair] | None:
    """Return the mini-batches that were returned, unless there are more than examples."""
    is_list = seen.status == "returned" and isinstance(seen.value, list)
    if not is_list or len(seen.value) > seen.arguments["X"].shape[1]:
        return None
    return _pairs(seen.value)


def is_longer(seen: Seen) -> bool:
    """Tell whether there are more pairs than there should be; of thousands the first tell it."""
    own, right = seen.value, seen.expected
    is_list = seen.status == "returned" and isinstance(own, list)
    return is_list and len(own) > len(right) and _pairs(own[: len(right) + 1]) is not None


def of_pairs(holds: Callable[[list[Pair], list[Pair]], bool]) -> Callable[[Seen], bool]:
    """Return the same question about one case, which is answered no where there are no pairs."""

    def asked(seen: Seen) -> bool:
        own = _own(seen)
        return own is not None and holds(own, seen.expected)

    return asked


def same(one: Sequence[Pair], other: Sequence[Pair]) -> bool:
    """Tell whether two lists hold the same mini-batches."""
    return len(one) == len(other) and all(
        np.array_equal(*parts)
        for pair in zip(one, other, strict=True)
        for parts in zip(*pair, strict=True)
    )


def same_part(place: int, one: Sequence[Pair], other: Sequence[Pair]) -> bool:
    """Tell whether all X, at place 0, or all Y, at place 1, are the same."""
    return len(one) == len(other) and all(
        np.array_equal(mine[place], right[place]) for mine, right in zip(one, other, strict=True)
    )


def _joined(place: int, pairs: Sequence[Pair]) -> np.ndarray | None:
    """Return all columns in a row, or None where their heights differ."""
    heights = {pair[place].shape[0] for pair in pairs}
    return np.hstack([pair[place] for pair in pairs]) if len(heights) == 1 else None


def cut_elsewhere(own: list[Pair], right: list[Pair]) -> bool:
    """Tell whether all examples are there in the right order, be they cut as they may."""
    joined = [(_joined(place, own), _joined(place, right)) for place in (0, 1)]
    return all(
        mine is not None and wanted is not None and np.array_equal(mine, wanted)
        for mine, wanted in joined
    )


def _law(seen: Seen) -> dict[str, bool]:
    """Return which properties of a fair partition the answer has."""
    given = (seen.arguments[name] for name in ("X", "Y", "mini_batch_size"))
    findings = partition(seen.value, *given) if seen.status == "returned" else []
    return {finding.subject: finding.passed for finding in findings}


def is_fair(seen: Seen) -> bool:
    """Tell whether the answer is a fair partition, in whatever order."""
    properties = _law(seen)
    return len(properties) > 1 and all(properties.values())


def is_apart(seen: Seen) -> bool:
    """Tell whether all is dealt out once, but not each label beside its example."""
    properties = _law(seen)
    complete = properties.get("the sizes", False) and properties.get("every example once", False)
    return complete and not properties["X and Y together"] and _has_all_labels(seen)


def is_cut_alike(seen: Seen) -> bool:
    """Tell whether each example that is there has its own label."""
    properties = _law(seen)
    return properties.get("X and Y together", False) and any(x.size for x, _ in seen.value)


def has_rows(place: int, of: str) -> Callable[[Seen], bool]:
    """Return the question whether one part of each pair has as many rows as `of`."""

    def asked(seen: Seen) -> bool:
        own = _own(seen)
        rows = seen.arguments[of].shape[0]
        return bool(own) and all(pair[place].shape[0] == rows for pair in own)

    return asked


def has_no_pairs(seen: Seen) -> bool:
    """Tell whether the answer is a list none of whose entries has two parts."""
    own = seen.value
    return (
        isinstance(own, list)
        and bool(own)
        and not any(isinstance(one, tuple | list) and len(one) == 2 for one in own)
    )


def _has_all_labels(seen: Seen) -> bool:
    dealt = _joined(1, seen.value)
    return dealt is not None and np.array_equal(np.sort(dealt), np.sort(seen.arguments["Y"]))


def rest(seen: Seen) -> int:
    """Return how many examples are left for the last mini-batch."""
    return seen.arguments["X"].shape[1] % seen.arguments["mini_batch_size"]


def is_larger(seen: Seen) -> bool:
    """Tell whether one mini-batch could hold more than all examples."""
    return seen.arguments["mini_batch_size"] > seen.arguments["X"].shape[1]


def starts(own: list[Pair], right: list[Pair]) -> bool:
    """Tell whether each mini-batch is right from its start, and holds too many or too few."""
    return len(own) == len(right) and all(
        _begins_alike(mine, wanted)
        for pair in zip(own, right, strict=True)
        for mine, wanted in zip(*pair, strict=True)
    )


def _begins_alike(own: np.ndarray, right: np.ndarray) -> bool:
    common = min(own.shape[1], right.shape[1])
    return common > 0 and np.array_equal(own[:, :common], right[:, :common])


def sizes(pairs: Sequence[Pair]) -> list[tuple[int, ...]]:
    """Return the shape of each X and each Y."""
    return [part.shape for pair in pairs for part in pair]
