"""Draw numbers as SVG. Pure: the same numbers give the same text, and nothing is looked up.

Widths are in per cent and heights in pixels, without a viewBox: a chart fills the width it is given
and its text keeps its size, on a telephone as on paper. Colours are the page's, by class.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from autograder.report.statistics import Bin

COLUMN_HEIGHT = 170
ABOVE = 40  # room for the name of the upright axis and the count over the highest column
BELOW = 44  # room for the ticks and the name of the level axis
ROW = 34
NOTE = 16
BAR = 12
LONGEST = 40  # characters of a label that fit a telephone's width beside its value


@dataclass(frozen=True)
class Segment:
    """A part of a bar, in the axis's units; `tone` names its colour in the style sheet."""

    start: float
    end: float
    tone: str


@dataclass(frozen=True)
class Row:
    """A bar: what it is about, its value in words, and where it begins and ends."""

    label: str
    value: str
    segments: tuple[Segment, ...]
    note: str = ""


@dataclass(frozen=True)
class Axis:
    """A level axis with its name and unit, the values to mark, and a threshold if there is one."""

    low: float
    high: float
    label: str
    ticks: tuple[tuple[float, str], ...]
    threshold: float | None = None

    def place(self, value: float) -> float:
        """Return where a value is, in per cent of the width."""
        return 100 * (value - self.low) / (self.high - self.low)


def columns(title: str, bins: Sequence[Bin], x_label: str, y_label: str) -> Markup:
    """Draw a histogram: a column for each bin, its count above it."""
    floor = ABOVE + COLUMN_HEIGHT
    highest = max((column.count for column in bins), default=0) or 1
    width = 100 / len(bins)
    parts = [_text(0, 12, y_label, "name")]
    for number, column in enumerate(bins):
        height = COLUMN_HEIGHT * column.count / highest
        parts.append(_rect(number * width, width, floor - height, height, "blue"))
        if column.count:
            middle = (number + 0.5) * width
            parts.append(_text(middle, floor - height - 6, f"{column.count:,}", "mid"))
    edges = [column.low for column in bins] + [bins[-1].high]
    parts.append(_element("line", x1=0, x2="100%", y1=floor, y2=floor, class_="axis"))
    parts += [_tick(n * width, floor, f"{edge:.4g}") for n, edge in enumerate(edges)]
    parts.append(_text(50, floor + 36, x_label, "mid name"))
    return _svg(title, floor + BELOW, parts)


def bars(
    title: str, rows: Sequence[Row], axis: Axis, legend: Sequence[tuple[str, str]] = ()
) -> Markup:
    """Draw a bar for each row, its label above it, over one axis; `legend` names the tones."""
    top = 28 if legend else 0
    ends = _ends(rows, top)
    floor = ends[-1] if ends else top
    parts = list(_legend(legend))
    for value, text in axis.ticks:
        parts.append(_upright(axis.place(value), top, floor, "grid"))
        parts.append(_tick(axis.place(value), floor, text))
    placed = list(zip(rows, ends, strict=True))
    parts += [bar for row, end in placed for bar in _segments(row, end, axis)]
    if axis.threshold is not None:
        parts.append(_upright(axis.place(axis.threshold), top, floor, "threshold"))
    # Words come last: no line crosses them.
    parts += [word for row, end in placed for word in _words(row, end)]
    parts.append(_text(50, floor + 36, axis.label, "mid name"))
    return _svg(title, floor + BELOW, parts)


def _ends(rows: Sequence[Row], top: int) -> list[int]:
    """Return how far down each row reaches."""
    ends = []
    for row in rows:
        top += ROW + (NOTE if row.note else 0) + 8
        ends.append(top)
    return ends


def _segments(row: Row, end: int, axis: Axis) -> Iterable[Markup]:
    for segment in row.segments:
        start, stop = sorted((axis.place(segment.start), axis.place(segment.end)))
        if stop > start:
            yield _rect(start, stop - start, end - 12 - BAR, BAR, segment.tone)


def _words(row: Row, end: int) -> Iterable[Markup]:
    low = end - 18 - BAR
    high = low - NOTE if row.note else low
    yield _text(0, high, _short(row.label), "")
    yield _text(100, high, row.value, "end")
    if row.note:
        yield _text(0, low, _short(row.note), "note")


def _legend(names: Sequence[tuple[str, str]]) -> Iterable[Markup]:
    for number, (tone, name) in enumerate(names):
        start = 100 * number / len(names)
        yield _element("rect", x=f"{start:g}%", y=3, width=12, height=12, class_=tone)
        yield _element("text", name, x=f"{start:g}%", dx=18, y=14)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _rect(x: float, width: float, y: float, height: float, tone: str) -> Markup:
    return _element(
        "rect", x=f"{x:.4g}%", y=f"{y:.4g}", width=f"{width:.4g}%", height=f"{height:.4g}",
        class_=tone,
    )  # fmt: skip


def _tick(x: float, floor: float, text: str) -> Markup:
    """Mark a value below the axis; the outermost stay inside the chart."""
    anchors = {0: "", 100: "last"}
    return _text(x, floor + 16, text, anchors.get(round(x), "mid"))


def _upright(x: float, top: float, floor: float, kind: str) -> Markup:
    place = f"{x:.4g}%"
    return _element("line", x1=place, x2=place, y1=top, y2=floor, class_=kind)


def _text(x: float, y: float, text: str, kind: str) -> Markup:
    return _element("text", text, x=f"{x:.4g}%", y=f"{y:.4g}", class_=kind)


def _svg(title: str, height: float, parts: Iterable[Markup]) -> Markup:
    inside = Markup("").join(parts)
    return _element(
        "svg", inside, role="img", aria_label=title, width="100%", height=f"{height:g}",
        class_="chart",
    )  # fmt: skip


def _element(tag: str, content: str = "", **attributes: object) -> Markup:
    """Return an element; what is not markup already is escaped."""
    pairs = (
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value != ""
    )
    return Markup(f"<{tag}{''.join(pairs)}>{escape(content)}</{tag}>")
