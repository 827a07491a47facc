"""What all figures share: colours that everybody can tell apart, a style, panels to draw in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The palette of Okabe and Ito, made to be told apart with any kind of colour vision.
# https://jfly.uni-koeln.de/color/
BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
PURPLE, SKY_BLUE = "#CC79A7", "#56B4E9"
COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE)

STYLE: dict[Any, Any] = {
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "axes.labelsize": 11,
    "font.size": 10,
    "legend.frameon": False,
    "figure.dpi": 100,
}


@contextmanager
def panels(columns: int = 1, rows: int = 1, height: float = 3.6) -> Iterator[list[Axes]]:
    """Make a figure as wide as the notebook, hand out its panels, and show it at the end."""
    # Here, as it takes a while: a grader, for one, only wants the colours.
    import matplotlib.pyplot as plt

    with plt.rc_context(STYLE):
        size = (9, height)
        drawing, axes = plt.subplots(
            rows, columns, figsize=size, squeeze=False, layout="constrained"
        )
        yield list(axes.flat)
        finish(drawing)


def finish(drawing: Figure) -> None:
    """Show a figure; `nbgrader validate` shows it to nobody, and to draw one takes a second."""
    import matplotlib.pyplot as plt

    if os.environ.get("NBGRADER_VALIDATING"):
        plt.close(drawing)
    else:
        plt.show()
