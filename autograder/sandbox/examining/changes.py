"""What a test does to things that both ends know: it is to be done at the other end, too."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterable
from typing import Any

from autograder.sandbox import wire
from autograder.sandbox.examining.bounds import EXAM
from autograder.sandbox.examining.references import References

# What looks the same as before is found by writing it again, so what is large is left alone.
LARGEST = 1 << 18
MOST = 200
# Python's own that tests put something of theirs in the place of, as ``patch("builtins.input")``.
REPLACED = {name: getattr(builtins, name) for name in ("print", "open")}
# The table of references and the two of `Changes.since`: whoever else holds it may change it.
_OUR_OWN = 3

WriteAll = Callable[[Iterable[Any]], list[Any]]


class Changes:
    """Watches what went to the student's end, or came from there, and is still in the test's hands.

    Parameters
    ----------
    write : callable
        Returns what travels of each of some values.
    """

    def __init__(self, refs: References, write: WriteAll) -> None:
        self._refs, self._write = refs, write
        self._before: dict[int, bytes] = {}
        self._told: dict[str, Any] = {}
        self._input = builtins.input

    def keep(self, values: Iterable[Any]) -> None:
        """Remember what can change as it is now, and what tuples hold of that kind."""
        for value in values:
            if type(value) is tuple:
                self.keep(value)
            elif (number := self._refs.known(value)) is not None and len(self._before) < MOST:
                content = self._content(value)
                if content is not None:
                    self._before[number] = content

    def _content(self, value: Any) -> bytes | None:
        """Return what a thing that can change looks like; None for anything else."""
        try:
            (written,) = self._write([value])
            if type(written) is not tuple or written[0] in ("R", "h"):
                return None
            pieces = wire.pack(written, EXAM)
        except (wire.WireError, TypeError, ValueError, OverflowError, RecursionError):
            return None
        return b"".join(map(bytes, pieces)) if sum(map(len, pieces)) < LARGEST else None

    def since(self) -> list[Any]:
        """Return what looks otherwise now; what only we hold cannot, and is watched no more."""
        changed = []
        for number, before in list(self._before.items()):
            value = self._refs.get(number)
            is_held = sys.getrefcount(value) > _OUR_OWN
            now = self._content(value)
            if now is not None and now != before:
                self._before[number] = now
                changed.append(value)
            if not is_held:
                del self._before[number]
        return self._write(changed)

    def names(self, names: dict[str, Any], shared: Iterable[str]) -> list[tuple[Any, ...]]:
        """Return the names that a test has set, or removed, since they were told."""
        now = {name: names[name] for name in shared if dict.__contains__(names, name)}
        for name, known in {**REPLACED, "input": self._input}.items():
            value = getattr(builtins, name)
            if value is not known:
                now[name] = value
            elif name == "input" and dict.__contains__(names, name):
                now[name] = names[name]
        fresh = [name for name, value in now.items() if self._told.get(name, self) is not value]
        gone = [(name,) for name in self._told if name not in now]
        self._told = now
        written = self._write([now[name] for name in fresh])
        self.keep(now[name] for name in fresh)
        return [*gone, *zip(fresh, written, strict=True)]
