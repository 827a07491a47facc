"""Lay out two paths down the valley for drawing, and say in words what they show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.exercise import Picture
from autograder.assignment.verdict import Demonstrated, Pairs
from autograder.pages import fragment

from .bowl import VALLEY, Point

TEMPLATES = Path(__file__).with_name("templates")

WIDTH, HEIGHT = 420, 250
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 10, 40
# Contours at equal steps of the root of the cost: dense enough near the minimum.
CONTOURS = tuple((0.8 * step) ** 2 for step in range(1, 8))
# Two paths that differ by less are one on the drawing.
VISIBLE = 0.01


@dataclass(frozen=True)
class Ellipse:
    """A contour of the cost, in the drawing's units."""

    rx: float
    ry: float


@dataclass(frozen=True)
class Trace:
    """One path: the line through its points, and those of them that lie in the window."""

    line: str
    dots: tuple[Point, ...]


@dataclass(frozen=True)
class Row:
    """A step as the table shows it."""

    step: int
    own: str
    right: str


@dataclass(frozen=True)
class PathFigure:
    """All that the template draws."""

    caption: str
    own: Trace
    right: Trace
    start: Point
    minimum: Point
    contours: tuple[Ellipse, ...]
    ticks_w: tuple[tuple[float, str], ...]
    ticks_b: tuple[tuple[float, str], ...]
    rows: tuple[Row, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    right_edge: int = WIDTH - RIGHT
    bottom_edge: int = HEIGHT - BOTTOM


def draw_paths(shown: Demonstrated, id: str) -> Picture | None:
    """Return a picture of two paths; of paths that look the same only words."""
    if are_same(shown):
        return Picture(describe_paths(shown))
    figure = lay_out_paths(shown)
    if figure is None:
        return None
    html = fragment(TEMPLATES, "path.html", figure=figure, id=id)
    return Picture(figure.caption, html, (TEMPLATES / "path.css").read_text(encoding="utf-8"))


def lay_out_paths(shown: Demonstrated) -> PathFigure | None:
    """Return the two paths side by side; None where the student's took not even a step."""
    own, right = _only_group(shown.own), _only_group(shown.right)
    if len(own) < 2 or len(right) < 2:
        return None
    return PathFigure(
        caption=describe_paths(shown),
        own=_trace(own),
        right=_trace(right),
        start=_place(VALLEY.start),
        minimum=_place((0.0, 0.0)),
        contours=tuple(_contour(level) for level in CONTOURS),
        ticks_w=tuple((_place((w, 0))[0], _signed(w)) for w in (-4, -2, 0, 2)),
        ticks_b=tuple((_place((0, b))[1], _signed(b)) for b in (-1, 0, 1)),
        rows=tuple(_rows(own, right)),
    )


def describe_paths(shown: Demonstrated) -> str:
    """Say where the two paths lead."""
    own, right = _only_group(shown.own), _only_group(shown.right)
    steps = len(own) - 1
    if are_same(shown):
        return (
            f"In {steps} steps down a valley your path is the right one, so the mistake shows in "
            "other cases only."
        )
    if VALLEY.is_far(own[-1]):
        return (
            f"Your path leaves the map after {steps} {_plural('step', steps)}. "
            f"The right one comes down to {_point(right[-1])} in {len(right) - 1} steps."
        )
    if steps < len(right) - 1:
        return (
            f"Your function could not go on from its own answer after {steps} "
            f"{_plural('step', steps)}. The right path takes {len(right) - 1}."
        )
    return (
        f"After {steps} steps your path is at {_point(own[-1])}, the right one at "
        f"{_point(right[-1])}. They part at step {_parting(own, right)}."
    )


def are_same(shown: Demonstrated) -> bool:
    """Tell whether no difference could be seen."""
    own, right = _only_group(shown.own), _only_group(shown.right)
    return len(own) == len(right) and _parting(own, right) == len(own)


def _only_group(groups: tuple[Pairs, ...]) -> Pairs:
    return groups[0] if groups else ()


def _parting(own: Pairs, right: Pairs) -> int:
    """Return the first step after which the paths are visibly apart, or their length."""
    pairs = zip(own, right, strict=False)
    apart = (step for step, (a, b) in enumerate(pairs) if math.dist(a, b) > VISIBLE)
    return next(apart, min(len(own), len(right)))


def _place(point: Point) -> Point:
    """Return where a point (W1, b1) lies on the drawing; b1 grows upwards."""
    (w_low, w_high), (b_low, b_high) = VALLEY.w_range, VALLEY.b_range
    x = LEFT + (point[0] - w_low) / (w_high - w_low) * (WIDTH - LEFT - RIGHT)
    y = TOP + (b_high - point[1]) / (b_high - b_low) * (HEIGHT - TOP - BOTTOM)
    return round(x, 1), round(y, 1)


def _trace(path: Pairs) -> Trace:
    places = tuple(_place(point) for point in path)
    inside = tuple(
        (x, y) for x, y in places if LEFT <= x <= WIDTH - RIGHT and TOP <= y <= HEIGHT - BOTTOM
    )
    return Trace(" ".join(f"{x:g},{y:g}" for x, y in places), inside)


def _contour(level: float) -> Ellipse:
    """Return the ellipse on which the cost is `level`."""
    middle_x, middle_y = _place((0.0, 0.0))
    w, b = (math.sqrt(2 * level / curvature) for curvature in VALLEY.curvatures)
    x, y = _place((w, b))
    return Ellipse(round(x - middle_x, 1), round(middle_y - y, 1))


def _rows(own: Pairs, right: Pairs) -> list[Row]:
    return [
        Row(
            step,
            _point(own[step]) if step < len(own) else "–",
            _point(right[step]) if step < len(right) else "–",
        )
        for step in range(max(len(own), len(right)))
    ]


def _point(point: Point) -> str:
    return f"({_signed(round(point[0], 2))}, {_signed(round(point[1], 2))})"


def _signed(number: float) -> str:
    """Write a number with a real minus, and none before a zero."""
    return f"{number:g}".replace("-", "−") if number else "0"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
