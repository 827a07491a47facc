"""Pages for a course that knows nothing of ours: nbgrader's own, as its quickstart writes it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import notebook_hash

from autograder.course import Course
from autograder.feedback.tested import _said
from autograder.feedback.writing import SECRET, page_path
from autograder.gradebook.nbgrader_api import open_gradebook
from tests.conftest import needs_isolation, run

pytestmark = [pytest.mark.slow, needs_isolation]

NAME = "ps1"
WRONG = {
    "squares": "def squares(n):\n    return [i ** 2 for i in range(n)]",
    "sum_of_squares": "def sum_of_squares(n):\n    return sum(i * i for i in range(n + 1))",
}
SHORT = {"squares": "def squares(n):\n    return [i ** 2 for i in range(1, min(n, 12) + 1)]"}
TESTED = "correct_squares"
HIDDEN = "assert squares(13)[-1] == 169"
WORDS = "It grows like n³. <b>{{ 7 * 7 }}</b>"
COMMENT = "A good thought."


def answered(notebook: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            if cell.cell_type == "markdown":
                cell.source = WORDS
            for function, code in answers.items():
                if f"def {function}(" in cell.source:
                    cell.source = code
    return notebook


def hide_a_test(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    (cell,) = (
        one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == TESTED
    )
    cell.source += f"\n### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS"
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """The quickstart course with two wrong hand-ins, an untouched one, and pages."""
    folder = tmp_path_factory.mktemp("any")
    assert run("nbgrader", "quickstart", "course", cwd=folder).returncode == 0
    course = Course.find(folder / "course")
    hide_a_test(course.source(NAME) / "problem1.ipynb")
    assert run("autograder", "release", NAME, cwd=course.root).returncode == 0
    for student, answers in (("ada", WRONG), ("ben", {}), ("eva", SHORT)):
        folder = course.submitted() / student / NAME
        shutil.copytree(course.release(NAME), folder)
        for path in folder.glob("*.ipynb") if answers else ():
            nbformat.write(answered(nbformat.read(path, as_version=4), answers), path)
    assert run("autograder", "grade", NAME, cwd=course.root).returncode == 0
    with open_gradebook(course) as gradebook:
        grade: Any = gradebook.find_grade("part-a", "problem2", NAME, "ada")
        grade.manual_score, grade.needs_manual_grade = 1, False
        comment: Any = gradebook.find_comment("part-a", "problem2", NAME, "ada")
        comment.manual_comment = COMMENT
        gradebook.db.commit()
    outcome = run("autograder", "feedback", NAME, cwd=course.root)
    assert outcome.stdout.startswith("3 of 3 pages were new"), outcome.stderr
    return course


def explained(course: Course, student: str, cell: str) -> str:
    outcome = run("autograder", "explain", student, cell, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def test_a_page_covers_all_notebooks_and_says_what_each_test_said(course):
    page = page_path(course, NAME, "ada").read_text()
    for words in (
        "problem1/correct_squares",
        "problem2/part-b",
        "line 2: assert squares(1) == [1]",
        "sum_of_squares does not use squares",
        "A person has still to look at these points.",
        COMMENT,
        "It grows like n³. &lt;b&gt;{{ 7 * 7 }}&lt;/b&gt;",
    ):
        assert words in page
    assert "Your functions were called with other inputs" not in page


def test_what_is_hidden_stays_hidden(course):
    page = page_path(course, NAME, "eva").read_text()
    assert "AssertionError: a hidden test failed" in page
    assert "The test stands in your notebook" not in page.split("problem1/correct_sum")[2]
    for told in (page, explained(course, "eva", "1")):
        assert "169" not in told


@pytest.mark.parametrize("value", ["a \ud800 half", ["a", 5], 7, None])
def test_whatever_stands_in_an_output_can_be_written(value):
    error = {"output_type": "error", "ename": "ValueError", "evalue": value, "traceback": value}
    for outputs in ([error, 5], value):
        _said({"outputs": outputs}, is_shown=True).encode()


def test_an_untouched_hand_in_is_told_as_such(course):
    page = page_path(course, NAME, "ben").read_text()
    assert page.count("not answered yet") >= 10  # in the overview, and above each cell
    assert "the test failed" not in page


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1", "0 of 1 points  the test failed"),
        ("correct_sum", "0.5 of 0.5 points  the test passed"),
        ("problem2/part-a", "graded by a person"),
        ("part-a", COMMENT),
        ("part-b", "waits for a person"),
    ],
)
def test_explain_tells_a_cell(cell, words, course):
    assert words in explained(course, "ada", cell)


def test_a_cell_that_is_not_there_is_named_among_those_that_are(course):
    outcome = run("autograder", "explain", "ada", "part-c", cwd=course.root)
    assert outcome.returncode == 2
    assert "There is no exercise 'part-c' in ps1: 1 problem1/correct_squares, 2" in outcome.stderr


def test_a_page_is_written_again_only_when_what_it_tells_has_changed(course):
    outcome = run("autograder", "feedback", NAME, cwd=course.root)
    assert outcome.stdout.startswith("0 of 3 pages were new")


def test_the_report_counts_the_same_cells(course):
    assert run("autograder", "report", NAME, cwd=course.root).returncode == 0
    report = course.report(NAME, "html").read_text()
    assert "problem1/correct_squares" in report


def pages(course: Course) -> dict[str, bytes]:
    found = course.feedback().rglob("*.html")
    return {str(path.relative_to(course.feedback())): path.read_bytes() for path in found}


def test_nbgrader_writes_the_same_page_for_every_notebook(course):
    ours = pages(course)
    assert len(ours) == 9
    assert len({ours[f"ada/{NAME}/{one}.html"] for one in (NAME, "problem1", "problem2")}) == 1
    exporter = "--GenerateFeedback.exporter_class=autograder.feedback.exporter.FeedbackExporter"
    outcome = run("nbgrader", "generate_feedback", NAME, "--force", exporter, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    assert pages(course) == ours


@pytest.mark.parametrize("writer", ["autograder feedback", "nbgrader generate_feedback --force"])
def test_nbgrader_gives_the_pages_back_by_its_exchange(course, tmp_path, writer):
    submitted = course.submitted() / "ada" / NAME
    (submitted / SECRET).write_text("known to ada alone")
    (submitted / "timestamp.txt").write_text("2026-01-02 03:04:05.000000 UTC")
    exporter = "--GenerateFeedback.exporter_class=autograder.feedback.exporter.FeedbackExporter"
    own = [exporter] if "nbgrader" in writer else []
    for command in (["autograder", "grade", NAME], [*writer.split(), NAME, *own]):
        assert run(*command, cwd=course.root).returncode == 0
    place = [f"--Exchange.root={tmp_path}", "--course=101", "--student=ada"]
    outcome = run("nbgrader", "release_feedback", NAME, *place, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    name = notebook_hash(secret="known to ada alone", notebook_id="problem2")
    given = (tmp_path / "101" / "feedback" / f"{name}.html").read_bytes()
    assert given == page_path(course, NAME, "ada").read_bytes()
