"""Lay out two signals by depth for drawing, and say in words what they show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.exercise import Picture
from autograder.assignment.verdict import Demonstrated, Pairs
from autograder.pages import fragment

TEMPLATES = Path(__file__).with_name("templates")

WIDTH, HEIGHT = 420, 250
LEFT, RIGHT, TOP, BOTTOM = 58, 10, 10, 40
# Two strengths that differ by less are one on the drawing; they are logarithms.
VISIBLE = 0.005

Point = tuple[float, float]


@dataclass(frozen=True)
class Trace:
    """One signal: the line through its points, and the points."""

    line: str
    dots: tuple[Point, ...]


@dataclass(frozen=True)
class Row:
    """A layer as the table shows it."""

    layer: int
    own: str
    right: str


@dataclass(frozen=True)
class SignalFigure:
    """All that the template draws."""

    caption: str
    own: Trace
    right: Trace
    ticks_layer: tuple[tuple[float, int], ...]
    ticks_strength: tuple[tuple[float, int], ...]
    rows: tuple[Row, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    right_edge: int = WIDTH - RIGHT
    bottom_edge: int = HEIGHT - BOTTOM


@dataclass(frozen=True)
class _Window:
    """How many layers are drawn, and which powers of ten."""

    layers: int
    low: int
    high: int

    def place(self, point: Point) -> Point:
        """Return where a point lies on the drawing; strength grows upwards."""
        x = LEFT + point[0] / self.layers * (WIDTH - LEFT - RIGHT)
        y = TOP + (self.high - point[1]) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)
        return round(x, 1), round(y, 1)


def draw_signals(shown: Demonstrated, id: str) -> Picture | None:
    """Return a picture of two signals; of signals that look the same only words."""
    if are_same(shown):
        return Picture(describe_signals(shown))
    figure = lay_out_signals(shown)
    if figure is None:
        return None
    html = fragment(TEMPLATES, "signal.html", figure=figure, id=id)
    return Picture(figure.caption, html, (TEMPLATES / "signal.css").read_text(encoding="utf-8"))


def lay_out_signals(shown: Demonstrated) -> SignalFigure | None:
    """Return the two signals in one window; None where the student's came through no layer."""
    own, right = _only_group(shown.own), _only_group(shown.right)
    if len(own) < 2 or len(right) < 2:
        return None
    strengths = [strength for _, strength in (*own, *right)]
    low, high = math.floor(min(*strengths, -1)), math.ceil(max(*strengths, 1))
    window = _Window(len(right) - 1, low, high)
    step = max(1, -(-(high - low) // 6))
    powers = range(-(-low // step) * step, high + 1, step)
    return SignalFigure(
        caption=describe_signals(shown),
        own=_trace(own, window),
        right=_trace(right, window),
        ticks_layer=tuple((window.place((n, 0))[0], n) for n in range(window.layers + 1)),
        ticks_strength=tuple((window.place((0, power))[1], power) for power in powers),
        rows=tuple(_rows(own, right)),
    )


def describe_signals(shown: Demonstrated) -> str:
    """Say how strong the two signals are in the end."""
    own, right = _only_group(shown.own), _only_group(shown.right)
    layers = len(right) - 1
    if are_same(shown):
        return (
            f"Through {layers} layers your weights carry a signal as the right ones do, so the "
            "mistake shows in other cases only."
        )
    wanted = f"with the right weights its strength is {_number(right[-1][1])}"
    if len(own) < 2:
        return f"No signal comes through your weights of layer 1; after {layers} layers {wanted}."
    came = f"its strength is {_number(own[-1][1])} with your weights"
    if len(own) < len(right):
        return (
            f"After {_count(len(own) - 1)} {came}, and through the next layer nothing comes. "
            f"After {_count(layers)} {wanted}."
        )
    return (
        f"A signal of strength 1 goes through {_count(layers)}. Behind them {came}; {wanted}. "
        f"{_verdict(own[-1][1], right[-1][1])}"
    )


def are_same(shown: Demonstrated) -> bool:
    """Tell whether no difference could be seen."""
    own, right = _only_group(shown.own), _only_group(shown.right)
    pairs = zip(own, right, strict=False)
    return len(own) == len(right) and all(abs(a[1] - b[1]) <= VISIBLE for a, b in pairs)


def _verdict(own: float, right: float) -> str:
    if abs(own - right) < 1:
        return "The two differ by less than a factor of ten."
    return f"Your weights are too {'large' if own > right else 'small'}, layer after layer."


def _only_group(groups: tuple[Pairs, ...]) -> Pairs:
    return groups[0] if groups else ()


def _trace(signal: Pairs, window: _Window) -> Trace:
    places = tuple(window.place(point) for point in signal)
    return Trace(" ".join(f"{x:g},{y:g}" for x, y in places), places)


def _rows(own: Pairs, right: Pairs) -> list[Row]:
    return [
        Row(layer, *(_number(s[layer][1]) if layer < len(s) else "–" for s in (own, right)))
        for layer in range(max(len(own), len(right)))
    ]


def _count(layers: int) -> str:
    return f"{layers} layer{'' if layers == 1 else 's'}"


def _number(logarithm: float) -> str:
    """Write the number whose logarithm this is."""
    if -3 < logarithm < 4:
        return f"{float(f'{10**logarithm:.2g}'):g}"
    return f"{10 ** (logarithm % 1):.1f} × 10^{math.floor(logarithm)}".replace("-", "−")
