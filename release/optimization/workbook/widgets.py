"""Live sliders where there are any."""

from __future__ import annotations

import base64
import importlib
import os
from types import ModuleType
from typing import Any

from workbook import look

# ipywidgets gives the handle of a slider no name, so that a screen reader says a bare number. The
# handles appear some time after this runs.
_NAME_HANDLES = """<script>(() => {
  let tries = 0;
  const name = () => {
    for (const slider of document.querySelectorAll(".widget-slider, .widget-hslider")) {
      const label = slider.querySelector(".widget-label")?.textContent;
      for (const part of slider.querySelectorAll(".noUi-handle, .widget-readout"))
        if (label) part.setAttribute("aria-label", label);
    }
    if (++tries < 40) setTimeout(name, 250);
  };
  name();
})();</script>"""


def live_widgets() -> ModuleType | None:
    """Return ipywidgets, or None where it is missing or WORKBOOK_STATIC asks for still pictures."""
    if os.environ.get("WORKBOOK_STATIC"):
        return None
    try:
        return importlib.import_module("ipywidgets")
    except ImportError:
        return None


def show_panel(panel: Any) -> None:
    """Show sliders and what follows them, and give their handles names.

    In a saved notebook they are dead: show a picture below that stands for them.
    """
    from IPython.display import display

    display(panel)
    display({"text/html": look.STYLE + _NAME_HANDLES, "text/plain": ""}, raw=True)


def as_image(png: bytes, alt: str) -> str:
    """Return a picture for an HTML widget: an image widget could not say what it shows."""
    return look.picture(base64.b64encode(png).decode(), alt)
