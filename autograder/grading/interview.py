"""Run a notebook's cells in a child and ask it all questions, whatever becomes of the child."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.assignment.exercise import Answer
from autograder.sandbox.asking import CellRun, Child, ChildLost, Request
from autograder.sandbox.client import Zygote
from autograder.sandbox.sharing import Task

# So often a submission may lose its child before the rest of it is given up.
MOST_CHILDREN = 8

Requests = Mapping[str, Sequence[Request]]
Answered = Callable[[str, Sequence[Answer]], None]


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
    cells: Sequence[Task],
    requests: Requests,
    seconds: float,
    answered: Answered = lambda _exercise, _answers: None,
    afterwards: Callable[[Child, Interview], None] = lambda _child, _known: None,
    files: Mapping[str, bytes] | None = None,
) -> Interview:
    """Run the cells and ask all questions, in a new child for what a lost one left undone.

    Parameters
    ----------
    cells : sequence of Task
        The cells; `seconds` is for all of it.
    requests : mapping
        The calls of each exercise.
    answered : callable
        Given each exercise with its answers, while the child works on those that follow.
    afterwards : callable
        Given the child that lasted until all was asked, and all that is known.
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
            done = lasted and _ask_all(child, requests, known, end, answered)
            if done:
                afterwards(child, known)
        _note_end(child, zygote, known)
        if done:
            return known
    _give_up(requests, known, "ended its own process again and again")
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
    bad = {place for place, run in known.runs.items() if run.status in {"lost", "timeout"}}
    cells = [cell._replace(source="") if n in bad else cell for n, cell in enumerate(cells)]
    place = 0
    try:
        for run in child.run(cells, files, end - time.monotonic()):
            known.runs.setdefault(place, run)
            place += 1
            if run.status == "timeout":
                known.flags.append(f"cell {place} ran past {run.budget:.2g} s")
            if time.monotonic() > end:
                return False
    except ChildLost as lost:
        known.flags.append(f"cell {place + 1} {lost}")
        error = {"output_type": "error", "ename": "Stopped", "evalue": f"This cell {lost}."}
        known.runs[place] = CellRun("lost", [error], 0)
        return False
    return True


def _ask_all(
    child: Child, requests: Requests, known: Interview, end: float, answered: Answered
) -> bool:
    """Ask what is not answered yet; return whether the child lasted until the end."""
    left = {id: asked for id, asked in requests.items() if id not in known.answers}
    replies = child.ask_all(itertools.chain.from_iterable(left.values()))
    for exercise_id, asked in left.items():
        if time.monotonic() > end:
            return False
        answers: list[Answer] = []
        known.answers[exercise_id] = answers
        try:
            for answer in itertools.islice(replies, len(asked)):
                answers.append(answer)
                if answer.status == "late":  # the calls that were sent ahead would be so too
                    raise ChildLost("ran past its time")
        except ChildLost as lost:
            known.flags.append(f"{exercise_id} {lost}")
            _skip_the_rest(answers, len(asked), lost)
            return False
        finally:
            answered(exercise_id, answers)
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
