"""Pages in a course: both doors write the same, only what has changed is written, words help."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from autograder.feedback.facts import collect, students_for
from autograder.feedback.writing import page_path
from autograder.judging.questions import draw
from tests.conftest import NAME, needs_isolation, run
from tests.support.assignments import load
from tests.support.look_at import where_to_look

pytestmark = [pytest.mark.slow, needs_isolation]

ADAM = "update_parameters_with_adam"


@pytest.fixture
def course(graded, repo, tmp_path) -> Course:
    """A copy of the graded sample class, to do anything with."""
    original, _ = graded
    course = repo.copy_to(tmp_path)
    for part in ("autograded", ".autograder", "submitted", "release"):
        shutil.copytree(original.root / part, course.root / part)
    shutil.copy(original.root / "gradebook.db", course.root)
    return course


def pages(course: Course) -> dict[str, str]:
    found = course.feedback().glob(f"*/{NAME}/{NAME}.html")
    return {path.parent.parent.name: path.read_text(encoding="utf-8") for path in found}


def times(course: Course) -> dict[str, int]:
    return {
        student: page_path(course, NAME, student).stat().st_mtime_ns for student in pages(course)
    }


def feedback(course: Course, *arguments: str) -> str:
    outcome = run("autograder", "feedback", NAME, *arguments, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def said(course: Course, *command: str) -> str:
    """Return the one sentence on stderr."""
    outcome = run("autograder", *command, cwd=course.root)
    assert outcome.returncode == 2, outcome.stdout + outcome.stderr
    (line,) = outcome.stderr.splitlines()
    return line


def test_both_doors_write_the_same_pages(course):
    count = len(list(course.submitted().iterdir()))
    assert feedback(course).startswith(f"{count} of {count} pages were new or outdated")
    ours = pages(course)
    outcome = run("nbgrader", "generate_feedback", NAME, "--force", cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    assert pages(course) == ours
    assert "Content-Security-Policy" in ours["eva"]


def test_of_a_class_that_is_read_in_pieces_the_same_is_told(course, monkeypatch):
    students = students_for(course, NAME)
    whole = [facts.digest() for facts in collect(course, NAME, students)]
    monkeypatch.setattr("autograder.gradebook.nbgrader_api.STUDENTS_AT_ONCE", 2)
    assert [facts.digest() for facts in collect(course, NAME, students)] == whole
    assert len(whole) == len(students) > 2


def test_only_what_has_changed_is_written(course):
    feedback(course)
    before = times(course)
    comment = (
        "from nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///gradebook.db') as gradebook:\n"
        f"    comment = gradebook.find_comment('{ADAM}-answer', {NAME!r}, {NAME!r}, 'eva')\n"
        "    comment.manual_comment = 'See me on Monday.'\n"
        f"    grade = gradebook.find_grade('{ADAM}', {NAME!r}, {NAME!r}, 'eva')\n"
        "    grade.manual_score = 12.5\n"
        "    gradebook.db.commit()"
    )
    changed = run(sys.executable, "-W", "ignore", "-c", comment, cwd=course.root)
    assert changed.returncode == 0, changed.stderr
    assert feedback(course).startswith(f"1 of {len(before)} pages")
    assert {student for student, time in times(course).items() if time != before[student]} == {
        "eva"
    }
    page = pages(course)["eva"]
    assert "See me on Monday." in page
    assert "<strong>82.5</strong>" in page
    assert not [path for path in course.feedback().rglob(".*") if path.is_file()]


def test_a_page_for_one_student_only(course):
    feedback(course, "eva")
    assert set(pages(course)) == {"eva"}


def test_what_nbgrader_graded_gets_our_page_too(course):
    shutil.rmtree(course.root / ".autograder")
    shutil.rmtree(course.autograded())
    for command in (("autograde", NAME, "--student", "eva"), ("generate_feedback", NAME)):
        outcome = run("nbgrader", *command, cwd=course.root)
        assert outcome.returncode == 0, outcome.stderr
    page = pages(course)["eva"]
    assert "none of 12 cases passed" in page
    assert "Graded by workbook-autograder" in page
    again = run("autograder", "grade", NAME, "--json", cwd=course.root)
    assert {mark["student"]: mark["total"] for mark in json.loads(again.stdout)}["eva"] == 70


def test_an_assignment_without_exercises_keeps_nbgraders_page(course):
    for folder in (course.autograded() / "ada", course.source("other"), course.release("other")):
        folder.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Mine")])
    (course.source("other") / "other.ipynb").write_text(nbformat.writes(notebook))
    released = run("nbgrader", "generate_assignment", "other", cwd=course.root)
    assert released.returncode == 0, released.stderr
    shutil.copytree(course.release("other"), course.submitted() / "ada" / "other")
    for verb in ("autograde", "generate_feedback"):
        outcome = run("nbgrader", verb, "other", cwd=course.root)
        assert outcome.returncode == 0, outcome.stderr
    page = (course.feedback() / "ada" / "other" / "other.html").read_text()
    assert "Mine" in page
    assert "Content-Security-Policy" not in page


def test_the_seed_and_the_hidden_inputs_stay_in_the_course(course):
    feedback(course)
    for student, page in pages(course).items():
        kept = json.loads((course.root / ".autograder" / NAME / f"{student}.json").read_text())
        seed = kept["verdict"]["seed"]
        assert str(seed) not in page
        for exercise in load(NAME).exercises:
            for question in draw(exercise, seed)[1:]:
                first = question.call.arguments[0]
                array = next(iter(first.values())) if isinstance(first, dict) else first
                for number in array.ravel().tolist():
                    if abs(round(number, 3) - number) > 1e-9:
                        assert f"{abs(number):.4f}" not in page


def test_explain_tells_what_the_page_tells(course):
    outcome = run("autograder", "explain", "eva", "6", cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    text = " ".join(outcome.stdout.split())
    for words in (
        "0 of 30 points",
        "Next step",
        "other decay rates",
        "They part at step 1",
        "s_hat",
    ):
        assert words in text
    by_name = run("autograder", "explain", "eva", ADAM, "--assignment", NAME, cwd=course.root)
    assert by_name.stdout == outcome.stdout


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (
            ("explain", "eve", "1"),
            "no graded hand-in of 'eve' for optimization: there are ada, ben",
        ),
        (
            ("explain", "eva", "pooling"),
            "There is no exercise 'pooling' in optimization: 1 update_",
        ),
        (("explain", "eva", "1", "--assignment", "calculus"), "There is no assignment 'calculus'"),
        (("explain", "../eva", "1"), "no graded hand-in of '../eva'"),
        (("feedback", "calculus"), "There is no assignment 'calculus'"),
        (("feedback", NAME, "eve"), "no graded hand-in of 'eve'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_not_there_is_told_with_what_there_is(command, says, graded):
    course, _ = graded
    assert says in said(course, *command)


def test_before_grading_it_says_so(repo, tmp_path: Path):
    course = repo.copy_to(tmp_path)
    assert "run `autograder grade optimization` first" in said(course, "feedback", NAME)


def test_the_demo_says_where_a_mistake_is_told(graded):
    course, _ = graded
    said = where_to_look(course, NAME)
    assert "autograder explain" in said
    student, exercise = said.split(f"--assignment {NAME} ")[1].split()[:2]
    outcome = run("autograder", "explain", "--assignment", NAME, student, exercise, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    told = json.loads(graded[1].stdout)
    (mark,) = [mark for mark in told if mark["student"] == student]
    assert mark["points"][exercise] < load(NAME).exercise(exercise).points
