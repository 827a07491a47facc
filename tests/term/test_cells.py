"""Cells that are added, removed, renamed and reordered with marks in place, through both doors."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook
from tests.conftest import needs_isolation
from tests.support.term import (
    DOORS,
    DOUBLE_RIGHT,
    NAME,
    RIGHT,
    add_double,
    build_and_release,
    command,
    give,
    grade,
    hand_in,
    told,
    totals,
)
from tests.support.tiny_class import our_steps
from tests.support.tiny_course import CONFIG, cell, source_notebook

pytestmark = [pytest.mark.slow, needs_isolation]
Cells = list[NotebookNode]


def hand_made(folder: Path) -> Course:
    """Return a course whose one notebook was written in Jupyter, with every kind of cell."""
    (folder / "source" / NAME).mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG + our_steps())
    nbformat.write(source_notebook("one"), folder / "source" / NAME / f"{NAME}.ipynb")
    command(folder, "release", NAME)
    return Course.find(folder)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Course:
    """A course in which ada's hand-in has marks and comments of a person."""
    course = hand_made(tmp_path_factory.mktemp("written") / "course")
    answers = {"function": "f = 1  # mine", "essay": "My essay.", "project": "My project."}
    hand_in(course, "ada", answers, "2026-03-01 11:00:00 UTC")
    grade(course)
    give(course, "ada", "essay", 2.5, "Well argued.")
    give(course, "ada", "project", 4, "Fine.")
    return course


def change(course: Course, edit: Callable[[Cells], Cells]) -> str:
    """Change the source and release it; return what is said of it."""
    path = course.notebook(NAME)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = edit(notebook.cells)
    nbformat.write(notebook, path)
    return command(course.root, "release", NAME).stdout


def rows(course: Course) -> dict[str, tuple[Any, Any, bool]]:
    """Return what ada has for each cell: the grader's points, a person's, whether it waits."""
    with open_gradebook(course) as gradebook:
        notebook = gradebook.find_submission_notebook(NAME, NAME, "ada")
        return {
            row.cell.name: (row.auto_score, row.manual_score, row.needs_manual_grade)
            for row in notebook.grades
        }


def comments(course: Course) -> dict[str, str]:
    with open_gradebook(course) as gradebook:
        notebook = gradebook.find_submission_notebook(NAME, NAME, "ada")
        return {
            row.cell.name: row.manual_comment for row in notebook.comments if row.manual_comment
        }


MARKS = {"essay": 2.5, "project": 4}
COMMENTS = {"essay": "Well argued.", "project": "Fine."}


def by_hand(course: Course) -> dict[str, float]:
    return {name: given for name, (_, given, _) in rows(course).items() if given is not None}


def more(cells: Cells) -> Cells:
    """Add a given cell, a function with its test, an essay and a task."""
    return [
        cell("markdown", "hint", "A hint.", locked=True),
        *cells,
        cell("code", "second", "g = 1", solution=True),
        cell("code", "test_second", "assert g", grade=True, locked=True, points=2),
        cell("markdown", "essay2", "Write more.", grade=True, solution=True, points=3),
        cell("markdown", "project2", "Work more.", task=True, locked=True, points=4),
    ]


@pytest.mark.parametrize("door", DOORS)
def test_what_is_added_earns_nothing_in_old_hand_ins_and_old_marks_stay(door, written, tmp_path):
    course = Course.find(shutil.copytree(written.root, tmp_path / "course"))
    assert totals(course) == {"ada": (8.5, 9)}
    said = change(course, more)
    assert "essay2 was added, for 3 points; hand-ins without it earn 0 there." in said
    assert totals(course) == {"ada": (8.5, 18)}
    DOORS[door](course)
    assert totals(course) == {"ada": (8.5, 18)}
    assert (by_hand(course), comments(course)) == (MARKS, COMMENTS)
    new = {name: rows(course)[name] for name in ("test_second", "essay2", "project2")}
    assert new == dict.fromkeys(new, (0.0, None, False))
    graded = nbformat.read(course.autograded() / "ada" / NAME / f"{NAME}.ipynb", as_version=4)
    empty = [one.source for one in graded.cells if "added after you handed in" in one.source]
    assert len(empty) == 2  # the function and the essay
    # Who hands in what was added is graded there, and the marks of others stay.
    hand_in(course, "ben", {"second": "g = 2", "function": "f = 2"}, "2099-03-01 11:00:00 UTC")
    DOORS[door](course)
    assert totals(course) == {"ada": (8.5, 18), "ben": (4, 18)}


@pytest.mark.parametrize("door", DOORS)
def test_what_is_removed_is_put_aside_and_returns(door, written, tmp_path):
    course = Course.find(shutil.copytree(written.root, tmp_path / "course"))
    gone: Cells = []

    def without(cells: Cells) -> Cells:
        gone.extend(one for one in cells if one.id in ("essay", "rules"))
        return [one for one in cells if one not in gone]

    said = change(course, without)
    assert "essay was removed; what it earned is put aside, and returns with its name." in said
    DOORS[door](course)
    assert totals(course) == {"ada": (6, 6)}
    change(course, lambda cells: [*cells, *gone])  # in another order too
    assert totals(course) == {"ada": (8.5, 9)}
    DOORS[door](course)
    assert (by_hand(course), comments(course)) == (MARKS, COMMENTS)


def worth(points: dict[str, float]) -> Callable[[Cells], Cells]:
    def edit(cells: Cells) -> Cells:
        for one in cells:
            if one.id in points:
                one.metadata.nbgrader.points = points[one.id]
        return cells

    return edit


@pytest.mark.parametrize(
    ("door", "before"), [("autograder", 2), ("autograder", 0), ("nbgrader", 2)]
)
def test_other_points_of_cells_that_no_exercise_stands_behind(before, door, written, tmp_path):
    course = Course.find(shutil.copytree(written.root, tmp_path / "course"))
    hand_in(course, "ben", {"function": "f = 0"}, "2026-03-01 11:00:00 UTC")
    change(course, worth({"test_one": before}))
    DOORS[door](course)
    assert totals(course) == {"ada": (before + 6.5, before + 7), "ben": (0, before + 7)}
    change(course, worth({"test_one": 4, "essay": 2, "project": 8}))
    said = DOORS[door](course) or ""
    assert totals(course) == {"ada": (10.5, 14), "ben": (0, 14)}
    assert rows(course)["essay"] == (None, 2.5, True)
    if door == "autograder":
        assert "Other points, without running anything again: ada, ben." in said
        assert "or beside other points: ada (essay, project)." in said
        assert "Other points" not in grade(course)
        assert points_in_graded_notebook(course) == {"test_one": 4, "essay": 2, "project": 8}


def points_in_graded_notebook(course: Course) -> dict[str, float]:
    path = course.autograded() / "ada" / NAME / f"{NAME}.ipynb"
    cells = [one for one in nbformat.read(path, as_version=4).cells if "nbgrader" in one.metadata]
    roles = [one.metadata.nbgrader for one in cells]
    return {role.grade_id: role.points for role in roles if role.get("points")}


def renamed(cells: Cells) -> Cells:
    for one in cells:
        if one.id == "essay":
            one.id = one.metadata.nbgrader.grade_id = "composition"
    return cells


@pytest.mark.parametrize("door", DOORS)
def test_a_rename_is_a_removal_and_an_addition(door, written, tmp_path):
    course = Course.find(shutil.copytree(written.root, tmp_path / "course"))
    said = change(course, renamed)
    assert "composition was added" in said and "essay was removed" in said
    DOORS[door](course)
    assert totals(course) == {"ada": (6, 9)}
    assert rows(course)["composition"] == (0.0, None, False)


def reordered_and_corrected(cells: Cells) -> Cells:
    cells[0].source = "Read only, and look twice."
    return [cells[0], cells[4], cells[3], cells[1], cells[2]]


def test_order_and_given_text_are_free_and_nothing_runs_again(written, tmp_path):
    course = Course.find(shutil.copytree(written.root, tmp_path / "course"))
    change(course, lambda cells: [reordered_and_corrected(cells)[0], *cells[1:]])
    path = course.autograded() / "ada" / NAME / f"{NAME}.ipynb"
    before = path.stat().st_mtime_ns
    assert "again" not in grade(course)
    assert path.stat().st_mtime_ns == before
    change(course, reordered_and_corrected)
    grade(course)
    assert totals(course) == {"ada": (8.5, 9)}
    assert (by_hand(course), comments(course)) == (MARKS, COMMENTS)


def test_a_notebook_may_be_added_and_taken_away(written, tmp_path):
    course = Course.find(shutil.copytree(written.root, tmp_path / "course"))
    path = course.source(NAME) / "two.ipynb"
    nbformat.write(source_notebook("two"), path)
    assert "two.ipynb was added." in command(course.root, "release", NAME).stdout
    grade(course, code=1)  # the new one is missing from the hand-in
    assert totals(course) == {"ada": (8.5, 14)}
    path.unlink()
    assert f"{path} is gone" in command(course.root, "grade", NAME, code=2).stderr
    command(course.root, "release", NAME)
    assert totals(course) == {"ada": (8.5, 9)}
    assert (by_hand(course), comments(course)) == (MARKS, COMMENTS)


@pytest.mark.parametrize("door", DOORS)
def test_an_exercise_added_is_told_on_the_pages(door, term):
    hand_in(term, "ada", RIGHT, "2026-03-01 11:00:00 UTC")
    DOORS[door](term)
    give(term, "ada", "standardize", 8.5, "Nearly.")
    add_double(term)
    assert "double was added, for 5 points" in build_and_release(term)
    assert "added after you handed in" in told(term, "ada")
    DOORS[door](term)
    page = told(term, "ada")
    assert "added after you handed in" in page and "Nearly." in page
    assert totals(term) == {"ada": (18.5, 25)}
    hand_in(term, "ada", RIGHT | {"double": DOUBLE_RIGHT}, "2099-03-01 11:00:00 UTC")
    DOORS[door](term)
    assert totals(term) == {"ada": (23.5, 25)}
    assert "added after" not in told(term, "ada")
