"""Let the instructor's own solution decide how each grade cell is judged."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from nbformat.notebooknode import NotebookNode

from autograder.grading.examining.examination import SKIPPED, Examination, Judged
from autograder.grading.examining.grounds import grounds_of, is_test
from autograder.grading.notebook.engine import too_long
from autograder.grading.notebook.outputs import safe_outputs, score_by_nbgrader
from autograder.grading.notebook.tasks import tasks_of
from autograder.handin.notebook import name_of
from autograder.sandbox.asking import CellRun, ChildLost
from autograder.sandbox.client import Zygote
from autograder.sandbox.examining.client import Examiner

LOG = logging.getLogger(__name__)

# So often the notebook is run to find out; then what still fails is judged inside.
MOST_ROUNDS = 24
# In the place of a cell that ends the process wherever it runs.
LEFT_OUT = "raise RuntimeError('this cell ends the process')"


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
    left_out: set[int] = set()
    for turn in range(MOST_ROUNDS):
        runs, judged, ended = _round(plan, cells, zygote, left_out, warn=not turn)
        failed = [name for name in names if judged[name].outside and not _passed(runs, name)]
        if not failed:
            return replace(plan, judged=_with_reasons(judged, runs, names))
        tried = [name for name in failed if runs[name][1].status != SKIPPED]
        after = {name: _demoted(plan.judged[name], runs[name][1]) for name in tried}
        plan = replace(plan, judged={**plan.judged, **after})
        if ended is not None and name_of(cells[ended]) not in tried:
            left_out.add(ended)
        elif not tried:
            break
    inside = {name: Judged(False, _why(runs[name][1])) for name in failed}
    return replace(plan, judged={**judged, **inside})


Runs = Mapping[str, tuple[NotebookNode, CellRun]]


def _round(
    plan: Examination,
    cells: Sequence[NotebookNode],
    zygote: Zygote,
    left_out: Collection[int],
    *,
    warn: bool,
) -> tuple[Runs, dict[str, Judged], int | None]:
    """Return what came of the grade cells, what each needed, and which cell ended the process."""
    tasks = plan.tasks(cells, tasks_of(cells, plan.seconds))
    for ending in left_out:
        tasks[ending] = tasks[ending]._replace(source=LEFT_OUT)
    runs: dict[str, tuple[NotebookNode, CellRun]] = {}
    judged, place = dict(plan.judged), -1
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
            ended = place + (
                place < 0 or not is_test(cells[place]) or name_of(cells[place]) in runs
            )
            return _all_of(cells, runs, ended, str(lost)), judged, ended
    return runs, judged, None


def _all_of(cells: Sequence[NotebookNode], runs: Runs, ended: int, why: str) -> Runs:
    """Say of the cells that did not come to run why."""
    found = dict(runs)
    error = {"ename": "Lost", "evalue": f"the process {why}", "traceback": []}
    for place, cell in enumerate(cells):
        if is_test(cell):
            status = "lost" if place == ended else SKIPPED
            run = CellRun(status, [{"output_type": "error", **error}], 0)
            found.setdefault(name_of(cell), (cell, run))
    return found


def _passed(runs: Runs, name: str) -> bool:
    """Tell whether a cell gives the instructor's own solution any points."""
    cell, run = runs[name]
    scored = NotebookNode({**cell, "outputs": safe_outputs(run)})
    return run.status == "ok" and bool(score_by_nbgrader(scored) or _is_worth_nothing(cell))


def _is_worth_nothing(cell: NotebookNode) -> bool:
    return not cell.metadata.nbgrader.get("points")


def _demoted(judged: Judged, run: CellRun) -> Judged:
    """Return how a cell that failed is tried next; what it failed with first is what is told."""
    if not judged.values_are_theirs:
        return replace(judged, values_are_theirs=True, reason=_why(run))
    return Judged(False, judged.reason or _why(run))


def _why(run: CellRun) -> str:
    errors = [output for output in run.outputs if output["output_type"] == "error"]
    if not errors:
        return "it gives no points outside"
    return f"outside it stops with {errors[-1]['ename']}: {errors[-1]['evalue']}"[:200].strip(": ")


def _with_reasons(judged: Mapping[str, Judged], runs: Runs, names: Sequence[str]) -> dict:
    """Say of a cell that fails for the instructor's solution inside as well that this is why."""
    found = {
        name: replace(how, reason=how.reason * (not how.outside)) for name, how in judged.items()
    }
    for name in names:
        if not judged[name].outside and not _passed(runs, name):
            found[name] = replace(judged[name], reason="the instructor's own notebook fails it")
    return found
