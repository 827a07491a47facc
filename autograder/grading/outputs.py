"""Outputs that a student's process sent, made fit for a notebook: nothing in them is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nbformat import v4
from nbformat.notebooknode import NotebookNode

from autograder.assignment.verdict import ExerciseVerdict
from autograder.handin.images import is_showable
from autograder.handin.notebook import Repaired
from autograder.judging.judge import describe
from autograder.sandbox.forms import IMAGES, TEXTS

BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


def _output(kind: str, **parts: Any) -> NotebookNode:
    """Return an output as `nbformat.v4.new_output` does, which takes a millisecond to validate."""
    if "data" in parts:
        parts |= {"data": NotebookNode(parts["data"]), "metadata": NotebookNode()}
    return NotebookNode(output_type=kind, **parts)


# An instructor's own assert cells can only be run where the student's code runs.
JUDGED_INSIDE = _output(
    "stream", name="stdout", text="(judged in the student's process, by nbgrader's rules)\n"
)


def safe_outputs(outputs: list[Any], count: int) -> list[NotebookNode]:
    """Return those outputs that are well-formed, in the forms that hold no code."""
    kept = (_safe(output, count) for output in outputs if isinstance(output, dict))
    return [output for output in kept if output is not None]


def verdict_outputs(verdict: ExerciseVerdict) -> list[NotebookNode]:
    """Return the outputs of a grade cell: the verdict in words, then the points.

    nbgrader reads the points from the first evaluated value, so nothing else may be one.
    """
    text = _output("stream", name="stdout", text=describe(verdict) + "\n")
    points = {"text/plain": f"{verdict.score:g}"}
    return [text, _output("execute_result", data=points, execution_count=None)]


def with_notes(repaired: Repaired) -> NotebookNode:
    """Return the repaired notebook, opened by a cell that tells what was repaired."""
    if repaired.notes:
        lines = ["**What was repaired before grading**", "", *(f"- {n}" for n in repaired.notes)]
        note = v4.new_markdown_cell("\n".join(lines), id="grading-notes")
        repaired.notebook.cells.insert(0, note)
    return repaired.notebook


def _safe(output: dict[str, Any], count: int) -> NotebookNode | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return _output("stream", name=name, text=_text(output.get("text")))
    if kind == "error":
        lines = output.get("traceback")
        return _output(
            "error",
            ename=_text(output.get("ename")),
            evalue=_text(output.get("evalue")),
            traceback=[_text(line) for line in lines] if isinstance(lines, list) else [],
        )
    data = output.get("data")
    if kind not in {"display_data", "execute_result"} or not isinstance(data, dict):
        return None
    extra = {"execution_count": count} if kind == "execute_result" else {}
    return _output(kind, data=dict(_safe_data(data)), **extra)


def _safe_data(data: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    for form in TEXTS:
        if isinstance(data.get(form), str):
            yield form, _text(data[form])
    for form in IMAGES:
        text = data.get(form)
        if isinstance(text, str) and BASE64.fullmatch(text) and is_showable(form, text):
            yield form, text


def _text(value: Any) -> str:
    """Return a text that can be written in UTF-8."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
