"""Outputs that a student's process sent, made fit for a notebook: nothing in them is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import v4
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import determine_grade

from autograder.assignment.verdict import ExerciseVerdict
from autograder.handin.images import is_showable
from autograder.handin.repairing import Repaired
from autograder.judging.judge import describe
from autograder.pages.markdown import harmless_formula
from autograder.sandbox.forms import LATEX, TEXTS
from autograder.sandbox.replies import CellRun

BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
# What JSON needs six characters for, or what ends a line though no editor shows it as one. Colours
# begin with an escape.
ODD = re.compile("[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u2028\u2029]")


def _output(kind: str, **parts: Any) -> NotebookNode:
    """Return an output as `nbformat.v4.new_output` does, which takes a millisecond to validate."""
    if "data" in parts:
        parts |= {"data": NotebookNode(parts["data"]), "metadata": NotebookNode()}
    return NotebookNode(output_type=kind, **parts)


# An instructor's own assert cells can only be run where the student's code runs.
JUDGED_INSIDE = _output(
    "stream", name="stdout", text="(judged in the student's process, by nbgrader's rules)\n"
)

JUDGED_OUTSIDE = _output("stream", name="stdout", text="(judged outside the student's process)\n")


# nbgrader scores 0 where it sees an error: what was left out might have been one.
CUT = _output(
    "error",
    ename="OutputsLeftOut",
    evalue="The notebook shows too much; what this cell shows was left out.",
    traceback=[],
)


# IPython shows an error through hooks that a notebook can take away; that there was one is known.
UNSHOWN = _output(
    "error",
    ename="ErrorNotShown",
    evalue="This cell raised an error, which the notebook did not show.",
    traceback=[],
)

NEVER_RAN = _output(
    "error",
    ename="NeverRan",
    evalue="The notebook ended its process again and again, so this cell never ran.",
    traceback=[],
)


def unsaid(run: CellRun) -> list[NotebookNode]:
    """Return what the outputs of a grade cell must say and do not: that it failed, or was cut."""
    shown = any(output["output_type"] == "error" for output in run.outputs)
    failed = [UNSHOWN] if run.status != "ok" and not shown else []
    return [*failed, CUT] if run.is_cut else failed


def safe_outputs(run: CellRun) -> list[NotebookNode]:
    """Return the outputs of a cell as nodes of a notebook."""
    return [_safe(output, run.count) for output in run.outputs]


def verdict_outputs(verdict: ExerciseVerdict) -> list[NotebookNode]:
    """Return the outputs of a grade cell: the verdict in words, then the points.

    nbgrader reads the points from the first evaluated value, so nothing else may be one.
    """
    text = _output("stream", name="stdout", text=describe(verdict) + "\n")
    points = {"text/plain": f"{verdict.score:g}"}
    return [text, _output("execute_result", data=points, execution_count=None)]


def score_by_nbgrader(cell: NotebookNode) -> float | None:
    """Return the points that nbgrader's rules give a grade cell.

    None asks for a person to look, as it does there; here also where nbgrader itself would stop,
    at a value that is more than the cell is worth, or at none that is a text.
    """
    try:
        score, most = determine_grade(cell)
        return score if score is None or 0 <= float(score) <= most else None
    except Exception:
        return None


def with_notes(repaired: Repaired) -> NotebookNode:
    """Return the repaired notebook, opened by a cell that tells what was repaired."""
    if repaired.notes:
        lines = ["**What was repaired before grading**", "", *(f"- {n}" for n in repaired.notes)]
        note = v4.new_markdown_cell("\n".join(lines), id="grading-notes")
        repaired.notebook.cells.insert(0, note)
    return repaired.notebook


def _safe(output: Mapping[str, Any], count: int) -> NotebookNode:
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output["name"] == "stderr" else "stdout"
        return _output("stream", name=name, text=_text(output["text"]))
    if kind == "error":
        names = {name: _text(output[name]) for name in ("ename", "evalue")}
        return _output("error", **names, traceback=[*map(_text, output["traceback"])])
    extra = {"execution_count": count} if kind == "execute_result" else {}
    return _output(kind, data=dict(_safe_data(output["data"])), **extra)


def _safe_data(data: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for form, text in data.items():
        if form == LATEX:
            yield form, harmless_formula(_text(text))
        elif form in TEXTS:
            yield form, _text(text)
        elif BASE64.fullmatch(text) and is_showable(form, text):
            yield form, text


def _text(value: str) -> str:
    return ODD.sub("?", value)
