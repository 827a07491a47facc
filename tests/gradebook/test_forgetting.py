"""Who has left is forgotten as a whole, and nobody else; pseudonyms lead back nowhere."""

from __future__ import annotations

import csv
import subprocess

import pytest

from autograder.gradebook.people import read_people
from autograder.gradebook.pseudonyms import pseudonyms_of
from autograder.gradebook.reader import read_marks
from tests.conftest import run, with_tools
from tests.support.platform_class import NAME, PEOPLE, class_in


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


@pytest.mark.parametrize("name", ["../x", ".", "..", "a/b"])
def test_a_name_that_is_a_path_is_refused(name, own):
    command(own, "forget", name, "--yes", code=2)
