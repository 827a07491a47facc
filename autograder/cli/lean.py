"""Leave out what libraries import for others: it took most of the time that a command starts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.metadata import version
from types import ModuleType
from typing import Any

NBGRADER = "nbgrader"


def leave_out_what_is_slow() -> None:
    """Have what is imported from now on do without what no command needs."""
    # To check internationalised addresses, which no notebook's schema has, jsonschema would import
    # this and build a parser.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    """Finds nbgrader's package without its own code, which imports extensions of Jupyter's server.

    Its modules are found as ever.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != NBGRADER:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and spec.loader:
            spec.loader = _Later(spec.loader)
        return spec


class _Later(Loader):
    """Runs a package's own code only when something is wanted that it defines."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def exec_module(self, module: ModuleType) -> None:
        def wanted(name: str) -> Any:
            is_module = PathFinder.find_spec(f"{module.__name__}.{name}", module.__path__)
            if not name.startswith("__") and not is_module:
                self._loader.exec_module(module)
            if name in vars(module):
                return vars(module)[name]
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

        vars(module).update(__getattr__=wanted, __version__=version(NBGRADER))
