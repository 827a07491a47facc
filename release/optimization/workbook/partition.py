"""The law of mini-batches: shuffled in any order, they can be a fair partition of the examples."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

import numpy as np

from workbook.comparison import Finding, as_numbers, describe

# So many features tell two examples apart; to sort them by thousands would be slow.
IDENTIFYING_ROWS = 16


def partition(
    batches: Any, X: np.ndarray, Y: np.ndarray, mini_batch_size: int = 64
) -> list[Finding]:
    """Judge whether `batches` deals out every example once, together with its label.

    Parameters
    ----------
    batches : object
        The answer: should be a list of pairs, shapes (n_x, size) and (1, size).
    X, Y : ndarray of shape (n_x, m), (1, m)
        The examples, all columns different.
    mini_batch_size : int
        The size of every mini-batch but perhaps the last.

    Returns
    -------
    list of Finding
        One for the structure; where that is right, one each for sizes, completeness and pairing.
        Batches that hold more examples than there are go into no array.
    """
    problem = _structure_problem(batches, X, Y)
    findings = [Finding("the list of pairs", problem, look="See what the docstring returns.")]
    if problem:
        return findings[:1]
    return [Finding("the list of pairs"), *_dealing(batches, X, Y, mini_batch_size)]


def _list_problem(batches: Any, m: int) -> str:
    if not isinstance(batches, list | tuple):
        return f"is {describe(batches)} but should be a list"
    # Of thousands that cannot be right nobody looks into each.
    return f"has {len(batches)} mini-batches for {m} examples" if len(batches) > m else ""


def _structure_problem(batches: Any, X: np.ndarray, Y: np.ndarray) -> str:
    if problem := _list_problem(batches, X.shape[1]):
        return problem
    for index, pair in enumerate(batches):
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            return f"has {describe(pair)} at position {index} but should have a pair (X, Y)"
        for part, whole, name in zip(pair, (X, Y), "XY", strict=True):
            array = as_numbers(part)
            if array is None or array.ndim != 2 or array.shape[0] != whole.shape[0]:
                wanted = f"an array of shape ({whole.shape[0]}, batch size)"
                return f"has {describe(part)} as {name} of batch {index} but should have {wanted}"
            if array.dtype.kind == "c":
                return f"has complex numbers as {name} of batch {index} but should have real ones"
        if np.shape(pair[0])[1] != np.shape(pair[1])[1]:
            sizes = f"{np.shape(pair[0])[1]} examples and {np.shape(pair[1])[1]} labels"
            return f"has {sizes} in batch {index} but should have a label for each"
    return ""


def _dealing(
    batches: list[Any], X: np.ndarray, Y: np.ndarray, mini_batch_size: int
) -> Iterator[Finding]:
    yield Finding("the sizes", _sizes_problem(batches, X.shape[1], mini_batch_size))
    if problem := _total_problem(batches, X.shape[1]):
        yield Finding("every example once", problem, look=EVERY)
        yield Finding("X and Y together", problem, look=TOGETHER)
        return
    X = X[:IDENTIFYING_ROWS]
    dealt_X = np.hstack([X[:, :0], *(np.asarray(x)[:IDENTIFYING_ROWS] for x, _ in batches)])
    dealt_Y = np.hstack([Y[:, :0], *(np.asarray(y) for _, y in batches)])
    complete = np.array_equal(_sorted_columns(dealt_X), _sorted_columns(X))
    wrong = "fails: some columns of X are lost, repeated or changed"
    yield Finding("every example once", "" if complete else wrong, look=EVERY)
    paired = (
        dealt_X.shape[1] == dealt_Y.shape[1]
        and np.isin(_columns(np.vstack([dealt_X, dealt_Y])), _columns(np.vstack([X, Y]))).all()
    )
    wrong = "fails: some examples have another example's label"
    yield Finding("X and Y together", "" if paired else wrong, look=TOGETHER)


EVERY = "Look at the slices: where does each one start and end, and what of the last one?"
TOGETHER = "One permutation must shuffle the columns of both X and Y."


def _total_problem(batches: list[Any], m: int) -> str:
    """Say that the batches hold more columns than there are: so many are not put together."""
    for place, name in enumerate("XY"):
        total = sum(np.shape(pair[place])[1] for pair in batches)
        if total > m:
            return f"fails: the mini-batches hold {total} columns of {name}, and there are {m}"
    return ""


def _sizes_problem(batches: list[Any], m: int, mini_batch_size: int) -> str:
    count = ceil(m / mini_batch_size)
    sizes = [np.shape(x)[1] for x, _ in batches]
    wanted = [min(mini_batch_size, m - k * mini_batch_size) for k in range(count)]
    if sizes == wanted:
        return ""
    if len(sizes) != count:
        return f"fail: {m} examples in batches of {mini_batch_size} make {count}, not {len(sizes)}"
    index = next(k for k in range(count) if sizes[k] != wanted[k])
    return f"fail: batch {index} has {sizes[index]} examples but should have {wanted[index]}"


def _columns(array: np.ndarray) -> np.ndarray:
    """View each column as one comparable item."""
    rows = np.ascontiguousarray(array.T, dtype=np.float64) + 0.0  # -0.0 has other bytes than 0.0
    return rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()


def _sorted_columns(array: np.ndarray) -> np.ndarray:
    return np.sort(_columns(array))
