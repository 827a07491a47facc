"""Lay out differences against the step for drawing, and say in words what they show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.exercise import Picture
from autograder.assignment.verdict import Demonstrated, Pairs
from autograder.pages import fragment

TEMPLATES = Path(__file__).with_name("templates")

WIDTH, HEIGHT = 420, 250
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 40
X_RANGE, Y_RANGE = (-3.7, -0.3), (-9.5, 2.5)
# Two exponents that differ by less are one on the drawing: 2 % of the difference.
VISIBLE = 0.01
# Two steepnesses that differ by less are one.
LEVEL = 0.1
TICKS_X = {-3: "0.001", -2: "0.01", -1: "0.1"}
TICKS_Y = {-9: "10⁻⁹", -6: "10⁻⁶", -3: "10⁻³", 0: "1"}

Point = tuple[float, float]


@dataclass(frozen=True)
class Trace:
    """One series: the line through its points, and those of them that lie in the window."""

    line: str
    dots: tuple[Point, ...]


@dataclass(frozen=True)
class SweepFigure:
    """All that the template draws."""

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


def draw_sweep(shown: Demonstrated, id: str) -> Picture | None:
    """Return a picture of two series; of series that look the same only words."""
    own, right = _only_group(shown.own), _only_group(shown.right)
    if not own or not right:
        return None
    if are_same(own, right):
        return Picture(describe_sweep(own, right))
    figure = lay_out_sweep(own, right)
    html = fragment(TEMPLATES, "sweep.html", figure=figure, id=id)
    return Picture(figure.caption, html, (TEMPLATES / "sweep.css").read_text(encoding="utf-8"))


def lay_out_sweep(own: Pairs, right: Pairs) -> SweepFigure:
    """Return both series as they are drawn."""
    return SweepFigure(
        caption=describe_sweep(own, right),
        own=_trace(own),
        right=_trace(right),
        ticks_x=tuple((_place((x, 0))[0], label) for x, label in TICKS_X.items()),
        ticks_y=tuple((_place((-1, y))[1], label) for y, label in TICKS_Y.items()),
        rows=tuple(_rows(dict(own), dict(right))),
    )


def describe_sweep(own: Pairs, right: Pairs) -> str:
    """Say how the difference changes when the step gets shorter."""
    if are_same(own, right):
        return (
            f"With {len(own)} steps, from {_number(own[0][0])} to {_number(own[-1][0])}, your "
            "difference for a right gradient is what it should be, so the mistake shows in other "
            "cases only."
        )
    says = "The gradient is right here. " + _right_words(right)
    if len(own) < len(right):
        return f"{says} Yours is a positive number in {len(own)} of {len(right)} steps."
    return f"{says} {_own_words(own, right)}"


def are_same(own: Pairs, right: Pairs) -> bool:
    """Tell whether no difference could be seen."""
    pairs = zip(own, right, strict=False)
    return len(own) == len(right) and all(abs(a[1] - b[1]) <= VISIBLE for a, b in pairs)


def _right_words(right: Pairs) -> str:
    return f"With a tenth of the step the right difference is {_shrinks(right)}."


def _own_words(own: Pairs, right: Pairs) -> str:
    first, last = _number(own[0][1]), _number(own[-1][1])
    if abs(_steepness(own) - _steepness(right)) < LEVEL:
        times = _number(own[-1][1] - right[-1][1])
        return f"So is yours, but at the end it is {times} times what it should be."
    if abs(_steepness(own)) < LEVEL:
        return f"Yours hardly changes: it is {first} at first and {last} at the end."
    return f"Yours is {_shrinks(own)}, and {last} at the end."


def _shrinks(series: Pairs) -> str:
    """Say how a series changes with a tenth of the step."""
    steepness = abs(_steepness(series))
    is_whole = abs(steepness - round(steepness)) < LEVEL
    factor = f"{10 ** round(steepness):,}" if is_whole else f"{10**steepness:.2g}"
    return f"about {factor} times as {'small' if _steepness(series) > 0 else 'large'}"


def _steepness(series: Pairs) -> float:
    """Return by how many powers of ten a series falls with a tenth of the step, at the end."""
    (x_0, y_0), (x_1, y_1) = series[max(len(series) - 3, 0)], series[-1]
    return (y_0 - y_1) / (x_0 - x_1) if x_0 != x_1 else 0.0


def _only_group(groups: tuple[Pairs, ...]) -> Pairs:
    return groups[0] if groups else ()


def _place(point: Point) -> Point:
    """Return where a pair of exponents lies on the drawing, at its edge if it is outside."""
    (x_low, x_high), (y_low, y_high) = X_RANGE, Y_RANGE
    y_inside = min(max(point[1], y_low), y_high)
    x = LEFT + (point[0] - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)
    y = TOP + (y_high - y_inside) / (y_high - y_low) * (HEIGHT - TOP - BOTTOM)
    return round(x, 1), round(y, 1)


def _trace(series: Pairs) -> Trace:
    places = tuple(map(_place, series))
    return Trace(" ".join(f"{x:g},{y:g}" for x, y in places), places)


def _rows(own: dict[float, float], right: dict[float, float]) -> list[tuple[str, str, str]]:
    return [
        (_number(x), _number(own[x]) if x in own else "–", _number(y)) for x, y in right.items()
    ]


def _number(exponent: float) -> str:
    """Write a power of ten with two digits."""
    return f"{10 ** min(max(exponent, -99.0), 99.0):.2g}".replace("e-0", "e-")
