"""Run a notebook's cells in a child and ask it all questions, whatever becomes of the child."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from autograder.assignment.exercise import Answer
from autograder.grading.examining.examination import Examining
from autograder.grading.notebook.progress import Interview
from autograder.grading.notebook.questioning import Listener, Requests, ask_all
from autograder.sandbox.asking import CellRun, Child, ChildLost
from autograder.sandbox.client import Zygote
from autograder.sandbox.sharing import Task

# So often a submission may lose its child before the rest of it is given up.
MOST_CHILDREN = 8
# So often before the cells that a student added, and that have not run by then, are left out: the
# functions are to be asked while there is time.
PATIENCE = 2
MOST_NAMED = 4


def interview(
    zygote: Zygote,
    cells: Sequence[Task],
    requests: Requests,
    seconds: float,
    listener: Listener,
    files: Mapping[str, bytes] | None = None,
    examine: Callable[[], AbstractContextManager[Examining | None]] = nullcontext,
) -> Interview:
    """Run the cells and ask all questions, in a new child for what a lost one left undone.

    Parameters
    ----------
    cells : sequence of Task
        The cells; `seconds` is for all of it.
    requests : mapping
        The calls of each exercise.
    files : mapping, optional
        What lies beside the notebook, by relative name.
    examine : callable
        Gives what judges the cells that pause, anew for each child.
    """
    known = Interview()
    end = time.monotonic() + seconds
    for _ in range(MOST_CHILDREN):
        if time.monotonic() > end:
            _give_up(requests, known, f"took more than {seconds:g} s in all")
            return known
        with zygote.child() as child, examine() as examining:
            lasted = _run_cells(child, cells, files, known, end, examining)
            done = lasted and ask_all(child, requests, known, end, listener)
        _note_end(child, zygote, known)
        if done:
            return known
    _give_up(requests, known, f"lost its process {MOST_CHILDREN} times, at last: {known.last_loss}")
    return known


def _note_end(child: Child, zygote: Zygote, known: Interview) -> None:
    """Note what a child had noticed of itself, and how it ended unless that is noted."""
    known.flags += child.noticed
    if (why := zygote.last_end) and not any(flag.endswith(why) for flag in known.flags):
        known.flags.append(why)
    if zygote.left_running:
        known.flags.append("left processes running")


def _run_cells(
    child: Child,
    cells: Sequence[Task],
    files: Mapping[str, bytes] | None,
    known: Interview,
    end: float,
    examining: Examining | None = None,
) -> bool:
    """Run the cells but those that cost an earlier child its life or its time.

    Return whether the child lasted until the end.
    """
    left_out = _left_out(cells, known)
    cells = [cell._replace(source="") if n in left_out else cell for n, cell in enumerate(cells)]
    place = 0
    try:
        for ran in child.run(cells, files, end - time.monotonic()):
            is_asked = examining and cells[place].pauses and place not in left_out
            run = examining.judge(child, place) if examining and is_asked else ran
            if place not in left_out or place in known.runs:
                known.keep(place, run)
            if run.status == "timeout":
                known.flags.append(f"{_label(cells, place)} ran past {run.budget:.2g} s")
            place += 1
            if time.monotonic() > end:
                return False
    except ChildLost as lost:
        known.last_loss = f"{_label(cells, place)} {lost}"
        known.losses += 1
        known.flags.append(known.last_loss)
        error = {"ename": "Stopped", "evalue": f"This cell {lost}.", "traceback": []}
        known.runs[place] = CellRun("lost", [{"output_type": "error", **error}], 0)
        return False
    return True


def _left_out(cells: Sequence[Task], known: Interview) -> set[int]:
    """Return the cells that cost an earlier child its life or its time.

    Where children are lost again and again, these are all added ones that never ran.
    """
    left_out = {place for place, run in known.runs.items() if run.status in {"lost", "timeout"}}
    if known.losses < PATIENCE:
        return left_out
    never_ran = {n for n, cell in enumerate(cells) if cell.is_added and n not in known.runs}
    if known.losses == PATIENCE and never_ran:
        names = ", ".join(_label(cells, place) for place in sorted(never_ran)[:MOST_NAMED])
        more = f" and {len(never_ran) - MOST_NAMED} more" if len(never_ran) > MOST_NAMED else ""
        known.flags.append(f"{names}{more} did not run: there was no more time for added cells")
    return left_out | never_ran


def _label(cells: Sequence[Task], place: int) -> str:
    known = cells[place].label if place < len(cells) else ""
    return known or f"cell {place + 1}"


def _give_up(requests: Requests, known: Interview, reason: str) -> None:
    """Note for every exercise that was not asked why it was not."""
    known.flags.append(f"the notebook {reason}")
    answer = Answer("skipped", reason=f"was not called: the notebook {reason}")
    for exercise_id, asked in requests.items():
        given = known.given(exercise_id)
        answers = [given.get(place, answer) for place in range(len(asked))]
        known.answers.setdefault(exercise_id, answers)


def ask_apart(
    zygote: Zygote,
    cells: Sequence[Task],
    files: Mapping[str, bytes] | None,
    known: Interview,
    seconds: float,
    ask: Callable[[Child], object],
) -> None:
    """Run the cells once more, in a child that nothing hidden enters, and ask it something.

    It may be lost: nothing of it counts. What is told of the cells is what came of them first.

    Parameters
    ----------
    seconds : float
        What is left for the submission.
    """
    again = Interview(runs=dict(known.runs), losses=known.losses)
    with zygote.child() as child:
        if _run_cells(child, cells, files, again, time.monotonic() + seconds):
            ask(child)
    again.flags.clear()
    _note_end(child, zygote, again)
    known.flags += again.flags
