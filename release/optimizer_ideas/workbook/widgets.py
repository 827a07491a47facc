"""Live sliders where there are any."""

from __future__ import annotations

import importlib
import os
from types import ModuleType


def live_widgets() -> ModuleType | None:
    """Return ipywidgets, or None where it is missing or WORKBOOK_STATIC asks for still pictures."""
    if os.environ.get("WORKBOOK_STATIC"):
        return None
    try:
        return importlib.import_module("ipywidgets")
    except ImportError:
        return None
