"""Leave out what libraries import for others: it took most of the time that a command starts."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

NBGRADER = "nbgrader"


def leave_out_what_is_slow() -> None:
    """Have what is imported from now on do without what no command needs."""
    # To check internationalised addresses, which no notebook's schema has, jsonschema would import
    # this and build a parser.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    if NBGRADER not in sys.modules and (spec := find_spec(NBGRADER)):
        sys.modules[NBGRADER] = _without_servers(spec)


def _without_servers(spec: ModuleSpec) -> ModuleType:
    """Return nbgrader's package, whose own code imports its four extensions of Jupyter's server.

    Its modules are found as ever. Its code runs when Jupyter's server asks for the extensions.
    """
    package = module_from_spec(spec)

    def wanted_later(name: str) -> Any:
        if "jupyter" not in name or spec.loader is None:
            raise AttributeError(f"module {NBGRADER!r} has no attribute {name!r}")
        spec.loader.exec_module(package)
        return vars(package)[name]

    package.__getattr__ = wanted_later  # type: ignore[method-assign]
    return package
