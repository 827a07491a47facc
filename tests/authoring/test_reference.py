"""The instructor's solutions run with what the given cells give them."""

from __future__ import annotations

import pytest

from autograder.assignment.exercise import Assignment, Exercise
from autograder.authoring.reference import load_reference
from autograder.authoring.workbook import compose
from autograder.course import Course

TEXT = """# %% helpers
from week_utils import OFFSET

def shift(x):
    return x + OFFSET

# %% drawing tags=["ungraded"]
raise RuntimeError("only shows something")

# %% add-answer
def add(x):
    ### BEGIN SOLUTION
    return shift(x)
    ### END SOLUTION

# %% add-documented
raise RuntimeError("only shows something")

# %% add
raise RuntimeError("only checks")

# %% try-it tags=["yours", "ungraded"]
# Write what you like here.
"""
ASSIGNMENT = Assignment("week1", (Exercise("add", 5, ("x",), ()),))


@pytest.fixture
def course(tmp_path) -> Course:
    """A course with one assignment whose solution calls a given function."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    for folder in ("source", "source_utils/week1"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "source" / "week1.py").write_text(TEXT)
    (tmp_path / "source_utils" / "week1" / "week_utils.py").write_text("OFFSET = 40\n")
    return Course.find(tmp_path)


def test_a_solution_may_call_what_the_given_cells_define_and_import(course):
    assert load_reference(course, ASSIGNMENT)["add"](2) == 42


def test_what_a_given_cell_prints_is_not_said_again(course, capsys):
    text = course.text("week1")
    text.write_text(TEXT.replace("OFFSET\n\ndef", "OFFSET\nprint('given')\n\ndef"))
    assert "print" in text.read_text()
    load_reference(course, ASSIGNMENT)
    assert capsys.readouterr().out == ""


def test_a_cell_that_is_yours_is_open_and_carries_no_points(course):
    cells = {cell.id: cell for cell in compose(course.text("week1"), ASSIGNMENT).cells}
    metadata = cells["try-it"].metadata.nbgrader
    assert metadata["solution"] and not metadata["locked"] and not metadata["grade"]
    assert "points" not in metadata
    assert cells["helpers"].metadata.nbgrader["locked"]
