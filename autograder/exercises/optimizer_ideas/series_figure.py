"""Lay out two series of numbers for drawing, and say in words what they show."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.exercise import Picture
from autograder.assignment.verdict import Demonstrated, Pairs
from autograder.pages import fragment

TEMPLATES = Path(__file__).with_name("templates")

WIDTH, HEIGHT = 420, 250
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 40
# So much of the right one's height is seen as a difference.
VISIBLE = 0.01
# The window is at most so many times as high as the right series.
HIGHEST = 4.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Labels:
    """What the drawing says.

    Attributes
    ----------
    title, x, y : str
        The heading, and what lies along the two axes.
    setting : str
        One sentence on what is asked.
    """

    title: str
    x: str
    y: str
    setting: str


@dataclass(frozen=True)
class Trace:
    """One series: the line through its points, and the points."""

    line: str
    dots: tuple[Point, ...]


@dataclass(frozen=True)
class SeriesFigure:
    """All that the template draws."""

    labels: Labels
    caption: str
    own: Trace
    right: Trace
    ticks_x: tuple[tuple[float, str], ...]
    ticks_y: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, str, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    right_edge: int = WIDTH - RIGHT
    bottom_edge: int = HEIGHT - BOTTOM


@dataclass(frozen=True)
class _Window:
    """Which numbers are drawn; what is outside is drawn at the edge."""

    x: Point
    y: Point

    def place(self, point: Point) -> Point:
        across = (point[0] - self.x[0]) / (self.x[1] - self.x[0])
        up = (min(max(point[1], self.y[0]), self.y[1]) - self.y[0]) / (self.y[1] - self.y[0])
        x = LEFT + across * (WIDTH - LEFT - RIGHT)
        return round(x, 1), round(HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM), 1)


def draw_series(shown: Demonstrated, labels: Labels, id: str) -> Picture | None:
    """Return a picture of two series; of series that look the same only words."""
    own, right = _only_group(shown.own), _only_group(shown.right)
    if not own or len(right) < 2:
        return None
    caption = describe_series(own, right, labels)
    if are_same(own, right):
        return Picture(caption)
    figure = lay_out_series(own, right, labels)
    html = fragment(TEMPLATES, "series.html", figure=figure, id=id)
    return Picture(caption, html, (TEMPLATES / "series.css").read_text(encoding="utf-8"))


def lay_out_series(own: Pairs, right: Pairs, labels: Labels) -> SeriesFigure:
    """Return both series as they are drawn, in one window."""
    window = _window(own, right)
    return SeriesFigure(
        labels=labels,
        caption=describe_series(own, right, labels),
        own=_trace(own, window),
        right=_trace(right, window),
        ticks_x=_ticks(window.x, lambda x: window.place((x, 0.0))[0]),
        ticks_y=_ticks(window.y, lambda y: window.place((0.0, y))[1]),
        rows=tuple(_rows(dict(own), dict(right))),
    )


def describe_series(own: Pairs, right: Pairs, labels: Labels) -> str:
    """Say where the student's series leaves the right one, and where it ends."""
    if are_same(own, right):
        return (
            f"{labels.setting} Yours is the right one here: the mistake shows in other cases only."
        )
    if not own:
        return f"{labels.setting} Nothing came of yours that could be drawn."
    if len(own) < len(right):
        return f"{labels.setting} Yours gives {len(own)} of {len(right)} numbers."
    places = [a[0] for a, b in zip(own, right, strict=True) if abs(a[1] - b[1]) > _visible(right)]
    where = f"from {labels.x} {places[0]:g} on" if len(places) > 1 else f"at {places[0]:g}"
    return (
        f"{labels.setting} Yours differs in {len(places)} of {len(right)} places, {where}: at the "
        f"end the {labels.y} is {own[-1][1]:.4g}, and {right[-1][1]:.4g} is right."
    )


def are_same(own: Pairs, right: Pairs) -> bool:
    """Tell whether no difference could be seen."""
    pairs = zip(own, right, strict=False)
    return len(own) == len(right) and all(abs(a[1] - b[1]) <= _visible(right) for a, b in pairs)


def _visible(right: Pairs) -> float:
    numbers = [y for _, y in right]
    return VISIBLE * ((max(numbers) - min(numbers)) or 1.0)


def _window(own: Pairs, right: Pairs) -> _Window:
    numbers = [y for _, y in right]
    low, high = min(*numbers, 0.0), max(numbers)
    height = (high - low) or 1.0
    drawn = [y for _, y in own]
    low = max(min(low, *drawn), low - HIGHEST * height)
    high = min(max(high, *drawn), high + HIGHEST * height)
    margin = 0.05 * (high - low)
    places = [x for x, _ in right]
    return _Window((min(places), max(places)), (low - margin * (low < 0), high + margin))


def _ticks(ends: Point, place: Callable[[float], float]) -> tuple[tuple[float, str], ...]:
    """Return about five round numbers between two, with their places."""
    rough = (ends[1] - ends[0]) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    numbers = [n * step for n in range(math.ceil(ends[0] / step), math.floor(ends[1] / step) + 1)]
    return tuple((place(number), f"{number:.6g}".replace("-", "−")) for number in numbers)


def _trace(series: Pairs, window: _Window) -> Trace:
    places = tuple(window.place(point) for point in series)
    return Trace(" ".join(f"{x:g},{y:g}" for x, y in places), places)


def _rows(own: dict[float, float], right: dict[float, float]) -> list[tuple[str, str, str]]:
    return [(f"{x:g}", f"{own[x]:.4g}" if x in own else "–", f"{y:.4g}") for x, y in right.items()]


def _only_group(groups: tuple[Pairs, ...]) -> Pairs:
    return groups[0] if groups else ()
