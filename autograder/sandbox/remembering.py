"""Remember what was worked out, within a bound on its memory, for all threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """What was worked out for the keys that were asked for last, up to so much in all.

    Parameters
    ----------
    most : int
        The weight of all together: bytes, or anything else that is counted.

    Examples
    --------
    >>> squares = Remembered(most=2)
    >>> [squares.get(n, lambda: n * n) for n in (2, 3, 4)], len(squares)
    ([4, 9, 16], 2)
    """

    def __init__(self, most: int) -> None:
        self._left = most
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Hashable, make: Callable[[], Value], weight: int = 1) -> Value:
        """Return what is remembered of `key`, or what `make` returns, and remember that.

        What `make` raises is not remembered. Two threads may both make the same; the first counts.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key][0]
        value = make()
        with self._lock:
            if key in self._values:
                return self._values[key][0]
            self._values[key] = value, weight
            self._left -= weight
            while self._left < 0:
                _, (_, freed) = self._values.popitem(last=False)
                self._left += freed
        return value
