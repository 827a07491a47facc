"""Objects that both ends of an examination know, by a number."""

from __future__ import annotations

from typing import Any

MOST = 200_000


class Malformed(Exception):
    """What came is nothing that the other end may send."""


class TooMany(Exception):
    """An examination made more objects known than it may."""


class References:
    """What was made known to the other end, or by it; kept, so that no number is used twice.

    Parameters
    ----------
    step : int
        1 for the examiner, -1 for the student's end: each counts away from 0.

    Attributes
    ----------
    is_students : bool
        Whether this is the student's end.
    """

    def __init__(self, step: int) -> None:
        self._step, self._last = step, 0
        self.is_students = step < 0
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}

    def number(self, value: Any) -> int:
        """Return the number of an object, a new one if it has none."""
        known = self._numbers.get(id(value))
        if known is None:
            self._last += self._step
            known = self._last
            self.add(known, value)
        return known

    def known(self, value: Any) -> int | None:
        """Return the number of an object if it has one."""
        return self._numbers.get(id(value))

    def add(self, number: int, value: Any) -> Any:
        """Make an object known by a number of the other end's."""
        if len(self._objects) >= MOST:
            raise TooMany(f"more than {MOST} objects were made known")
        before = self._objects.get(number)
        if before is not None and before is not value:
            self._numbers.pop(id(before), None)
        self._objects[number] = value
        self._numbers[id(value)] = number
        return value

    def get(self, number: int) -> Any:
        """Return the object of a number; KeyError if there is none."""
        return self._objects[number]

    def is_known(self, number: int) -> bool:
        """Tell whether there is an object of that number."""
        return number in self._objects

    def is_foreign(self, number: int) -> bool:
        """Tell whether the other end made it known."""
        return number * self._step < 0
