"""What a hand-in sends costs nobody else a mark, through `autograder grade` and nbgrader alike.

The assignment has no registered exercises: its assert cells run where the student's code runs.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from tests.conftest import needs_isolation, run
from tests.support.sample_class import hand_in
from tests.support.tiny_class import NAME, notebook, our_steps, released_course

pytestmark = [pytest.mark.slow, needs_isolation]

RIGHT = "def double(x):\n    return 2 * x"
SHOW = """
from IPython.display import display
def double(x):
    get_ipython().outputs.display("execute_result", <SHOWN>)
    return 2 * x
"""
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"


def showing(data: dict[str, str]) -> str:
    return SHOW.replace("<SHOWN>", repr(data))


# What a hand-in does, and the points that it gets. Its test is judged outside of its reach, so what
# it publishes there is no matter: a right function earns what it earns.
DONE = {
    "more points than there are": (showing({"text/plain": "1e9"}), 3.0),
    "a picture for a value": (showing({"image/png": PICTURE}), 3.0),
    "infinity for a value": (showing({"text/plain": "inf"}), 3.0),
    "fewer points than it could have": (showing({"text/plain": "1"}), 3.0),
    "a type that is a list": (
        f"{RIGHT}\ntype(get_ipython().outputs).finished = lambda self: [{{'output_type': []}}]",
        0.0,  # the cell that did it is not run again, so there is nothing to test
    ),
    "more text than there is room for": (
        "import IPython\ndef double(x):\n"
        "    IPython.display.display({'text/plain': 'x' * 6_000_000}, raw=True)\n    return x",
        0.0,
    ),
    "zz honest": (RIGHT, 3.0),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Course:
    return released_course(tmp_path_factory.mktemp("template"))


def graded(course: Course) -> dict[str, tuple[float | None, bool]]:
    """Return each student's points, and whether a person must look, as the gradebook has them."""
    query = (
        "SELECT s.student_id, g.auto_score, g.needs_manual_grade FROM submitted_assignment s "
        "JOIN submitted_notebook n ON n.assignment_id = s.id JOIN grade g ON g.notebook_id = n.id"
    )
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        return {student: (score, bool(waits)) for student, score, waits in db.execute(query)}


@pytest.mark.parametrize("door", ["autograder grade", "nbgrader autograde"])
def test_one_hand_in_costs_nobody_else_a_mark(door, template, tmp_path):
    shutil.copytree(template.root, tmp_path / "course")
    course = Course.find(tmp_path / "course")
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(our_steps())
    for student, (answer, _) in DONE.items():
        hand_in(course, student, NAME, nbformat.writes(notebook(answer)))
    outcome = run(*door.split(), NAME, cwd=course.root)
    assert outcome.returncode in {0, 1} and "Traceback" not in outcome.stderr, outcome.stderr
    assert graded(course) == {name: (score, score is None) for name, (_, score) in DONE.items()}
    for student in DONE:
        path = Path(course.autograded(), student, NAME, f"{NAME}.ipynb")
        assert path.stat().st_size < 8_000_000
        nbformat.validate(nbformat.read(path, as_version=4))
