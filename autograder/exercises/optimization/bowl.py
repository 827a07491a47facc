"""The cost on which the steps of an optimizer are shown: a bowl whose contours are ellipses."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Bowl:
    """The cost ½ (a W1² + c b1²), whose contours are ellipses.

    Attributes
    ----------
    curvatures : tuple of two floats
        a and c.
    start : tuple of two floats
        Where a path begins, as (W1, b1).
    w_range, b_range : tuple of two floats
        The window in which it is drawn.
    """

    curvatures: Point
    start: Point
    w_range: Point
    b_range: Point

    def is_far(self, point: Point) -> bool:
        """Tell whether a point lies more than a window's width beside the window."""
        edges = zip(point, (self.w_range, self.b_range), strict=True)
        return any(not 2 * low - high <= x <= 2 * high - low for x, (low, high) in edges)


# Six times longer than wide: a plain step zigzags across, and a moment smooths it.
VALLEY = Bowl((0.5, 18.0), start=(-3.5, 1.2), w_range=(-4.2, 2.6), b_range=(-1.7, 1.7))
