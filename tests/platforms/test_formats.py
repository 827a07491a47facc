"""Tables are read as platforms write them, in any language and with any settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.platforms.choosing import column_of
from autograder.platforms.formats import layout_of
from autograder.platforms.layout import Column
from autograder.platforms.table import Table
from tests.support.platform_class import PEOPLE, TITLE, brightspace, canvas

FEW = PEOPLE[:3]


def read(data: bytes):
    return layout_of(Table(data), Path("class.csv"))


def worksheet(heads: str, *rows: str):
    return read("\r\n".join([heads, *rows]).encode())


def test_titles_with_commas_do_not_divide_a_table_of_semicolons():
    title = f"Week 1: {','.join('abcdefghijklmnop')} (71)"
    layout = read(canvas(FEW, separator=";").replace(b"Quiz 1 (71)", title.encode()))
    assert [one.id for one in layout.columns] == ["71", "72"]


def test_a_number_beside_one_that_all_have_is_no_mark():
    layout = worksheet(
        "ID,Vollständiger Name,ID-Nummer,Semester,Status,Bewertung,Bestwertung,"
        "Bewertung kann geändert werden,Zuletzt geändert,Feedback als Kommentar",
        "Teilnehmer/in1,Ada Byron,100,5,Abgegeben,,10,Ja,-,",
        "Teilnehmer/in2,Ben Li,101,5,Abgegeben,,10,Ja,-,",
    )
    assert [(one.title, one.maximum) for one in layout.columns] == [("Bewertung", 10)]
    assert layout.ids[:2] == (0, 2)


def test_brightspace_says_what_a_column_is_after_its_title():
    assert read(brightspace(FEW)).columns[0].title == TITLE


@pytest.mark.parametrize(
    "words", ["Calificación de puntos <Numérico Máx. puntos:3 Peso:10>", "poäng <Tal MaxPoäng:3>"]
)
def test_brightspace_is_read_in_languages_that_nobody_thought_of(words):
    told = f"{TITLE} Points Grade <Numeric MaxPoints:3 Weight:10>"
    layout = read(brightspace(FEW).decode().replace(told, f"{TITLE} {words}").encode())
    found = column_of(layout, TITLE, None, 3.0)
    assert isinstance(found, Column)
    assert (found.place, found.maximum) == (5, 3)


def test_brightspaces_words_and_totals_are_no_points():
    told = f"{TITLE} Points Grade <Numeric MaxPoints:3 Weight:10>"
    text = brightspace(FEW).decode()
    for heads in (f"{TITLE} Text <Text>", "Calculated Final Grade <Numeric MaxPoints:9>"):
        layout = read(text.replace(told, heads).encode())
        assert [one.title for one in layout.columns] == ["Quiz"]


def test_what_is_no_table_is_shown_on_one_line():
    with pytest.raises(UserError) as told:
        read(b"a\x1b[2J,b\n1,2\n")
    assert r"a\x1b[2J, b" in str(told.value)


def test_the_test_student_is_nobody_also_with_names_apart():
    text = canvas(FEW).decode().replace("Student,ID", "LastName,FirstName,ID")
    text = text.replace("Points Possible,", "Points Possible,,").replace('"', "")
    rows = text.replace(", ", ",").encode()
    assert [layout.name(row) for layout in [read(rows)] for row in layout.rows] == [
        f"{one.first} {one.last}" for one in FEW
    ]


@pytest.mark.parametrize("place", [6, 7])
def test_a_column_is_told_by_its_place_where_titles_are_the_same(place):
    layout = read(brightspace(FEW).replace(b"Quiz Points", f"{TITLE} Points".encode()))
    assert isinstance(column_of(layout, TITLE, None), list)
    assert isinstance(column_of(layout, TITLE, TITLE), list)
    found = column_of(layout, TITLE, f"#{place}")
    assert isinstance(found, Column)
    assert found.place == place - 1


@pytest.mark.parametrize(("points", "is_clear"), [("10.00", False), ("3.00", True)])
def test_a_title_that_only_holds_the_name_counts_where_the_points_agree(points, is_clear):
    text = canvas(FEW).decode().replace(f"{TITLE} (72)", f"{TITLE}: reading quiz (72)")
    layout = read(text.replace(",3.00,", f",{points},").encode())
    assert isinstance(column_of(layout, TITLE, None, 3.0), Column) is is_clear
