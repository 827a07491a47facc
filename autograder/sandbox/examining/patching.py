"""What a test puts in the place of a library's functions, as ``patch("random.randint")`` does."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Mapping
from typing import Any

# By these a cell names what it replaces: in a text, as an argument, on the left of an assignment.
_PLACES = (
    re.compile(r"""['"]([A-Za-z_][\w.]*)\.\w+['"]"""),
    re.compile(r"\b(?:patch\.object|patch\.multiple|setattr)\(\s*['\"]?([\w.]+)"),
    re.compile(r"^\s*([A-Za-z_][\w.]*)\.\w+\s*=(?!=)", re.MULTILINE),
)
# The examiner's own streams and the notebook's names are told in ways of their own.
_NEVER = frozenset({"builtins", "__main__", "warnings", "unittest.mock"})
_STREAM = "stdin"


class Watched:
    """The modules in which a test may have replaced something."""

    def __init__(self) -> None:
        self._before: dict[str, dict[str, Any]] = {}

    def add(self, source: str, names: Mapping[str, Any]) -> None:
        """Watch the modules that a cell names."""
        found = {place for one in _PLACES for place in one.findall(source)}
        for module in filter(None, (_module(place, names) for place in found)):
            if module.__name__ not in _NEVER:
                self._before.setdefault(module.__name__, dict(vars(module)))

    def replaced(self) -> dict[tuple[str, str], Any]:
        """Return what stands now in the place of functions, by module and name."""
        return {
            (name, key): now[key]
            for name, before in self._before.items()
            for now in [vars(sys.modules[name])]
            for key, value in before.items()
            if now.get(key, value) is not value and _counts(name, key, value)
        }


def _counts(module: str, name: str, before: Any) -> bool:
    if module == "sys":
        return name == _STREAM
    return callable(before) and not name.startswith("_")


def _module(place: str, names: Mapping[str, Any]) -> types.ModuleType | None:
    """Return the module of that name, or the one that the notebook calls so."""
    first, *rest = place.split(".")
    found: Any = sys.modules.get(place) or dict.get(names, first)  # type: ignore[arg-type]
    if place not in sys.modules:
        for part in rest:
            found = getattr(found, part, None) if isinstance(found, types.ModuleType) else None
    return found if isinstance(found, types.ModuleType) else None
