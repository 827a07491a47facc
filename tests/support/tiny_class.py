"""A course so small that grading it takes little more than starting: for what needs many runs."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.course import Course
from tests.conftest import BIN, run
from tests.support.sample_class import hand_in
from tests.support.tiny_course import CONFIG, cell, with_kernel

NAME = "doubling"
GRADE = [str(BIN / "autograder"), "grade", NAME]
STUDENTS = [f"student {number}" for number in range(6)]
TEST = "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(5) == 10\n### END HIDDEN TESTS"
SOLUTION = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"


def notebook(answer: str) -> NotebookNode:
    test = cell("code", "test", TEST, grade=True, locked=True, points=3)
    return with_kernel([cell("code", "answer", answer, solution=True), test])


def released_course(folder: Path) -> Course:
    """Make the course and have nbgrader release its assignment."""
    (folder / "source" / NAME).mkdir(parents=True, exist_ok=True)
    (folder / "nbgrader_config.py").write_text(CONFIG)
    nbformat.write(notebook(SOLUTION), folder / "source" / NAME / f"{NAME}.ipynb")
    outcome = run("nbgrader", "generate_assignment", NAME, cwd=folder)
    assert outcome.returncode == 0, outcome.stderr
    return Course.find(folder)


def class_in(template: Course, folder: Path, turn: int = 0) -> Course:
    """Copy the course, where all hand in; another turn gives other points."""
    shutil.copytree(template.root, folder, dirs_exist_ok=True)
    course = Course.find(folder)
    hand_in_all(course, turn)
    return course


def hand_in_all(course: Course, turn: int) -> None:
    for number, student in enumerate(STUDENTS):
        result = "2 * x" if (number + turn) % 2 else "x + 2"
        answer = f"def double(x):\n    return {result}  # turn {turn}"
        hand_in(course, student, NAME, nbformat.writes(notebook(answer)))


def grade(course: Course) -> None:
    outcome = run("autograder", "grade", NAME, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr


def our_steps() -> str:
    """Return the settings that bring our steps into `nbgrader autograde`."""
    return "\nfrom autograder.nbgrader_setup import configure\n\nconfigure(c)\n"


def marks(course: Course) -> list[tuple[str, float, str | None]]:
    """Return each student's points and the comment on the answer, as the gradebook has them."""
    query = (
        "SELECT s.student_id, g.auto_score, c.auto_comment FROM submitted_assignment s "
        "LEFT JOIN submitted_notebook n ON n.assignment_id = s.id "
        "LEFT JOIN grade g ON g.notebook_id = n.id "
        "LEFT JOIN comment c ON c.notebook_id = n.id ORDER BY 1"
    )
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        return db.execute(query).fetchall()


def expected(turn: int = 0) -> list[tuple[str, float, str | None]]:
    return [(student, 3.0 * ((number + turn) % 2), None) for number, student in enumerate(STUDENTS)]
