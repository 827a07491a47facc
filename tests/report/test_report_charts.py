"""What the charts draw, read back from their SVG."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.report import charts
from autograder.report.charts import Axis, Row, Segment
from autograder.report.statistics import Bin

COUNTS = st.lists(st.integers(0, 5000), min_size=1, max_size=20)
SHARES = Axis(0, 1, "share", ((0, "0 %"), (1, "100 %")))


def shapes(svg: str, tag: str, kind: str = "") -> list[dict[str, str]]:
    root = ElementTree.fromstring(svg)
    return [one.attrib for one in root.iter(tag) if not kind or one.get("class") == kind]


def words(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter("text")]


def number(text: str) -> float:
    return float(text.rstrip("%"))


@given(COUNTS)
def test_columns_are_as_high_as_their_counts(counts):
    bins = [Bin(n, n + 1, count) for n, count in enumerate(counts)]
    svg = charts.columns("title", bins, "points", "students")
    heights = [number(one["height"]) for one in shapes(svg, "rect")]
    highest = max(counts) or 1
    assert heights == pytest.approx(
        [charts.COLUMN_HEIGHT * count / highest for count in counts], rel=1e-3, abs=1e-3
    )


@given(COUNTS)
def test_every_count_that_is_not_0_is_written(counts):
    bins = [Bin(n, n + 1, count) for n, count in enumerate(counts)]
    written = words(charts.columns("title", bins, "points", "students"))
    for count in counts:
        assert not count or f"{count:,}" in written
    assert {"points", "students"} <= set(written)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_bars_are_as_long_as_their_values(values):
    rows = [Row(f"row {n}", "", (Segment(0, value, "blue"),)) for n, value in enumerate(values)]
    found = shapes(charts.bars("title", rows, SHARES), "rect", "blue")
    lengths = [number(one["width"]) for one in found]
    assert lengths == pytest.approx([100 * v for v in values if v > 0], rel=1e-3, abs=1e-3)


def test_a_negative_value_ends_where_the_axis_has_its_zero():
    axis = Axis(-1, 1, "index", ((0, "0"),))
    (bar,) = shapes(
        charts.bars("title", [Row("row", "-0.5", (Segment(0, -0.5, "blue"),))], axis), "rect"
    )
    assert (number(bar["x"]), number(bar["width"])) == (25, 25)


def test_nothing_is_drawn_outside_the_chart():
    rows = [Row(f"row {n}", "1", (Segment(0, 1, "blue"),), "note") for n in range(7)]
    svg = charts.bars("title", rows, SHARES, (("blue", "all"),))
    height = number(ElementTree.fromstring(svg).attrib["height"])
    for one in shapes(svg, "rect"):
        assert number(one["x"]) + number(one["width"].rstrip("%")) <= 100 or one["width"] == "12"
        assert 0 <= number(one["y"]) < height
    assert all(0 < number(one["y"]) <= height for one in shapes(svg, "text"))


def test_a_chart_says_what_it_shows_and_is_one_image():
    root = ElementTree.fromstring(charts.bars("Half fail.", [], SHARES))
    assert (root.get("role"), root.get("aria-label")) == ("img", "Half fail.")


def test_names_are_escaped():
    hostile = '"><script>alert(1)</script>'
    svg = charts.bars(hostile, [Row(hostile, hostile, ())], SHARES)
    assert "<script" not in svg
    assert words(svg).count(hostile) == 2


def test_a_long_label_is_cut():
    (label, *_) = [
        text for text in words(charts.bars("t", [Row("a" * 99, "", ())], SHARES)) if "a" in text
    ]
    assert len(label) == charts.LONGEST
    assert label.endswith("…")
