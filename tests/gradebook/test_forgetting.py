"""Who has left is forgotten as a whole, and nobody else; pseudonyms lead back nowhere."""

from __future__ import annotations

import csv
import subprocess

import pytest

from autograder.assignment.verdict import Verdict
from autograder.errors import UserError
from autograder.gradebook.enrolling import enrol
from autograder.gradebook.forgetting import forget, kept_of
from autograder.gradebook.kept import Kept, keep, write_data
from autograder.gradebook.people import Person, read_people
from autograder.gradebook.pseudonyms import pseudonyms_of
from autograder.gradebook.reader import read_marks
from tests.conftest import run, with_tools
from tests.support.platform_class import NAME, PEOPLE, class_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return class_in(tmp_path_factory.mktemp("leaving"), PEOPLE[:4])


def command(course, *words, code=0):
    outcome = run("autograder", *words, cwd=course.root)
    assert outcome.returncode == code, outcome.stdout + outcome.stderr
    return outcome.stdout


def test_pseudonyms_stay_and_tell_nobody(own):
    command(own, "export", NAME, "--pseudonyms")
    command(own, "report", NAME, "--pseudonyms")
    table = (own.root / "report" / f"{NAME}.csv").read_text()
    names = [row["student_id"] for row in csv.DictReader(table.splitlines())]
    assert sorted(map(pseudonyms_of(own), (one.login for one in PEOPLE[:4]))) == names
    page = (own.root / "report" / f"{NAME}.html").read_text()
    assert all(name in page for name in names)
    for text in (table, page):
        assert not any(word in text for one in PEOPLE[:4] for word in (one.login, one.last))


def test_all_of_one_student_is_removed(own):
    student, other = PEOPLE[0].login, PEOPLE[1].login
    for one in (student, other):
        for folder in (own.submitted(), own.autograded(), own.feedback()):
            (folder / one / NAME).mkdir(parents=True)
            (folder / one / NAME / "file").write_text(one)
    command(own, "export", NAME)
    assert "Nothing is removed" in run_no(own, student)
    assert student in read_people(own)
    told = command(own, "forget", student, "--yes")
    assert str(own.submitted() / student) in told
    left = [path for path in own.root.rglob("*") if student in path.name]
    assert not left and student not in read_people(own) and student not in read_marks(own, NAME)
    assert student not in (own.root / "gradebook.db").read_bytes().decode("latin-1")
    assert not (own.root / "report" / f"{NAME}.csv").exists()
    assert (own.submitted() / other / NAME / "file").read_text() == other
    assert other in read_marks(own, NAME)
    assert "Nothing is kept" in command(own, "forget", student)


def run_no(course, student) -> str:
    outcome = subprocess.run(
        ["autograder", "forget", student],
        input="n\n",
        text=True,
        cwd=course.root,
        capture_output=True,
        check=False,
        env=with_tools(),
    )
    assert outcome.returncode == 1
    return outcome.stdout


def test_who_is_called_like_the_assignment_takes_nothing_of_the_course_along(own):
    enrol(own, [Person(NAME)])
    keep(own, NAME, Kept({}, Verdict(NAME, (), 1)))
    for folder in ("points", "added", "runs"):
        write_data(own.root / ".autograder" / folder / f"{NAME}.json", {"format": 1})
    damaged = own.root / ".autograder" / "other" / f"{NAME}.json"
    damaged.parent.mkdir()
    damaged.write_text("{")
    found = forget(own, NAME)
    assert damaged in found and own.root / ".autograder" / NAME / f"{NAME}.json" in found
    for folder in ("points", "added", "runs"):
        assert (own.root / ".autograder" / folder / f"{NAME}.json").exists()


@pytest.mark.parametrize("name", ["a/b", "../up", "two\nlines"])
def test_a_name_that_only_the_gradebook_has_is_forgotten_there(name, own):
    enrol(own, [Person(name)])
    assert not [path for path in kept_of(own, name) if path.parent.name != "report"]
    forget(own, name)
    assert name not in read_people(own)
    with pytest.raises(UserError, match="no student's name"):
        kept_of(own, name)


def test_a_key_that_was_cut_short_makes_no_pseudonyms(own):
    path = own.root / ".autograder" / "pseudonyms.key"
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(b"")
    with pytest.raises(UserError, match="no key for pseudonyms"):
        pseudonyms_of(own)
    path.unlink()
    first = pseudonyms_of(own)("ada")
    assert pseudonyms_of(own)("ada") == first
    assert path.stat().st_mode & 0o077 == 0
    if before:
        path.write_bytes(before)


@pytest.mark.parametrize("name", ["../x", ".", "..", "a/b"])
def test_a_name_that_is_a_path_is_refused(name, own):
    command(own, "forget", name, "--yes", code=2)
