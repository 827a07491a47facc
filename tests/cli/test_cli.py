"""What the `autograder` command says, and its exit codes."""

from __future__ import annotations

import shutil
import sys

import nbformat
import pytest

from autograder.course import Course
from tests.conftest import NAME, run
from tests.support.assignments import available
from tests.support.sample_class import hand_in


def said(outcome) -> str:
    """Return the one sentence on stderr."""
    assert outcome.returncode == 2, outcome.stdout + outcome.stderr
    (line,) = outcome.stderr.splitlines()
    return line


@pytest.mark.parametrize("verb", ["build", "release", "grade", "feedback", "report", "export"])
def test_help_says_what_a_verb_does(verb, repo):
    outcome = run("autograder", verb, "--help", cwd=repo.root)
    assert outcome.returncode == 0
    assert "ASSIGNMENT" in outcome.stdout


def test_help_lists_the_round(repo):
    outcome = run("autograder", "--help", cwd=repo.root)
    assert outcome.returncode == 0
    assert "Exit codes" in outcome.stdout


@pytest.mark.parametrize("verb", ["build", "release", "grade", "report", "export"])
def test_an_unknown_assignment_is_named_with_those_there_are(verb, repo):
    line = said(run("autograder", verb, "calculus", cwd=repo.root))
    there = ", ".join(available())
    assert f"no assignment 'calculus': this course has {there}" in line


@pytest.mark.parametrize("name", ["../optimization", "", "a/b", "__init__"])
def test_a_name_that_is_no_name_is_refused(name, repo):
    assert "There is no assignment" in said(run("autograder", "grade", name, cwd=repo.root))


def test_outside_a_course_it_says_where_to_go(tmp_path):
    line = said(run("autograder", "grade", NAME, cwd=tmp_path))
    assert "is not inside a course" in line
    assert "nbgrader_config.py" in line


def test_the_course_can_be_named_from_elsewhere(course, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    line = said(run("autograder", "grade", NAME, "--course", str(course.root), cwd=elsewhere))
    assert "There are no submissions" in line


def test_without_an_instructor_version_there_is_no_release(course):
    shutil.rmtree(course.source(NAME))
    line = said(run("autograder", "release", NAME, cwd=course.root))
    assert "run `autograder build optimization` first" in line


def test_without_submissions_it_says_where_they_belong(course):
    line = said(run("autograder", "grade", NAME, cwd=course.root))
    assert "STUDENT/optimization/optimization.ipynb" in line


@pytest.mark.slow
def test_without_a_release_it_says_so(course):
    hand_in(course, "ada", NAME, "{}")
    line = said(run("autograder", "grade", NAME, cwd=course.root))
    assert "run `autograder release optimization` first" in line


@pytest.fixture
def released(released_course, tmp_path) -> Course:
    course = released_course.copy_to(tmp_path)
    shutil.copy(released_course.root / "gradebook.db", course.root)
    return course


def foreign_notebook() -> str:
    cell = nbformat.v4.new_code_cell("1 + 1")
    cell.metadata["nbgrader"] = {"grade_id": "sums", "grade": True, "points": 1}
    return nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "is not a readable notebook", id="empty"),
        pytest.param("{", "is not a readable notebook", id="cut short"),
        pytest.param("[1, 2]", "is not a readable notebook", id="not a notebook"),
        pytest.param("\x00\x01", "is not a readable notebook", id="binary"),
        pytest.param(foreign_notebook(), "is a notebook of another assignment", id="foreign"),
    ],
)
def test_what_cannot_be_graded_is_told_with_its_reason(text, reason, released):
    hand_in(released, "ada", NAME, text)
    outcome = run("autograder", "grade", NAME, cwd=released.root)
    assert outcome.returncode == 1
    assert f"ada scores 0: {NAME}.ipynb {reason}" in outcome.stdout
    assert "Traceback" not in outcome.stderr


@pytest.mark.slow
@pytest.mark.slow
def test_the_sample_class_can_be_made_again_and_keeps_its_hand_ins(repo, tmp_path):
    times = []
    for _ in range(2):
        command = (sys.executable, "-m", "tests.support.sample_class", str(tmp_path), NAME)
        outcome = run(*command, cwd=repo.root)
        assert outcome.returncode == 0, outcome.stderr
        assert outcome.stdout.startswith("12 students have handed in")
        path = tmp_path / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
        times.append(path.stat().st_mtime_ns)
    assert times[0] == times[1]


def test_a_folder_without_the_notebook_is_told(released):
    folder = released.submitted() / "ada" / NAME
    folder.mkdir(parents=True)
    (folder / "homework.ipynb").write_text("{}")
    outcome = run("autograder", "grade", NAME, cwd=released.root)
    assert "there is no optimization.ipynb; the folder holds homework.ipynb" in outcome.stdout
