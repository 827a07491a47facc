"""Points that change after hand-ins came in, and a release that fails."""

from __future__ import annotations

import nbformat
import pytest

from autograder.course import Course
from tests.conftest import needs_isolation
from tests.support.term import (
    DOORS,
    NAME,
    RIGHT,
    WRONG,
    build_and_release,
    command,
    edit,
    exercises_of,
    grade,
    hand_in,
    totals,
)

pytestmark = [pytest.mark.slow, needs_isolation]


def files(course: Course) -> dict[str, bytes]:
    folder = course.release(NAME)
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("points", [25, 4])
@pytest.mark.parametrize("door", DOORS)
def test_points_that_changed_hold_for_everybody(points, door, term):
    hand_in(term, "ada", RIGHT)
    hand_in(term, "ben", WRONG)
    DOORS[door](term)
    before = totals(term)
    edit(exercises_of(term), "points=10", f"points={points}")
    said = build_and_release(term)
    assert f"standardize carries {points} points; it had 10." in said
    assert f"1 notebook, {2 * points} points." in said
    DOORS[door](term)
    share = {student: round(earned * points / 10, 2) for student, (earned, _) in before.items()}
    assert totals(term) == {student: (share[student], 2.0 * points) for student in before}
    assert before["ada"] == (20, 20) and 10 <= before["ben"][0] < 20


def test_points_that_are_not_released_yet_are_told_and_nobody_is_graded(term):
    hand_in(term, "ada", RIGHT)
    edit(exercises_of(term), "points=10", "points=15")
    said = command(term.root, "grade", NAME, code=2).stderr
    assert "for standardize they give 15 points, it 10 points" in said
    assert f"Run `autograder build {NAME}` and `autograder release {NAME}` first." in said
    said = command(term.root, "release", NAME, code=2).stderr
    assert f"run `autograder build {NAME}` first" in said
    command(term.root, "build", NAME)
    said = command(term.root, "grade", NAME, code=2).stderr
    assert "standardize carries 15 points, then 10" in said
    command(term.root, "release", NAME)
    grade(term)
    assert totals(term) == {"ada": (30, 30)}


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("exercises/week1.py", "points=10", "points=11"),
        ("exercises/week1.py", "a single row", "one row"),
        ("source/week1.py", "Shift and stretch", "Move and stretch"),
        ("source_utils/week1/testCases.py", "import", "import sys\nimport"),
        ("environment.yml", "name:", "# newer\nname:"),
    ],
)
def test_a_build_is_up_to_date_with_all_that_it_is_made_from(place, old, new, term):
    assert "Up to date" in command(term.root, "build", NAME).stdout
    edit(term.root / place, old, new)
    assert "Built" in command(term.root, "build", NAME).stdout


def leak(course: Course) -> None:
    (course.student_modules(NAME) / "notes.py").write_text("# ### BEGIN SOLUTION\n")


def break_the_notebook(course: Course) -> None:
    course.notebook(NAME).write_text("{")


def break_nbgrader(course: Course) -> None:
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("\nc.GenerateAssignment.preprocessors = ['no.such.step']\n")


def copy_the_notebook(course: Course) -> None:
    path = course.notebook(NAME)
    path.with_name("other.ipynb").write_bytes(path.read_bytes())


@pytest.mark.parametrize("harm", [leak, break_the_notebook, break_nbgrader, copy_the_notebook])
def test_a_release_that_fails_leaves_the_old_one_and_its_marks(harm, term):
    hand_in(term, "ada", RIGHT)
    grade(term)
    before = files(term)
    harm(term)
    said = command(term.root, "release", NAME, code=2).stderr
    assert said.count("\n") == 1
    assert files(term) == before
    assert not list(term.root.glob(".*.part"))
    assert totals(term) == {"ada": (20, 20)}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Untitled", "has no name of its own"),
        ("Untitled1", "has no name of its own"),
        (f"{NAME}-Copy1", f"is called like a copy of {NAME}.ipynb"),
        (f"{NAME} (1)", f"is called like a copy of {NAME}.ipynb"),
        ("backup", f"holds the same tests as {NAME}.ipynb"),
    ],
)
def test_a_notebook_astray_is_named_and_never_doubles_the_points(name, words, term):
    hand_in(term, "ada", RIGHT)
    path = term.source(NAME) / f"{name}.ipynb"
    path.write_bytes(term.notebook(NAME).read_bytes())
    assert f"{path} {words}" in command(term.root, "release", NAME, code=2).stderr
    assert f"{path} is not part of the release" in command(term.root, "grade", NAME, code=2).stderr
    path.unlink()
    assert "1 notebook, 20 points" in command(term.root, "release", NAME).stdout


def test_a_second_notebook_is_counted(term):
    cell = nbformat.v4.new_markdown_cell("Read this.", id="reading")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), term.source(NAME) / "reading.ipynb")
    said = command(term.root, "release", NAME).stdout
    assert f"2 notebooks, 20 points (reading 0, {NAME} 20)." in said
