"""What makes a mark outdated, and what is told of it; what an earlier version has kept."""

from __future__ import annotations

import json
import re
import tarfile
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook
from autograder.grading.marks.basis import basis_of, changed
from autograder.grading.settings import Budgets, Settings
from tests.conftest import NAME as OPTIMIZATION
from tests.conftest import needs_isolation, run
from tests.support.term import NAME, RIGHT, WRONG, edit, grade, hand_in

pytestmark = pytest.mark.slow

# Graded by version 0.1 of this package: three hand-ins, of which a person has marked one.
EARLIER = Path(__file__).parent / "graded_by_0_1.tar.gz"


@pytest.mark.parametrize(
    ("place", "old", "new", "part"),
    [
        ("exercises/week1.py", "points=10", "points=12", ""),
        ("exercises/week1.py", "# TODO", "# DONE", ""),
        ("exercises/week1.py", "weight=2", "weight=3", "the exercises"),
        ("exercises/week1.py", "uniform(2, 9", "uniform(2, 8", "the exercises"),
        ("source_utils/week1/testCases.py", "import", "import sys\nimport", "the exercises"),
        ("environment.yml", "name:", "# newer\nname:", ""),
    ],
)
def test_a_mark_depends_on_all_that_it_is_made_from(place, old, new, part, term):
    before = basis_of(term, NAME, Settings())
    edit(term.root / place, old, new)
    now = basis_of(term, NAME, Settings())
    assert changed(before, now) == ([part] if part else [])


def test_a_mark_depends_on_the_limits_the_environment_and_the_grader(term, monkeypatch):
    before = basis_of(term, NAME, Settings())
    tighter = Settings(budgets=Budgets(call=1.0))
    assert changed(before, basis_of(term, NAME, tighter)) == ["the limits"]
    monkeypatch.setattr("autograder.grading.marks.basis.version", lambda name: f"{name} 99")
    assert changed(before, basis_of(term, NAME, Settings())) == ["the environment"]
    monkeypatch.undo()
    monkeypatch.setattr("autograder.grading.marks.basis.__version__", "99")
    assert changed(before, basis_of(term, NAME, Settings())) == ["the grader"]


def verdict_file(course: Course, student: str) -> Path:
    return course.root / ".autograder" / NAME / f"{student}.json"


@needs_isolation
def test_what_is_graded_again_is_told_with_its_reason(term):
    hand_in(term, "ada", RIGHT)
    hand_in(term, "ben", WRONG)
    assert "again" not in grade(term)
    assert "again" not in grade(term)
    with (term.root / "nbgrader_config.py").open("a") as file:
        file.write("\nc.Grading.call_seconds = 4\n")
    assert "Graded again, because of the limits: ada, ben." in grade(term)
    verdict_file(term, "ada").write_text("{")
    newer = json.loads(verdict_file(term, "ben").read_text()) | {"format": 99}
    verdict_file(term, "ben").write_text(json.dumps(newer))
    assert "because of a verdict that cannot be read: ada, ben." in grade(term)
    assert json.loads(verdict_file(term, "ben").read_text())["format"] == 2


@needs_isolation
def test_another_mark_for_the_same_hand_in_is_told(term):
    hand_in(term, "ben", WRONG)
    grade(term)
    kept = json.loads(verdict_file(term, "ben").read_text())
    kept["basis"]["the grader"] = "an earlier one"
    for case in kept["verdict"]["exercises"][0]["cases"]:
        case["outcome"] = "passed"
    verdict_file(term, "ben").write_text(json.dumps(kept))
    said = grade(term)
    assert "Graded again, because of the grader: ben." in said
    assert "ben has another mark for the same hand-in: standardize 100%, now 0%." in said


def as_graded_by_an_earlier_version(course: Course) -> Course:
    with tarfile.open(EARLIER) as archive:
        archive.extractall(course.root, filter="data")
    (course.root / ".autograder").chmod(0o700)
    return course


def marks_of(course: Course) -> dict[str, float]:
    with open_gradebook(course) as gradebook:
        assignment: Any = gradebook.find_assignment(OPTIMIZATION)
        return {row.student_id: row.score for row in assignment.submissions}


@needs_isolation
def test_a_course_that_an_earlier_version_graded_goes_on(released_course, tmp_path):
    course = as_graded_by_an_earlier_version(released_course.copy_to(tmp_path))
    before = marks_of(course)
    assert before == {"ada": 100, "eva": 82, "hugo": 80, "jan": 0}
    # What is kept is read before anything is graded again.
    for verb in ("feedback", "report", "export"):
        outcome = run("autograder", verb, OPTIMIZATION, cwd=course.root)
        assert outcome.returncode == 0, outcome.stderr
    assert "Nearly: look at t." in page_of(course, "eva")
    outcome = run("autograder", "release", OPTIMIZATION, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    outcome = run("autograder", "grade", OPTIMIZATION, cwd=course.root)
    assert outcome.returncode == 1, outcome.stderr  # jan's is no notebook
    assert "Traceback" not in outcome.stderr
    again = "Graded again, because of a verdict whose grounds are not known: ada, eva, jan."
    assert again in outcome.stdout
    told = set(re.findall(r"(\w+) has another mark", outcome.stdout))
    now = marks_of(course)
    assert {student for student in now if now[student] != before[student]} <= told
    assert now["ada"] == 100 and now["jan"] == 0
    outcome = run("autograder", "grade", OPTIMIZATION, cwd=course.root)
    assert "again" not in outcome.stdout
    assert run("autograder", "feedback", OPTIMIZATION, cwd=course.root).returncode == 0
    assert "Nearly: look at t." in page_of(course, "eva")


def page_of(course: Course, student: str) -> str:
    name = OPTIMIZATION
    return (course.feedback() / student / name / f"{name}.html").read_text()
