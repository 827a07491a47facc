"""Let the instructor's own solution decide how each grade cell is judged."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nbformat.notebooknode import NotebookNode

from autograder.grading.engine import too_long
from autograder.grading.examining.examination import SKIPPED, Examination, Judged
from autograder.grading.examining.grounds import grounds_of, is_test
from autograder.grading.outputs import safe_outputs, score_by_nbgrader
from autograder.grading.tasks import tasks_of
from autograder.handin.notebook import name_of
from autograder.sandbox.asking import CellRun, ChildLost
from autograder.sandbox.client import Zygote
from autograder.sandbox.examining.client import Examiner

LOG = logging.getLogger(__name__)

# So often the notebook is run to find out; then what still fails is judged inside.
MOST_ROUNDS = 8


def decide(
    cells: Sequence[NotebookNode],
    zygote: Zygote,
    examiner: Examiner,
    seconds: float,
    known: Mapping[str, Judged] | None = None,
) -> Examination:
    """Return how the grade cells among an instructor's code cells are judged.

    What is known is not tried again.

    Each is tried outside first: with what the instructor's given cells define there, then with
    given values from the process that runs the answers. One that fails both ways is judged inside.
    """
    names = [name_of(cell) for cell in cells if is_test(cell)]
    first = known or dict.fromkeys(names, Judged())
    plan = Examination(examiner, grounds_of(cells), first, seconds)
    if known is not None:
        return plan
    for turn in range(MOST_ROUNDS):
        runs, judged = _round(plan, cells, zygote, warn=not turn)
        failed = [name for name in names if judged[name].outside and not _passed(runs, name)]
        if not failed:
            return replace(plan, judged=_with_reasons(judged, runs, names))
        tried = [name for name in failed if runs[name][1].status != SKIPPED]
        after = {name: _demoted(plan.judged[name], runs[name][1]) for name in tried}
        plan = replace(plan, judged={**plan.judged, **after})
    inside = {name: Judged(False, _why(runs[name][1])) for name in failed}
    return replace(plan, judged={**judged, **inside})


Runs = Mapping[str, tuple[NotebookNode, CellRun]]


def _round(
    plan: Examination, cells: Sequence[NotebookNode], zygote: Zygote, *, warn: bool
) -> tuple[Runs, dict[str, Judged]]:
    """Run the instructor's notebook; return what came of its grade cells and what each needed."""
    tasks = plan.tasks(cells, tasks_of(cells, plan.seconds))
    runs: dict[str, tuple[NotebookNode, CellRun]] = {}
    judged = dict(plan.judged)
    with zygote.child() as child, plan.of(cells) as examining:
        try:
            for place, run in enumerate(child.run(tasks)):
                cell, name = cells[place], name_of(cells[place])
                if plan.is_outside(cell):
                    start = time.monotonic()
                    told = examining.judge(child, place)
                    came = examining.found.get(name)
                    needs, spent = came.used if came else (), time.monotonic() - start
                    judged[name] = replace(judged[name], needs=needs, seconds=spent)
                    runs[name] = cell, came.run if came else told
                elif is_test(cell):
                    runs[name] = cell, run
                elif run.status == "timeout" and warn:
                    LOG.warning("%s", too_long(cell, plan.seconds))
        except ChildLost as lost:
            error = {"ename": "Lost", "evalue": f"the process {lost}", "traceback": []}
            gone = CellRun("lost", [{"output_type": "error", **error}], 0)
            for cell in filter(is_test, cells):
                runs.setdefault(name_of(cell), (cell, gone))
    return runs, judged


def _passed(runs: Runs, name: str) -> bool:
    """Tell whether a cell gives the instructor's own solution any points."""
    cell, run = runs[name]
    scored = NotebookNode({**cell, "outputs": safe_outputs(run)})
    return run.status == "ok" and bool(score_by_nbgrader(scored) or _is_worth_nothing(cell))


def _is_worth_nothing(cell: NotebookNode) -> bool:
    return not cell.metadata.nbgrader.get("points")


def _demoted(judged: Judged, run: CellRun) -> Judged:
    if not judged.values_are_theirs:
        return replace(judged, values_are_theirs=True)
    return Judged(False, _why(run))


def _why(run: CellRun) -> str:
    errors = [output for output in run.outputs if output["output_type"] == "error"]
    if not errors:
        return "it gives no points outside"
    return f"outside it stops with {errors[-1]['ename']}: {errors[-1]['evalue']}"[:200].strip(": ")


def _with_reasons(judged: Mapping[str, Judged], runs: Runs, names: Sequence[str]) -> dict:
    """Say of a cell that fails for the instructor's solution inside as well that this is why."""
    found = dict(judged)
    for name in names:
        if not judged[name].outside and not _passed(runs, name):
            found[name] = replace(judged[name], reason="the instructor's own notebook fails it")
    return found
