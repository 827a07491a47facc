"""The instant checks of Gradient Checking: green for right code in any style, red for wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.exercises.gradient_checking import NAME
from tests.support.assignments import COURSE, load

# In a process of its own, beside the notebook, as a student's kernel would be.
PROGRAM = """
import sys
sys.path.insert(0, {solutions!r})
import numpy as np
from gc_utils import *
from workbook.checks import examine
names = {{"np": np}}
exec(open({notebook!r}).read(), names)
exec({answer!r}, names)
print(examine({exercise!r}, names))
"""
GIVEN = """
from gc_utils import dictionary_to_vector, gradients_to_vector, relu, sigmoid, vector_to_dictionary

def forward_propagation(x, theta):
    return x * theta

def backward_propagation(x, theta):
    return x

"""


def told(answer: str, exercise: str, tmp_path: Path) -> str:
    """Return what the instant check tells of an answer."""
    notebook = tmp_path / "notebook.py"
    cells = COURSE.text(NAME).read_text(encoding="utf-8").split("# %% ")
    network = next(cell for cell in cells if cell.startswith("network-forward\n"))
    notebook.write_text(GIVEN + network.partition("\n")[2], encoding="utf-8")
    program = PROGRAM.format(
        solutions=str(COURSE.source(NAME)), notebook=str(notebook), answer=answer, exercise=exercise
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=COURSE.source(NAME),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


def edited(exercise: str, *ids: str) -> str:
    """Return the catalogue's solution with these misconceptions in it."""
    catalogue = load(NAME).exercise(exercise).catalogue
    assert catalogue
    return catalogue.source(*(entry for entry in catalogue.entries if entry.id in ids))


@pytest.mark.parametrize("exercise", [exercise.id for exercise in load(NAME).exercises])
def test_right_code_is_green(exercise, tmp_path):
    assert told(edited(exercise), exercise, tmp_path).startswith("✓")


BEFORE_SUBTRACTING = """
def gradient_check(x, theta, epsilon=1e-7):
    half = 1 / (2 * epsilon)
    up, down = forward_propagation(x, theta + epsilon), forward_propagation(x, theta - epsilon)
    g, d = half * up - half * down, backward_propagation(x, theta)
    return np.linalg.norm(d - g) / (np.linalg.norm(d) + np.linalg.norm(g))
"""


def test_right_code_whose_rounding_is_another_is_green_too(tmp_path):
    assert told(BEFORE_SUBTRACTING, "gradient_check", tmp_path).startswith("✓")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("exercise", "entry"),
    [
        ("forward_propagation", "sum"),
        ("backward_propagation", "theta"),
        ("gradient_check", "one-sided-up"),
        ("gradient_check", "one-sided-down"),
        ("gradient_check", "epsilon-once"),
        ("gradient_check", "numerator-alone"),
        ("gradient_check_n", "all-moved"),
        ("gradient_check_n", "last-skipped"),
        ("gradient_check_n", "order-of-the-dict"),
    ],
)
def test_wrong_code_is_red(exercise, entry, tmp_path):
    says = told(edited(exercise, entry), exercise, tmp_path)
    assert says.startswith("✗")
    assert "is another number than it should be" in says
