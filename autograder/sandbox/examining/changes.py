"""What is done at one end to things that both ends know: it is to be done at the other, too."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterable
from typing import Any

from autograder.sandbox import wire
from autograder.sandbox.examining import patching
from autograder.sandbox.examining.bounds import EXAM
from autograder.sandbox.examining.namespace import Namespace
from autograder.sandbox.examining.travelling import natives
from autograder.sandbox.examining.travelling.references import References
from autograder.sandbox.examining.travelling.tables import REPLACED

# What looks the same as before is found by writing it again, so what is large is left alone.
LARGEST = 1 << 18
MOST = 200
# The table of references and the two of `Changes.since`: whoever else holds it may change it.
_OUR_OWN = 3

WriteAll = Callable[[Iterable[Any]], list[Any]]


class Kept:
    """Watches what both ends know and the other end is to be told of when it has changed.

    Parameters
    ----------
    write : callable
        Returns what travels of each of some values.
    most : int
        So many things are watched.
    """

    def __init__(self, refs: References, write: WriteAll, most: int = MOST) -> None:
        self._refs, self._write, self._most = refs, write, most
        self._before: dict[int, bytes] = {}

    def keep(self, values: Iterable[Any]) -> None:
        """Remember what can change as it is now, and what tuples hold of that kind."""
        for value in values:
            if type(value) is tuple:
                self.keep(value)
            elif (number := self._refs.known(value)) is not None and len(self._before) < self._most:
                content = self._content(value)
                if content is not None:
                    self._before[number] = content

    def _content(self, value: Any) -> bytes | None:
        """Return what a thing that can change looks like; None for anything else."""
        try:
            (written,) = self._write([value])
            if type(written) is not tuple or not _can_change(written):
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


def _can_change(written: tuple[Any, ...]) -> bool:
    return written[0] != "R" and (written[0] != "h" or written[2] == natives.FORM)


class Changes(Kept):
    """Watches what both ends know and is still in the test's hands, and what the test replaces."""

    def __init__(self, refs: References, write: WriteAll) -> None:
        super().__init__(refs, write)
        self._told: dict[tuple[str, str], Any] = {}
        self._own = {name: getattr(builtins, name) for name in REPLACED}
        self._modules = patching.Watched()
        self._removed: set[str] = set()

    def begin(self, source: str, names: dict[str, Any]) -> None:
        """Take a cell for begun: what the one before replaced is in its place again over there."""
        self._told = {
            key: value for key, value in self._told.items() if not key[0] and key[1] not in REPLACED
        }
        self._modules.add(source, names)

    def names(self, names: Namespace, shared: Iterable[str]) -> list[tuple[Any, ...]]:
        """Return the names that a test has set, or removed, since they were told.

        Each with the module that it is of; with none it is one of the notebook's.
        """
        self._removed |= names.removed  # what stands there next is told, too
        told = {*shared, *self._removed}
        now = {("", name): names[name] for name in told if dict.__contains__(names, name)}
        for name, own in self._own.items():
            value = getattr(builtins, name)
            if value is not own:
                now["", name] = value
            elif name == "input" and dict.__contains__(names, name):
                now["", name] = names[name]
        now |= self._modules.replaced()
        fresh = [key for key, value in now.items() if self._told.get(key, self) is not value]
        gone = [key for key in self._told if key not in now]
        gone += [("", name) for name in names.removed]
        names.removed.clear()
        self._told = now
        written = self._write([now[key] for key in fresh])
        self.keep(now[key] for key in fresh)
        return [*gone, *((*key, value) for key, value in zip(fresh, written, strict=True))]


def handed_over(operation: str, operands: tuple[Any, ...]) -> list[Any]:
    """Return what the student's end was given of the test's own."""
    if operation == "call":
        return [*operands[1], *operands[2].values()]
    return operands[2] if operation == "special" else [*operands[1:]]
