"""Run a notebook's cells in a child and ask it all questions, whatever becomes of the child."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.assignment.exercise import Answer
from autograder.sandbox.asking import CellRun, Child, ChildLost, Request
from autograder.sandbox.client import Zygote
from autograder.sandbox.forms import OUTPUTS_BYTES, cost_of
from autograder.sandbox.sharing import Task
from autograder.sandbox.shown import SHORT, Room

# So often a submission may lose its child before the rest of it is given up.
MOST_CHILDREN = 8
# So often before the cells that a student added, and that have not run by then, are left out: the
# functions are to be asked while there is time.
PATIENCE = 2
MOST_NAMED = 4

Requests = Mapping[str, Sequence[Request]]


@dataclass(frozen=True)
class Listener:
    """Who hears what is answered, while the child works on what follows.

    Attributes
    ----------
    answered : callable
        Given each exercise with its answers.
    lightened : callable
        Given each answer with its exercise and place as it comes; returns what to keep of it.
    afterwards : callable
        Given the child that lasted until all was asked, and all that is known.
    """

    answered: Callable[[str, Sequence[Answer]], None]
    lightened: Callable[[str, int, Answer], Answer]
    afterwards: Callable[[Child, Interview], None]


@dataclass
class Interview:
    """What is known so far about one submission.

    Attributes
    ----------
    runs : dict
        What came of each cell, by its place among the cells.
    answers : dict
        The answers of each exercise, in the order of its questions.
    flags : list of str
        What was noticed.
    last_loss : str
        What the last child was lost over, in words.
    losses : int
        How many children were lost while cells ran.
    """

    runs: dict[int, CellRun] = field(default_factory=dict)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    last_loss: str = ""
    losses: int = 0
    _room: Room = field(default_factory=Room)

    def keep(self, place: int, run: CellRun) -> None:
        """Keep what came of a cell, unless it has run before; its outputs if there is room."""
        if place in self.runs:
            return
        was_full = self._room.is_full
        fits = self._room.take(sum(map(cost_of, run.outputs)))
        self.runs[place] = run if fits else replace(run, outputs=_errors(run), is_cut=True)
        if not fits and not was_full:
            self.flags.append(f"outputs beyond {OUTPUTS_BYTES / 1e6:g} MB in all were left out")


def _errors(run: CellRun) -> list[dict[str, Any]]:
    """Return what remains of outputs for which there is no room: an error costs points."""
    errors = (output for output in run.outputs if output["output_type"] == "error")
    return [{**error, "evalue": error["evalue"][:SHORT], "traceback": []} for error in errors][-1:]


def interview(
    zygote: Zygote,
    cells: Sequence[Task],
    requests: Requests,
    seconds: float,
    listener: Listener,
    files: Mapping[str, bytes] | None = None,
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
    """
    known = Interview()
    end = time.monotonic() + seconds
    for _ in range(MOST_CHILDREN):
        if time.monotonic() > end:
            _give_up(requests, known, f"took more than {seconds:g} s in all")
            return known
        with zygote.child() as child:
            lasted = _run_cells(child, cells, files, known, end)
            done = lasted and _ask_all(child, requests, known, end, listener)
            if done:
                listener.afterwards(child, known)
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
) -> bool:
    """Run the cells but those that cost an earlier child its life or its time.

    Return whether the child lasted until the end.
    """
    left_out = _left_out(cells, known)
    cells = [cell._replace(source="") if n in left_out else cell for n, cell in enumerate(cells)]
    place = 0
    try:
        for run in child.run(cells, files, end - time.monotonic()):
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


def _ask_all(
    child: Child, requests: Requests, known: Interview, end: float, listener: Listener
) -> bool:
    """Ask what is not answered yet; return whether the child lasted until the end."""
    left = {id: asked for id, asked in requests.items() if id not in known.answers}
    replies = child.ask_all(itertools.chain.from_iterable(left.values()))
    for exercise_id, asked in left.items():
        if time.monotonic() > end:
            return False
        answers: list[Answer] = []
        lost = None
        try:
            for answer in itertools.islice(replies, len(asked)):
                answers.append(listener.lightened(exercise_id, len(answers), answer))
                if answer.status == "late":  # the calls that were sent ahead would be so too
                    raise ChildLost("ran past its time")
        except ChildLost as error:
            lost = error
            known.last_loss = f"{exercise_id} {lost}"
            known.flags.append(known.last_loss)
            _skip_the_rest(answers, len(asked), lost)
        listener.answered(exercise_id, answers)
        # They are judged by now: those of a whole hand-in are not held together.
        known.answers[exercise_id] = [replace(answer, value=None) for answer in answers]
        if lost:
            return False
    return True


def _skip_the_rest(answers: list[Answer], count: int, lost: ChildLost) -> None:
    """Complete the answers of an exercise whose call cost a child its life."""
    if not answers or answers[-1].status != "late":
        answers.append(Answer("lost", reason=str(lost)))
    skipped = Answer("skipped", reason=f"was not called again after it {lost}")
    answers += [skipped] * (count - len(answers))


def _give_up(requests: Requests, known: Interview, reason: str) -> None:
    """Note for every exercise that was not asked why it was not."""
    known.flags.append(f"the notebook {reason}")
    answer = Answer("skipped", reason=f"was not called: the notebook {reason}")
    for exercise_id, asked in requests.items():
        known.answers.setdefault(exercise_id, [answer] * len(asked))
