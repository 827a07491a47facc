"""Leave out what libraries import for others: it took most of the time that a command starts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.metadata import version
from importlib.util import LazyLoader
from types import ModuleType
from typing import Any

NBGRADER = "nbgrader"
# With these jsonschema checks formats of addresses, times and colours, which no notebook's schema
# has. It does without what is not there; the first builds a parser.
FORMATS = ("rfc3987_syntax", "rfc3986_validator", "isoduration", "webcolors", "uri_template")
# nbgrader imports these to talk to a JupyterHub, and to open the archives of its own collector.
REQUESTS = "requests"
ARCHIVES = "setuptools.archive_util"


def leave_out_what_is_slow() -> None:
    """Have what is imported from now on do without what no command needs."""
    for name in FORMATS:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    sys.modules.setdefault(ARCHIVES, _Functions(ARCHIVES))
    sys.meta_path.insert(0, _Finder())


class _Functions(ModuleType):
    """A module of functions that is imported when one of them is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **keywords: Any) -> Any:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            return getattr(import_module(self.__name__), name)(*arguments, **keywords)

        return call


class _Finder(MetaPathFinder):
    """Finds nbgrader's package without its own code, which imports extensions of Jupyter's server.

    Its modules are found as ever. What talks to a JupyterHub is imported when it is used.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in (NBGRADER, REQUESTS):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and spec.loader:
            later = LazyLoader if fullname == REQUESTS else _Later
            spec.loader = later(spec.loader)
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
