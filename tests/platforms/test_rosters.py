"""A platform's list of the class becomes nbgrader's students, again and again without harm."""

from __future__ import annotations

import pytest

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.people import Person, read_people
from autograder.platforms.rosters import read_into_gradebook
from tests.support.platform_class import EXPORTS, PEOPLE, canvas
from tests.support.tiny_course import CONFIG

pytestmark = pytest.mark.slow


@pytest.fixture
def empty(tmp_path) -> Course:
    """A course in which nobody is yet."""
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    return Course.find(tmp_path)


@pytest.mark.parametrize(
    ("name", "own", "platform_id"),
    [
        ("Canvas, a semicolon and a decimal comma", "login", "id"),
        ("Moodle", "sis", ""),
        ("Moodle, Japanese", "sis", ""),
        ("Moodle, German", "sis", ""),  # where the participant's number is called ID
        ("Brightspace", "login", "sis"),
        ("Blackboard", "login", "sis"),
        ("Gradescope", "email", "sis"),
    ],
)
def test_the_class_is_entered_once(name, own, platform_id, empty):
    maker, how = EXPORTS[name]
    path = empty.root / "class.csv"
    path.write_bytes(maker(PEOPLE[:9], **how))
    done = read_into_gradebook(empty, path)
    assert (done.new, done.changed, done.refused) == (9, 0, ())
    known = read_people(empty)
    one = PEOPLE[7]
    person = known[str(getattr(one, own))]
    assert person.name == f"{one.first} {one.last}"
    if not name.startswith(("Canvas", "Blackboard")):  # their tables have no addresses
        assert person.email == one.email
    assert person.platform_id == (str(getattr(one, platform_id)) if platform_id else "")
    again = read_into_gradebook(empty, path)
    assert (again.new, again.changed, again.same) == (0, 0, 9)
    assert read_people(empty) == known


def test_nbgraders_own_list_with_bom_and_semicolons(empty):
    path = empty.root / "students.csv"
    path.write_text("\ufeffid;first_name;last_name;email\nada;Ada;Byron;ada@x.org\nben;Ben;Li;\n")
    read_into_gradebook(empty, path)
    assert read_people(empty) == {
        "ada": Person("ada", "Ada", "Byron", "ada@x.org"),
        "ben": Person("ben", "Ben", "Li"),
    }


@pytest.mark.parametrize(
    "heads", ["ID,First_Name,Last Name,Email", "id,first_name,last_name,email,", " id,email,group"]
)
def test_headers_are_read_as_nbgrader_reads_them(heads, empty):
    path = empty.root / "students.csv"
    told = {"id": "ada", "first_name": "Ada", "last_name": "Byron", "email": "ada@x.org"}
    keys = [head.strip().lower().replace(" ", "_") for head in heads.split(",")]
    path.write_text(f"{heads}\n{','.join(told.get(key, '') for key in keys)}\n")
    read_into_gradebook(empty, path)
    expected = Person(*(told[key] if key in keys else "" for key in told))
    assert read_people(empty) == {"ada": expected}


def test_a_full_name_does_not_undo_where_the_last_name_begins(empty):
    path = empty.root / "class.csv"
    path.write_text("id,first_name,last_name\nada,Ada,de la Cruz\n")
    read_into_gradebook(empty, path)
    path.write_text("Student,ID,SIS Login ID,Section\nAda de la  Cruz,7,ada,A\n")
    read_into_gradebook(empty, path)
    assert read_people(empty)["ada"] == Person("ada", "Ada", "de la Cruz", "", "7")
    path.write_text("Student,ID,SIS Login ID,Section\nAda Byron,7,ada,A\n")
    read_into_gradebook(empty, path)
    assert read_people(empty)["ada"].name == "Ada Byron"
    path.write_text('Student,ID,SIS Login ID,Section\n"de la Cruz, Ada",7,ada,A\n')
    read_into_gradebook(empty, path)
    assert read_people(empty)["ada"].last == "de la Cruz"


def test_who_shares_what_the_column_says_is_told_so(empty):
    path = empty.root / "class.csv"
    path.write_bytes(canvas(PEOPLE[:2]))
    read_into_gradebook(empty, path)
    done = read_into_gradebook(empty, path, "Section")
    assert "2 rows have the id Section A" in done.refused[0]


def test_what_a_list_does_not_tell_stays_and_nobody_is_taken_out(empty):
    path = empty.root / "students.csv"
    path.write_text("id,first_name,email\nada,Ada,ada@x.org\nben,Ben,\n")
    read_into_gradebook(empty, path)
    path.write_text("id,first_name,email\nada,Augusta,\n")
    assert read_into_gradebook(empty, path).changed == 1
    assert read_people(empty)["ada"] == Person("ada", "Augusta", "", "ada@x.org")
    assert "ben" in read_people(empty)


def test_rows_that_are_nobodys_are_told(empty):
    path = empty.root / "students.csv"
    path.write_text("id,first_name\nada,Ada\nada,Adam\n,Ben\n../eva,Eva\n")
    refused = read_into_gradebook(empty, path).refused
    assert len(refused) == 4 and not read_people(empty)
    assert "2 rows have the id ada" in refused[0] and "it has no id" in refused[2]


def test_what_is_no_list_is_told(empty):
    path = empty.root / "students.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(UserError, match="is no table of Canvas"):
        read_into_gradebook(empty, path)
