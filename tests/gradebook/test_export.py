"""Grades as a file: nbgrader's columns as nbgrader fills them, and what it does not know."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from typing import Any

import pytest

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.export import FORMULA, Format, plain_cell, write_grades
from autograder.gradebook.nbgrader_api import open_gradebook
from tests.conftest import NAME, run
from tests.support.assignments import load
from tests.support.large_class import keep_class, large_class
from tests.support.tiny_course import silent

pytestmark = pytest.mark.slow

HOSTILE = "=HYPERLINK(1)"
ABSENT = "zoe"
IDS = [one.id for one in load(NAME).exercises]


@pytest.fixture(scope="module")
def graded_class(released_course, tmp_path_factory) -> Course:
    """A course with a graded class, a hostile name in it, and somebody who handed in nothing."""
    course = released_course.copy_to(tmp_path_factory.mktemp("exported"))
    shutil.copy(released_course.root / "gradebook.db", course.root)
    first, *others = large_class(12)
    keep_class(course, [replace(first, student=HOSTILE), *others])
    with silent(), open_gradebook(course) as gradebook:
        person: Any = {"first_name": "@SUM(A1)", "last_name": "O'Neill, Zoë"}
        gradebook.add_student(ABSENT, **person)
        submission = gradebook.find_submission(NAME, "student-0001")
        grade = submission.notebooks[0].grades[0]
        grade.manual_score = 1.25
        submission.notebooks[0].late_submission_penalty = 3.0
        gradebook.db.commit()
    return course


def table(text: str) -> dict[str, dict[str, str]]:
    return {row["student_id"]: row for row in csv.DictReader(text.splitlines())}


def exported(course: Course, tmp_path) -> dict[str, dict[str, str]]:
    return table(write_grades(course, NAME, Format.CSV, tmp_path / "g.csv").read_text())


def test_the_columns_of_nbgrader_are_filled_as_nbgrader_fills_them(graded_class, tmp_path):
    theirs_at = tmp_path / "theirs.csv"
    outcome = run("nbgrader", "export", "--to", str(theirs_at), cwd=graded_class.root)
    assert outcome.returncode == 0, outcome.stderr
    # nbgrader quotes nothing, so of the one name with a comma only the rest can be compared.
    theirs = table(theirs_at.read_text())
    ours = exported(graded_class, tmp_path)
    for student in set(theirs) - {ABSENT}:
        mine = ours[plain_cell(student)]
        for column in set(theirs[student]) - {"student_id"}:
            a, b = mine[column], theirs[student][column]
            assert a == b or float(a) == pytest.approx(float(b)), (student, column)
    assert set(ours) - {plain_cell(HOSTILE)} == set(theirs) - {HOSTILE}


def test_points_by_exercise_add_up(graded_class, tmp_path):
    for row in exported(graded_class, tmp_path).values():
        assert sum(float(row[name]) for name in IDS) == pytest.approx(float(row["raw_score"]))


def test_a_manual_score_and_a_penalty_count(graded_class, tmp_path):
    row = exported(graded_class, tmp_path)["student-0001"]
    assert 1.25 in [float(row[name]) for name in IDS]
    assert float(row["score"]) == pytest.approx(max(0, float(row["raw_score"]) - 3))


def test_who_has_not_handed_in_has_0(graded_class, tmp_path):
    row = exported(graded_class, tmp_path)[ABSENT]
    assert {float(row[name]) for name in (*IDS, "raw_score", "score")} == {0.0}
    assert row["last_name"] == "O'Neill, Zoë"


def test_misconceptions_are_named_by_id(graded_class, tmp_path):
    rows = exported(graded_class, tmp_path)
    expected = {one.student: " ".join(one.diagnosed) for one in large_class(12)}
    assert any(expected.values())
    for student in set(expected) & set(rows):
        assert rows[student]["diagnoses"] == expected[student]


def test_no_cell_is_a_formula(graded_class, tmp_path):
    cells = [cell for row in exported(graded_class, tmp_path).values() for cell in row.values()]
    assert f"'{HOSTILE}" in cells
    assert "'@SUM(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(FORMULA)]


def test_json_has_the_same_as_it_is(graded_class, tmp_path):
    path = write_grades(graded_class, NAME, Format.JSON, tmp_path / "g.json")
    rows = {row["student_id"]: row for row in json.loads(path.read_text())}
    assert rows[HOSTILE]["points"].keys() == set(IDS)
    assert rows[ABSENT]["first_name"] == "@SUM(A1)"
    assert isinstance(rows["student-0002"]["diagnoses"], list)


def test_nbgraders_own_command_writes_the_same_file(graded_class, tmp_path):
    plugin = "--exporter=autograder.gradebook.export.ExercisePoints"
    path = tmp_path / "theirs.csv"
    command = ("nbgrader", "export", plugin, "--to", str(path), "--assignment", f"['{NAME}']")
    outcome = run(*command, cwd=graded_class.root)
    assert outcome.returncode == 0, outcome.stderr
    assert table(path.read_text()) == exported(graded_class, tmp_path)


def test_the_command_says_where_the_file_is(graded_class):
    outcome = run("autograder", "export", NAME, cwd=graded_class.root)
    assert outcome.returncode == 0, outcome.stderr
    path = graded_class.root / "report" / f"{NAME}.csv"
    assert str(path) in outcome.stdout
    assert path.stat().st_mode & 0o077 == 0


def test_an_unknown_format_is_refused(graded_class):
    outcome = run("autograder", "export", NAME, "--format", "xls", cwd=graded_class.root)
    assert outcome.returncode == 2
    assert "There is no format 'xls': choose csv or json." in outcome.stderr


def test_a_file_that_cannot_be_written_is_named(graded_class, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        write_grades(graded_class, NAME, Format.CSV, tmp_path / "file" / "grades.csv")
