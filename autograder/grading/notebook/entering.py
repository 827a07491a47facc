"""Enter into a notebook what came of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade, is_solution

from autograder.assignment.verdict import ExerciseVerdict
from autograder.grading.examining.examination import Examination
from autograder.grading.notebook.outputs import (
    JUDGED_INSIDE,
    JUDGED_OUTSIDE,
    NEVER_RAN,
    safe_outputs,
    score_by_nbgrader,
    unsaid,
    verdict_outputs,
)
from autograder.grading.notebook.progress import Interview
from autograder.handin.notebook import name_of


def enter_outputs(cells: Sequence[NotebookNode], known: Interview) -> None:
    """Give each cell that has run its outputs."""
    for place, run in known.runs.items():
        cells[place].execution_count = run.count or None
        cells[place].outputs = safe_outputs(run)
        if is_grade(cells[place]):
            cells[place].outputs += unsaid(run)
    for place, cell in enumerate(cells):
        if place not in known.runs and is_grade(cell) and not is_solution(cell):
            cell.outputs = [NEVER_RAN]  # a test without output would earn all its points


def enter_verdicts(
    notebook: NotebookNode,
    exercises: Iterable[ExerciseVerdict],
    examination: Examination | None,
) -> list[str]:
    """Give the grade cells their outputs; return what is to be said of those that none decides."""
    verdicts = {verdict.exercise_id: verdict for verdict in exercises}
    refused = []
    for cell in filter(is_grade, notebook.cells):
        if verdict := verdicts.get(name_of(cell)):
            cell.outputs = verdict_outputs(verdict)
        elif cell.cell_type == "code":
            if score_by_nbgrader(cell) is None and not is_solution(cell):
                refused.append(f"{name_of(cell)} gives itself points that no test can give")
            is_outside = examination is not None and examination.is_outside(cell)
            cell.outputs.append(JUDGED_OUTSIDE if is_outside else JUDGED_INSIDE)
    return refused
