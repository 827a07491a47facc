"""Hand-ins as students' systems make them are graded, through both doors."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from typer.testing import CliRunner

from autograder.cli.app import make_app
from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_api
from tests.conftest import needs_isolation, run
from tests.support.tiny_class import NAME, TEST, our_steps
from tests.support.tiny_class import marks as entered
from tests.support.tiny_course import CONFIG, cell, silent, with_kernel

pytestmark = [pytest.mark.slow, needs_isolation]

IMPORTS = "import os"
RIGHT = "def double(x):\n    return int(math.fsum([x, x]))"
WRONG = "def double(x):\n    return x"
SOLUTION = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"


def notebook(answer: str, imports: str = IMPORTS, test: str = TEST) -> NotebookNode:
    return with_kernel(
        [
            cell("code", "imports", imports, locked=True),
            cell("code", "answer", answer, solution=True),
            cell("code", "test", test, grade=True, locked=True, points=3),
        ]
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Course:
    folder = tmp_path_factory.mktemp("as they come")
    (folder / "source" / NAME).mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG + our_steps())
    nbformat.write(notebook(SOLUTION), folder / "source" / NAME / f"{NAME}.ipynb")
    course = Course.find(folder)
    with silent():
        outcome = open_api(course).generate_assignment(NAME)
    assert outcome["success"], outcome
    return course


@pytest.fixture
def course(template: Course, tmp_path: Path) -> Course:
    shutil.copytree(template.root, tmp_path / "course")
    return Course.find(tmp_path / "course")


def hand_in(course: Course, student: str, made: NotebookNode, name: str = f"{NAME}.ipynb") -> None:
    path = course.submitted() / student / NAME / name
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)


def grade(course: Course) -> dict[str, dict]:
    arguments = ["grade", NAME, "--json", "--course", str(course.root)]
    outcome = CliRunner().invoke(make_app(), arguments)
    assert outcome.exit_code in {0, 1}, (outcome.stderr, outcome.exception)
    return {mark["student"]: mark for mark in json.loads(outcome.stdout)}


def grade_by_nbgrader(course: Course, *options: str, code: int = 0) -> None:
    outcome = run("nbgrader", "autograde", NAME, *options, cwd=course.root)
    assert outcome.returncode == code, outcome.stderr


def kept(course: Course, student: str) -> dict:
    return json.loads((course.root / ".autograder" / NAME / f"{student}.json").read_text())


EDITED = {
    "an import": ("import os\nimport math", RIGHT, 3),
    "instead of what was given": ("import math", RIGHT, 3),
    "a broken version": ("import os\nimport math\n)", RIGHT, 0),
    "points of its own": ("from unittest.mock import ANY as math", WRONG, 0),
    "nothing": ("", "def double(x):\n    return len(os.sep) * 2 * x", 3),
}


def test_what_was_added_to_a_given_cell_runs_right_after_it(course):
    for student, (imports, answer, _) in EDITED.items():
        hand_in(course, student, notebook(answer, imports))
    marks = grade(course)
    points = {student: points for student, (_, _, points) in EDITED.items()}
    assert {student: mark["total"] for student, mark in marks.items()} == points
    (note,) = kept(course, "an import")["verdict"]["repairs"]
    assert note.startswith("The cell imports had been changed: it is as released again, and your")
    graded = nbformat.read(course.autograded() / "an import" / NAME / f"{NAME}.ipynb", 4)
    assert note in graded.cells[0].source
    assert [one.source for one in graded.cells[1:3]] == [IMPORTS, "import os\nimport math"]


def test_nbgraders_own_door_runs_it_too(course):
    hand_in(course, "ada", notebook(RIGHT, "import math"))
    outcome = run("nbgrader", "autograde", NAME, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    outcome = run("nbgrader", "export", "--to", "grades.csv", cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    assert ",3.0," in (course.root / "grades.csv").read_text()


def test_a_changed_test_of_points_does_not_run(course):
    hand_in(course, "ada", notebook(WRONG, test="def double(x):\n    return 2 * x"))
    hand_in(course, "ben", notebook(WRONG, test="assert True"))
    marks = grade(course)
    assert [mark["total"] for mark in marks.values()] == [0, 0]


READS = "def double(x):\n    return int(open('factor.txt').read()) * x"
GOOD = "def double(x):\n    return 2 * x"
RENAMED = [
    f"{NAME} (1).ipynb", f"{NAME}-Copy1.ipynb", f"{NAME.capitalize()}.ipynb", f"{NAME}.ipynb.txt",
    f"my work/{NAME}.ipynb", f"Copy of {NAME}.ipynb", f"{NAME}-1.ipynb", f"{NAME}.IPYNB",
]  # fmt: skip


@pytest.mark.parametrize("autograde", [grade, grade_by_nbgrader])
def test_a_renamed_notebook_is_taken_with_a_note(autograde, course):
    for number, name in enumerate(RENAMED):
        hand_in(course, f"student {number}", notebook(GOOD), name)
    hand_in(course, "of another", notebook(GOOD), "sorting.ipynb")
    (course.submitted() / "nothing" / NAME).mkdir(parents=True)
    autograde(course)
    points = {student: score for student, score, _ in entered(course)}
    right = {f"student {number}": 3 for number in range(len(RENAMED))}
    assert points == {**right, "of another": 0, "nothing": 0}
    for number, name in enumerate(RENAMED):
        (note,) = kept(course, f"student {number}")["verdict"]["repairs"]
        assert f"your {name} was taken for it" in note
    assert kept(course, "nothing")["verdict"]["refused"].endswith("the folder holds nothing")


def test_nbgraders_own_door_takes_the_one_that_it_is_asked_for(course):
    for student in ("ada", "ben"):
        hand_in(course, student, notebook(GOOD), RENAMED[0])
    grade_by_nbgrader(course, "--student", "ada")
    assert [student for student, *_ in entered(course)] == ["ada"]
    grade_by_nbgrader(course, "--notebook", "other*", code=1)
    assert [student for student, *_ in entered(course)] == ["ada"]


def test_what_lies_beside_a_notebook_is_beside_it_in_a_folder_too(course):
    hand_in(course, "ada", notebook(READS), f"my work/{NAME}.ipynb")
    folder = course.submitted() / "ada" / NAME
    for place, text in {"my work/factor.txt": "2", "factor.txt": "3"}.items():
        (folder / place).write_text(text)
    assert grade(course)["ada"]["total"] == 3


def test_of_several_notebooks_one_is_taken_and_flagged(course):
    hand_in(course, "right name", notebook(GOOD))
    hand_in(course, "right name", notebook(WRONG), f"{NAME} (1).ipynb")
    hand_in(course, "no right name", notebook(GOOD), f"{NAME} (1).ipynb")
    hand_in(course, "no right name", notebook(WRONG), f"old/{NAME}.ipynb")
    hand_in(course, "the same twice", notebook(GOOD))
    hand_in(course, "the same twice", notebook(GOOD), f"{NAME}-Copy1.ipynb")
    marks = grade(course)
    assert {mark["total"] for mark in marks.values()} == {3}
    (flag,) = marks["right name"]["flags"]
    assert "because it has the right name" in flag and f"not {NAME} (1).ipynb" in flag
    (flag,) = marks["no right name"]["flags"]
    assert f"{NAME} (1).ipynb was taken, because it comes first" in flag
    assert marks["the same twice"]["flags"] == []


def test_a_renamed_notebook_that_changes_is_graded_again(course):
    hand_in(course, "ada", notebook(WRONG), RENAMED[0])
    assert grade(course)["ada"]["total"] == 0
    hand_in(course, "ada", notebook(GOOD), RENAMED[0])
    assert grade(course)["ada"]["total"] == 3


def test_a_notebook_of_stored_animations_is_graded(course):
    made = notebook(GOOD)
    data = {"text/html": "A" * 24_000_000}
    made.cells[0].outputs = [nbformat.v4.new_output("display_data", data)]
    hand_in(course, "ada", made)
    assert grade(course)["ada"]["total"] == 3


LONG = "while True:\n    pass"
SETTINGS = {
    "each a little": "c.Grading.cell_seconds = 0.5\n",
    "ended by the system": "c.Grading.cell_seconds = 5\nc.Grading.processor_seconds = 1\n",
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_long_cells_of_ones_own_cost_themselves_alone(settings, course):
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(settings)
    made = notebook(GOOD)
    made.cells += [nbformat.v4.new_code_cell(LONG) for _ in range(14)]
    hand_in(course, "ada", made)
    mark = grade(course)["ada"]
    assert mark["total"] == 3
    # The number is that of the cell in the student's notebook.
    assert any(flag.startswith("cell 4 ") for flag in mark["flags"]), mark["flags"]
