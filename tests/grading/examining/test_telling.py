"""What a student is told of an assert that fails: both sides, and nothing of a hidden test."""

from __future__ import annotations

import json

import pytest
from nbformat.v4 import new_code_cell

from autograder.grading.examining.telling import told
from autograder.sandbox.asking import CellRun
from autograder.sandbox.examining.client import Came

HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
ERROR = {"output_type": "error", "ename": "AssertionError", "evalue": "", "traceback": []}


def shown(source: str, line: int) -> str:
    run = CellRun("error", [dict(ERROR)], 1, line=line)
    (output,) = told(new_code_cell(source), Came(run, (), ("None", "[1, 4]"))).outputs
    return json.dumps(output)


def test_both_sides_of_a_visible_test_are_told():
    assert "None came, [1, 4] was expected" in shown("x = 1\nassert f(x) == [1, 4]", 2)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (f"assert 1\n{HIDDEN.format('assert f(9) == [1, 4]')}", 3),
        ("assert g() == 1\nassert f()", 2),
        ("assert 1 in f()", 1),
        ("def check():\n    assert f() == 2\ncheck()", 2),
    ],
    ids=["hidden", "another assert", "no equality", "in a function"],
)
def test_sides_of_any_other_are_not(source, line):
    assert "[1, 4]" not in shown(source, line)
