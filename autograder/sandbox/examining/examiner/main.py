"""What tests import as ``__main__``: the names of the notebook, as a module."""

from __future__ import annotations

import types
from typing import Any


class Main(types.ModuleType):
    """A module whose names are those of the test and of the student.

    Attributes
    ----------
    set_names : set of str
        What was set as an attribute of it: functions of the student's see that, too.
    """

    def __init__(self, names: dict[str, Any]) -> None:
        super().__init__("__main__")
        inside = super().__dict__
        inside["_names"], inside["set_names"] = names, set()

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        return self._names

    def __getattr__(self, name: str) -> Any:
        if name == "__file__":
            raise AttributeError(name)
        try:
            return self._names[name]
        except (KeyError, NameError):
            raise AttributeError(f"module '__main__' has no attribute {name!r}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self.set_names.add(name)
        self._names[name] = value

    def __delattr__(self, name: str) -> None:
        self._names.pop(name, None)
