"""Which of thousands of predictions an answer may be: all numbers of one case, compared at once.

Most wrong answers are none of them. To ask each takes a second, for a hand-in that is wrong
everywhere; a table of their numbers tells it in a thousandth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.assignment.exercise import Answer, Exercise
from workbook.comparison import Tolerance, as_numbers, label_parts

# What rounding in single precision could make of a number that is near enough.
WIDER = 1.01


class Shortlist:
    """Predictions of the answer to one case, which are compared with many answers.

    Nothing that `resembles` takes for the same is left out.

    Parameters
    ----------
    predicted : sequence of Answer or None
        None stands for one that there is not.
    """

    def __init__(
        self, exercise: Exercise, predicted: Sequence[Answer | None], tolerance: Tolerance
    ) -> None:
        self._names, self._tolerance = exercise.returns, tolerance
        self._odd: list[int] = []  # what is not told by numbers alone
        found: dict[Hashable, list[tuple[int, np.ndarray]]] = defaultdict(list)
        for place, answer in enumerate(predicted):
            if answer is None:
                continue
            form, numbers = self._taken_apart(answer)
            if form is None:
                self._odd.append(place)
            else:
                found[form].append((place, numbers))
        self._tables = {
            form: ([place for place, _ in rows], np.array([row for _, row in rows]))
            for form, rows in found.items()
        }

    def of(self, answer: Answer) -> list[int]:
        """Return the places of the predictions that an answer may be, in their order."""
        if answer.status != "returned":
            return self._odd
        form, numbers = self._taken_apart(answer)
        places, table = self._tables.get(form, ([], None))
        if table is None:
            return self._odd
        near = {"rtol": WIDER * self._tolerance.relative, "atol": WIDER * self._tolerance.absolute}
        with np.errstate(all="ignore"):
            alike = np.isclose(numbers, table, equal_nan=True, **near).all(axis=1)
        return sorted([*self._odd, *(places[row] for row in np.flatnonzero(alike))])

    def _taken_apart(self, answer: Answer) -> tuple[Hashable, np.ndarray]:
        """Return the form of an answer and its numbers; no form where more than numbers counts."""
        if answer.status != "returned":
            return None, np.empty(0)
        arrays: list[np.ndarray] = []
        form = tuple(_form(label_parts(answer.value, self._names), arrays))
        if _ODD in form:
            return None, np.empty(0)
        numbers = [array.ravel().astype(complex) for array in arrays]
        return form, np.concatenate([np.empty(0, complex), *numbers])


_ODD = object()


def _form(value: Any, arrays: list[np.ndarray]) -> Iterator[Hashable]:
    """Yield what two answers have alike if they may be the same; note the arrays, in order."""
    if isinstance(value, Mapping):
        yield from ("{", len(value))
        for key in sorted(value, key=lambda key: (type(key).__name__, key)):
            yield key
            yield from _form(value[key], arrays)
    elif isinstance(value, tuple | list):
        yield from ("[", len(value))
        for part in value:
            yield from _form(part, arrays)
    elif (array := as_numbers(value)) is not None:
        yield from (array.shape, array.dtype.kind == "b")
        arrays.append(array)
    else:
        yield _ODD
