"""Run a notebook's cells in a child and ask it all questions, whatever becomes of the child."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from autograder.exercise import Answer
from autograder.sandbox.client import CellRun, Child, ChildLost, Request, Zygote

# So often a submission may lose its child before the rest of it is given up.
MOST_CHILDREN = 8

Requests = Mapping[str, Sequence[Request]]


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
    """

    runs: dict[int, CellRun] = field(default_factory=dict)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)


def interview(
    zygote: Zygote,
    cells: Sequence[tuple[str, float]],
    requests: Requests,
    seconds: float,
    files: Mapping[str, bytes] | None = None,
) -> Interview:
    """Run the cells and ask all questions, in a new child for what a lost one left undone.

    Parameters
    ----------
    cells : sequence of (str, float)
        The source of each cell, and the seconds it may take.
    requests : mapping
        The calls of each exercise.
    seconds : float
        What all of it may take.
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
            if _run_cells(child, cells, files, known) and _ask_all(child, requests, known):
                return known
        if zygote.last_end:
            known.flags.append(zygote.last_end)
    _give_up(requests, known, "ended its own process again and again")
    return known


def _run_cells(
    child: Child,
    cells: Sequence[tuple[str, float]],
    files: Mapping[str, bytes] | None,
    known: Interview,
) -> bool:
    """Run the cells but those that cost an earlier child its life or its time.

    Return whether the child lasted until the end.
    """
    bad = {place for place, run in known.runs.items() if run.status in {"lost", "timeout"}}
    cells = [("" if n in bad else source, budget) for n, (source, budget) in enumerate(cells)]
    place = 0
    try:
        for run in child.run(cells, files):
            known.runs.setdefault(place, run)
            place += 1
            if run.status == "timeout":
                known.flags.append(f"cell {place} ran past its time")
    except ChildLost as lost:
        known.flags.append(f"cell {place + 1} {lost}")
        error = {"output_type": "error", "ename": "Stopped", "evalue": f"This cell {lost}."}
        known.runs[place] = CellRun("lost", [error], 0)
        return False
    return True


def _ask_all(child: Child, requests: Requests, known: Interview) -> bool:
    """Ask what is not answered yet; return whether the child lasted until the end."""
    for exercise_id, asked in requests.items():
        if exercise_id in known.answers:
            continue
        answers: list[Answer] = []
        known.answers[exercise_id] = answers
        try:
            for request in asked:
                answers.append(_ask(child, request, answers))
        except ChildLost as lost:
            known.flags.append(f"{exercise_id} {lost}")
            answers.append(Answer("lost", reason=str(lost)))
            skipped = Answer("skipped", reason=f"was not called again after it {lost}")
            answers += [skipped] * (len(asked) - len(answers))
            return False
    return True


def _ask(child: Child, request: Request, before: Sequence[Answer]) -> Answer:
    """Ask one question, unless an answer before it tells how this one ends."""
    if before and before[-1].status in {"todo", "missing"}:
        return before[-1]
    if before and before[-1].status in {"late", "skipped"}:
        return Answer("skipped", reason="was not called again after it ran past its time")
    return child.ask(request)


def _give_up(requests: Requests, known: Interview, reason: str) -> None:
    """Note for every exercise that was not asked why it was not."""
    known.flags.append(f"the notebook {reason}")
    answer = Answer("skipped", reason=f"was not called: the notebook {reason}")
    for exercise_id, asked in requests.items():
        known.answers.setdefault(exercise_id, [answer] * len(asked))
