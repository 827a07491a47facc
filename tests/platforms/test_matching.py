"""Rows find their students by ids; nobody's mark goes to a namesake."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.gradebook.people import Person
from autograder.platforms.formats import layout_of
from autograder.platforms.matching import match
from autograder.platforms.table import Table

HEAD = "Student,ID,SIS User ID,SIS Login ID,Section,Quiz (1)\n    Points Possible,,,,,10\n"


def matched(rows: str, *people: Person):
    layout = layout_of(Table((HEAD + rows).encode()), Path("class.csv"))
    found = match(layout, people)
    return {layout.name(row): student for row, student in found.rows.items()}, found


CASES = {
    "by the platform's id": (
        '"Byron, Ada",4711,,x,A,\n', [Person("4711")], {"Ada Byron": "4711"}),
    "by the id that the roster brought": (
        '"Byron, Ada",4711,,x,A,\n', [Person("ada", platform_id="4711")], {"Ada Byron": "ada"}),
    "by the login": ('"Byron, Ada",4711,,ada,A,\n', [Person("ada")], {"Ada Byron": "ada"}),
    "by the address": (
        '"Byron, Ada",4711,,ada@x.org,A,\n', [Person("s1", email="Ada@x.org")],
        {"Ada Byron": "s1"}),
    "an id before a login that is another's": (
        '"Byron, Ada",ben,,ada,A,\n', [Person("ada"), Person("ben")], {"Ada Byron": "ben"}),
    "by the kind of id that the course goes by": (
        '"Byron, Ada",100,200,x,A,\n"Li, Ben",200,300,y,A,\n',
        [Person("200"), Person("300")], {"Ada Byron": "200", "Ben Li": "300"}),
    "by a name that one alone has": (
        '"Byron, Ada",4711,,x,A,\n', [Person("s1", "Ada", "Byron")], {"Ada Byron": "s1"}),
    "not by a name that two rows have": (
        '"Byron, Ada",4711,,x,A,\n"Byron, Ada",4712,,y,A,\n', [Person("s1", "Ada", "Byron")], {}),
    "not by a name that two students have": (
        '"Byron, Ada",4711,,x,A,\n', [Person("s1", "Ada", "Byron"), Person("s2", "Ada", "Byron")],
        {}),
    "no namesake beside who has the id": (
        '"Byron, Ada",1,,ada,A,\n"Byron, Ada",2,,ada2,A,\n', [Person("ada", "Ada", "Byron")],
        {"Ada Byron": "ada"}),
    "not by a name where the ids are known and other": (
        '"Byron, Ada",1,,ada2,A,\n"Li, Ben",2,,ben,A,\n',
        [Person("ada", "Ada", "Byron"), Person("ben")], {"Ben Li": "ben"}),
    "not by a name where the address is another": (
        '"Byron, Ada",1,,ada2@x.org,A,\n', [Person("s1", "Ada", "Byron", "ada@x.org")], {}),
    "not by a number that may be another kind of id": (
        '"Byron, Ada",4711,999,x,A,\n"Li, Ben",1,200,y,A,\n"Li, Cid",2,300,z,A,\n',
        [Person("4711"), Person("200"), Person("300")], {"Ben Li": "200", "Cid Li": "300"}),
    "by such a number where the class's kind of id is missing": (
        '"Byron, Ada",4711,,x,A,\n"Li, Ben",1,200,y,A,\n"Li, Cid",2,300,z,A,\n',
        [Person("4711"), Person("200"), Person("300")],
        {"Ada Byron": "4711", "Ben Li": "200", "Cid Li": "300"}),
    "by such a number where the name is the same": (
        '"Byron, Ada",4711,999,x,A,\n"Li, Ben",1,200,y,A,\n"Li, Cid",2,300,z,A,\n',
        [Person("4711", "Ada", "Byron"), Person("200"), Person("300")],
        {"Ada Byron": "4711", "Ben Li": "200", "Cid Li": "300"}),
    "by a login beside who is called by numbers": (
        '"Byron, Ada",1,999,ada,A,\n"Li, Ben",2,200,y,A,\n"Li, Cid",3,300,z,A,\n',
        [Person("ada"), Person("200"), Person("300")],
        {"Ada Byron": "ada", "Ben Li": "200", "Cid Li": "300"}),
    "not who is called by the name where the address is another": (
        '"Byron, Ada",1,,ada@x.org,A,\n', [Person("Ada Byron", email="other@x.org")], {}),
    "two rows with one id are nobody's": (
        '"Byron, Ada",1,,ada,A,\n"Li, Ben",2,,ada,A,\n', [Person("ada")], {}),
    "nothing from an empty cell": ('"Byron, Ada",1,,,A,\n', [Person("ben")], {}),
    "a student who is called by the name, and others by ids": (
        '"Byron, Ada",1,,x,A,\n"Li, Ben",2,,ben,A,\n', [Person("Ada Byron"), Person("ben")],
        {"Ada Byron": "Ada Byron", "Ben Li": "ben"}),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "people", "expected"), CASES.values(), ids=CASES)
def test_who_is_who(rows, people, expected):
    assert matched(rows, *people)[0] == expected


def test_what_is_unclear_is_told():
    _, found = matched('"Byron, Ada",1,,ada2,A,\n"Li, Ben",2,,ben,A,\n',
                       Person("ada", "Ada", "Byron"), Person("ben"))  # fmt: skip
    assert list(found.unclear.values()) == ["ada has the same name, but another id"]


def test_a_participants_number_is_nobodys_id():
    head = "Identifier,Full name,Status,Grade,Maximum grade,Grade can be changed,Feedback comments"
    table = Table(f"{head}\nParticipant 4711,Ada Byron,x,,10,Yes,\n".encode())
    found = match(layout_of(table, Path("class.csv")), [Person("4711")])
    assert found.rows == {}
