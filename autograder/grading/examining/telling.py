"""What a student is told of an assert cell: the assertion's own words, and nothing hidden."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from nbformat.notebooknode import NotebookNode

from autograder.handin.repairing import HIDDEN
from autograder.sandbox.asking import CellRun
from autograder.sandbox.examining.client import Came
from autograder.sandbox.examining.examiner.sides import is_kept

LONGEST = 500


def told(cell: NotebookNode, came: Came) -> CellRun:
    """Return what came of a cell, its errors in words that give no hidden test away."""
    is_hidden = _is_hidden(cell.source, came.run.line)
    outputs = [_told(output, cell, came, is_hidden) for output in came.run.outputs]
    if came.run.status == "ok":
        return replace(came.run, outputs=outputs)
    if HIDDEN.search(cell.source):  # what it showed may be of hidden inputs
        outputs = [output for output in outputs if output["output_type"] == "error"]
    return replace(came.run, outputs=outputs[-1:] if is_hidden else outputs)


def _told(
    output: dict[str, Any], cell: NotebookNode, came: Came, is_hidden: bool
) -> dict[str, Any]:
    if output["output_type"] != "error":
        return output
    name, value = output["ename"], output["evalue"][:LONGEST]
    lines = [f"{name}: {value}" if value else name]
    if is_hidden and name != "AssertionError":  # its text may name hidden inputs
        value, lines = "a hidden test stopped with this error", [f"{name} in a hidden test"]
    elif is_hidden and not value:
        value, lines = "a hidden test failed", ["AssertionError: a hidden test failed"]
    elif came.run.line:
        line = cell.source.splitlines()[came.run.line - 1 : came.run.line]
        lines = [f"line {came.run.line}: {text.strip()}" for text in line] + lines
        if name == "AssertionError" and all(came.sides) and is_kept(cell.source, came.run.line):
            lines += [f"  it was      {came.sides[0]}", f"  expected is {came.sides[1]}"]
            value = value or f"{came.sides[0]} came, {came.sides[1]} was expected"
    return {**output, "evalue": value, "traceback": lines}


def _is_hidden(source: str, line: int) -> bool:
    """Tell whether a line of a cell is in a part that the release leaves out."""
    for found in re.finditer(HIDDEN, source):
        first = source.count("\n", 0, found.start()) + 1
        last = source.count("\n", 0, found.end()) + 1
        if first <= line <= last:
            return True
    return not line and HIDDEN.search(source) is not None
