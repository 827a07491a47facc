"""The names of an instructor's cells, of which those that are missing are a student's."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Any, Protocol


class Answers(Protocol):
    """Asks for a student's names."""

    def name(self, name: str) -> Any:
        """Return what a student's name stands for; KeyError if it is not defined."""

    def all_names(self) -> Sequence[str]:
        """Return the names that a student's notebook has defined."""
        raise NotImplementedError


class Namespace(dict):
    """The names of an instructor's cells; those that are missing are a student's.

    Attributes
    ----------
    shadowing : frozenset of str
        Names of Python's own that the notebook asks students to define.
    removed : set of str
        Names of the student's that a test has removed, until that is told.
    find_above : callable
        What ``super`` is to cells.
    """

    def __init__(self, session: Answers, find_above: Any = super) -> None:
        super().__init__()
        self._session = session
        self.shadowing: frozenset[str] = frozenset()
        self.removed: set[str] = set()
        self.find_above = find_above

    def __contains__(self, name: object) -> bool:
        """Tell whether a name is one of the test's or of the student's, as ``in globals()``."""
        try:
            return dict.__contains__(self, name) or (type(name) is str and bool([self[name]]))
        except (KeyError, NameError):
            return False

    def __delitem__(self, name: str) -> None:
        """Remove a name of the test's; or of the student's, whose functions then miss it."""
        if not dict.__contains__(self, name):
            self[name]  # or it is no name at all
            self.removed.add(name)
        else:
            dict.__delitem__(self, name)

    def get(self, name: str, default: Any = None) -> Any:
        """Return what a name stands for."""
        try:
            return self[name]
        except (KeyError, NameError):
            return default

    def copy(self) -> Namespace:
        """Return the same names, as tests of documentation run in a copy of them."""
        made = Namespace(self._session, self.find_above)
        made.shadowing = self.shadowing
        dict.update(made, dict.items(self))
        return made

    def keys(self) -> Any:
        """Return all names, as ``dir()`` asks for them."""
        return dict.fromkeys([*dict.keys(self), *self._session.all_names()]).keys()

    def __missing__(self, name: str) -> Any:
        if name == "super":
            return self.find_above
        is_own = name.startswith("__") or (hasattr(builtins, name) and name not in self.shadowing)
        if is_own or name == "get_ipython":
            raise KeyError(name)
        try:
            return self._session.name(name)
        except KeyError:
            if name in self.shadowing:  # what Python has of that name is nobody's answer
                raise NameError(f"name {name!r} is not defined") from None
            raise KeyError(name) from None
