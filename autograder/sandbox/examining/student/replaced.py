"""The student's end: what a test has put in the place of names, for as long as it runs."""

from __future__ import annotations

import importlib
import sys
from collections.abc import MutableMapping
from typing import Any

from autograder.sandbox.examining.travelling.tables import REPLACED

_MISSING = object()


class Replaced:
    """Sets what a test sets: names of the notebook, and of modules, until the test is over.

    A value that a test gives to a name of the notebook stays, as it does in one process.
    """

    def __init__(self, namespace: MutableMapping[str, Any]) -> None:
        self._names = namespace
        self._before: dict[tuple[str, str], Any] = {}

    def take(self, module: str, name: str, value: list[Any]) -> None:
        """Set a name of a module to a value, or of the notebook if no module is named.

        Without a value it becomes what it was before.
        """
        place = vars(importlib.import_module(module)) if module else self._names
        key = (module, name)
        if (module or name in REPLACED) and value:
            self._before.setdefault(key, place.get(name, _MISSING))
        if value:
            place[name] = value[0]
        elif key in self._before:
            self._restore(place, name, self._before.pop(key))
        else:
            place.pop(name, None)

    def put_back(self) -> None:
        """Make everything what it was before the test."""
        for (module, name), value in self._before.items():
            self._restore(vars(sys.modules[module]) if module else self._names, name, value)
        self._before.clear()

    def original(self, module: str, path: str) -> Any:
        """Return a thing of a library as it is without tests; without a path the library."""
        value: Any = importlib.import_module(module)
        for part in path.split(".") if path else ():
            is_replaced = value is sys.modules.get(module) and (module, part) in self._before
            value = self._before[module, part] if is_replaced else getattr(value, part)
        return value

    @staticmethod
    def _restore(place: MutableMapping[str, Any], name: str, value: Any) -> None:
        if value is _MISSING:
            place.pop(name, None)
        else:
            place[name] = value
