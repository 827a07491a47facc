"""The course that nbgrader's own quickstart makes is graded as it is, with no configuration."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import nbformat
import pytest

from tests.conftest import needs_isolation, run

pytestmark = [pytest.mark.slow, needs_isolation]

NAME = "ps1"
SQUARES = """
def squares(n):
    if n < 1:
        raise ValueError("n must be greater than or equal to 1")
    return [i**2 for i in range(1, n + 1)]
"""
SUM = "def sum_of_squares(n):\n    return sum(squares(n))"
RIGHT = {"squares": SQUARES, "sum_of_squares": SUM}
HANDED_IN = {
    "bitdiddle": RIGHT,
    "hacker": RIGHT | {"sum_of_squares": "def sum_of_squares(n):\n    return n*(n+1)*(2*n+1)//6"},
    "louis": {"squares": "def squares(n):\n    return [i**2 for i in range(1, n + 1)]"},
    "lem": {"squares": "import os\nos._exit(0)"},
    "oliver": {},
}
# Of the cells that a machine marks; what a person marks is open, and 0 until then.
MARKS = {
    "bitdiddle": (1, 1, 0.5, 0.5),
    "hacker": (1, 1, 0.5, 0),
    "louis": (1, 0, 0, 0),
    "lem": (0, 0, 0, 0),
    "oliver": (0, 0, 0, 0),
}
CELLS = (
    "correct_squares",
    "squares_invalid_input",
    "correct_sum_of_squares",
    "sum_of_squares_uses_squares",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as the quickstart leaves it, released, in which students have handed in."""
    folder = tmp_path_factory.mktemp("quickstart")
    course = folder / "course101"
    for command, place in (
        (("nbgrader", "quickstart", "course101"), folder),
        (("nbgrader", "generate_assignment", NAME), course),
    ):
        outcome = run(*command, cwd=place)
        assert outcome.returncode == 0, outcome.stderr
    for student, answers in HANDED_IN.items():
        hand_in(course, student, answers)
    return course


def hand_in(course: Path, student: str, answers: dict[str, str]) -> None:
    target = course / "submitted" / student / NAME
    target.mkdir(parents=True)
    for path in sorted((course / "release" / NAME).glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(
                cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source
            )
        nbformat.write(notebook, target / path.name)


def test_everybody_gets_the_right_marks(course):
    configured = (course / "nbgrader_config.py").read_text()
    outcome = run("autograder", "grade", NAME, "--json", cwd=course)
    assert outcome.returncode == 0, outcome.stderr
    marks = {mark["student"]: mark for mark in json.loads(outcome.stdout)}
    found = {
        student: tuple(mark["points"][f"problem1/{cell}"] for cell in CELLS)
        for student, mark in marks.items()
    }
    assert found == MARKS
    assert {student: mark["total"] for student, mark in marks.items()} == {
        student: sum(points) for student, points in MARKS.items()
    }
    assert (course / "nbgrader_config.py").read_text() == configured
    exported = run("nbgrader", "export", cwd=course)
    assert exported.returncode == 0, exported.stderr
    with (course / "grades.csv").open() as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {student: sum(points) for student, points in MARKS.items()}
