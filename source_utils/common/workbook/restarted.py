"""Say what to do where a restart of the kernel has taken the notebook's names away."""

from __future__ import annotations

import importlib
from typing import Any

FIRST_CELL = "Run the first code cell, with the imports, and then this one again"
_MODULES = "np", "plt", "math", "os", "tqdm", "perf_counter"
_SOURCES = "workbook.checks", "testCases"


def is_from_first_cell(error: BaseException) -> bool:
    """Tell whether an error is about a name that the notebook's first code cell brings."""
    name = getattr(error, "name", None)
    if not isinstance(error, NameError) or not isinstance(name, str):
        return False
    return name in _MODULES or any(name in _names(source) for source in _SOURCES)


def explain_missing_names() -> None:
    """Let each cell that lacks a name of the first one say so, below the error itself."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((NameError,), _explain)


def _explain(
    shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: Any = None
) -> Any:
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    if is_from_first_cell(error):
        print(f"{FIRST_CELL}.")


def _names(module: str) -> list[str]:
    try:
        return list(getattr(importlib.import_module(module), "__all__", ()))
    except ImportError:  # another assignment has no such module
        return []
