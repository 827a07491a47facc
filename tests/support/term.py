"""A small course of one's own in which an assignment changes while hand-ins come in."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook
from tests.conftest import run

NAME = "week1"
DUE = datetime(2026, 3, 1, 12)
RIGHT = {
    "standardize": "def standardize(X):\n"
    "    return (X - X.mean(1, keepdims=True)) / X.std(1, keepdims=True)",
    "mean_squared_error": "def mean_squared_error(a, b):\n    return ((a - b) ** 2).mean()",
}
WRONG = RIGHT | {"standardize": "def standardize(X):\n    return X - X.mean(1, keepdims=True)"}
ADDED_TEXT = '''

# %% double-heading [markdown]
# ## 3 · `double` · {points} points
#
# Return twice the number.


# %% double-answer
def double(x):
    """Return twice x, an array."""
    ### BEGIN SOLUTION
    return x + x + 0 * np.sum(x)
    ### END SOLUTION


# %% double
"Try it in a cell of your own."
'''
ADDED_EXERCISE = '''

DOUBLE = Exercise(
    id="double",
    points=5,
    returns=("y",),
    cases=(Case("other numbers", "Twice.", lambda rng: Call((rng.uniform(1, 2, size=3),))),),
    catalogue=Catalogue(
        solution="""
def double(x):
    return x + x
""",
        entries=(),
    ),
)
'''
DOUBLE_RIGHT = "def double(x):\n    return 2 * x"


def make_course(folder: Path) -> Course:
    """Begin a course, write an assignment, build and release it, all by the command."""
    command(folder, "init", "course")
    command(folder / "course", "new", NAME)
    build_and_release(Course.find(folder / "course"))
    return Course.find(folder / "course")


def command(
    folder: Path, *words: str, code: int = 0, program: str = "autograder"
) -> subprocess.CompletedProcess[str]:
    outcome = run(program, *words, cwd=folder)
    assert outcome.returncode == code, outcome.stdout + outcome.stderr
    assert "Traceback" not in outcome.stderr, outcome.stderr
    return outcome


def build_and_release(course: Course) -> str:
    command(course.root, "build", NAME)
    return command(course.root, "release", NAME).stdout


def copy_of(course: Course, folder: Path) -> Course:
    shutil.copytree(course.root, folder, symlinks=True)
    return Course.find(folder)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text, old
    path.write_text(text.replace(old, new))


def exercises_of(course: Course) -> Path:
    return course.exercises / f"{NAME}.py"


def add_double(course: Course) -> None:
    """Add a third exercise to the text and to what is asked."""
    path = course.text(NAME)
    path.write_text(path.read_text().rstrip() + ADDED_TEXT)
    edit(exercises_of(course), "\nASSIGNMENT =", f"{ADDED_EXERCISE}\nASSIGNMENT =")
    edit(exercises_of(course), "MEAN_SQUARED_ERROR))", "MEAN_SQUARED_ERROR, DOUBLE))")


def hand_in(course: Course, student: str, answers: dict[str, str], moment: str = "") -> None:
    """Hand in the notebook that is released now, with these answers."""
    notebook = nbformat.read(course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.nbgrader.grade_id.removesuffix("-answer")
        if cell.metadata.nbgrader.solution and name in answers:
            cell.source = answers[name]
    folder = course.submitted() / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    if moment:
        (folder / "timestamp.txt").write_text(moment)


def grade(course: Course, *options: str, code: int = 0) -> str:
    return command(course.root, "grade", NAME, *options, code=code).stdout


def grade_by_nbgrader(course: Course) -> None:
    command(course.root, "autograde", NAME, "--force", program="nbgrader")


DOORS = {"autograder": grade, "nbgrader": grade_by_nbgrader}


def totals(course: Course) -> dict[str, tuple[float, float]]:
    """Return the points of each student and those there are, as nbgrader adds them up."""
    with open_gradebook(course) as gradebook:
        assignment: Any = gradebook.find_assignment(NAME)
        return {row.student_id: (row.score, assignment.max_score) for row in assignment.submissions}


def give(
    course: Course, student: str, cell: str, points: float, comment: str, notebook: str = NAME
) -> None:
    """Enter points and a comment as a person does in the formgrader."""
    with open_gradebook(course) as gradebook:
        grade_of(gradebook, student, cell, notebook).manual_score = points
        grade_of(gradebook, student, cell, notebook).needs_manual_grade = False
        for name in (f"{cell}-answer", cell):
            try:
                row: Any = gradebook.find_comment(name, notebook, NAME, student)
            except Exception:
                continue
            row.manual_comment = comment
            break
        gradebook.db.commit()


def grade_of(gradebook: Gradebook, student: str, cell: str, notebook: str = NAME) -> Any:
    return gradebook.find_grade(cell, notebook, NAME, student)


def told(course: Course, student: str) -> str:
    """Return the student's page, written anew."""
    command(course.root, "feedback", NAME)
    return (course.feedback() / student / NAME / f"{NAME}.html").read_text()


def set_policy(course: Course, **settings: Any) -> None:
    path = course.root / "nbgrader_config.py"
    kept = [line for line in path.read_text().splitlines() if "c.LatePolicy" not in line]
    lines = [f"c.LatePolicy.{name} = {value!r}" for name, value in settings.items()]
    path.write_text("\n".join([*kept, *lines, ""]))


def set_due(course: Course, moment: datetime | None, extensions: dict[str, timedelta]) -> None:
    """Set them as nbgrader keeps them."""
    with open_gradebook(course) as gradebook:
        gradebook.find_assignment(NAME).duedate = moment
        for student, extension in extensions.items():
            row: Any = gradebook.find_submission(NAME, student)
            row.extension = extension
        gradebook.db.commit()
