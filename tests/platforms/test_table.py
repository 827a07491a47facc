"""A table keeps every byte but those that are written, whatever people and platforms write."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.platforms.numbers import number, written
from autograder.platforms.table import Table

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")
TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0\r\ufeff"), max_size=8
)
LAYOUTS = st.tuples(
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(ENCODINGS),
)
ROWS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=6)
)


def as_bytes(rows, layout) -> bytes:
    separator, end, quoting, encoding = layout
    text = io.StringIO(newline="")
    head = [f"h{number}" for number in range(len(rows[0]))]
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([head, *rows])
    return text.getvalue().encode(encoding)


@given(ROWS, LAYOUTS)
def test_what_is_not_written_stays_to_the_byte(rows, layout):
    table = Table(as_bytes(rows, layout))
    assert table.data() == as_bytes(rows, layout)
    assert [table.row(number) for number in range(1, len(table))] == rows


@given(ROWS, LAYOUTS, TEXT, st.data())
def test_a_cell_that_is_written_reads_back_and_changes_no_other(rows, layout, new, data):
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    table = Table(as_bytes(rows, layout))
    table.put(row + 1, column, new)
    expected = [list(cells) for cells in rows]
    expected[row][column] = new
    again = Table(table.data())
    assert [again.row(number) for number in range(1, len(again))] == expected


@given(st.binary(max_size=300))
def test_any_bytes_come_back_or_are_refused(data):
    try:
        table = Table(data)
    except UnicodeError:
        return
    assert all(table.row(number) is not None for number in range(len(table)))


@given(st.floats(0, 1000), st.sampled_from(".,"))
def test_a_number_reads_back(value, sign):
    assert number(written(value, sign)) == pytest.approx(value, abs=1e-5)


def test_what_a_spreadsheet_is_told_of_the_separator_stays():
    data = b"\xef\xbb\xbfsep=;\r\nStudent;ID\r\nAda;1\r\n"
    table = Table(data)
    assert table.header == ["Student", "ID"] and table.data() == data


def test_a_letter_that_the_encoding_lacks_costs_no_file():
    table = Table("Name,Mark\nMüller,\n".encode("cp1252"))
    table.put(1, 1, "β")
    assert table.data() == "Name,Mark\nMüller,?\n".encode("cp1252")


def test_a_row_that_is_too_short_is_filled_up():
    table = Table(b"a,b,c\n1\n")
    table.put(1, 2, "x")
    assert table.data() == b"a,b,c\n1,,x\n"
