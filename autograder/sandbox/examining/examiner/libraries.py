"""Things of libraries, which the student's end may import by their names."""

from __future__ import annotations

import sys
import types
from typing import Any

import numpy as np

from autograder.sandbox.examining.describing import FUNCTIONS
from autograder.sandbox.examining.travelling import tables

LIBRARY = (*FUNCTIONS, np.ufunc, type)


def library_place(value: Any) -> tuple[str, str] | None:
    """Return the module and the name by which anyone can import a thing of a library.

    Of a module itself the name is empty.
    """
    if type(value) is types.ModuleType:
        name = value.__name__
        return (name, "") if sys.modules.get(name) is value and name != "__main__" else None
    if not isinstance(value, LIBRARY):
        return None
    module = getattr(value, "__module__", None) or "numpy"
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", "")
    if module == "__main__" or module not in sys.modules or not isinstance(name, str):
        return None
    found: Any = sys.modules[module]
    for part in name.split("."):
        found = getattr(found, part, None)
    return (module, name) if found is value else None


def builtin_class(error: BaseException) -> type:
    """Return the nearest class of Python's own that an exception is of."""
    return next(kind for kind in type(error).__mro__ if tables.ERRORS.get(kind.__name__) is kind)
