"""Ask a child for an exercise's demonstration: one that has not been given anything hidden.

Where the answer to what students know is wrong already, that is the child that gave it, before it
is asked anything hidden. What only hidden cases find wrong is shown by a child of its own.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from autograder.assignment.exercise import Answer, Assignment, Call, Exercise
from autograder.assignment.verdict import Demonstrated, ExerciseVerdict, Pairs
from autograder.grading.notebook.interview import ask_apart
from autograder.grading.notebook.judging import Judging
from autograder.grading.notebook.progress import Interview
from autograder.sandbox.asking import Child, ChildLost, Request, make_request
from autograder.sandbox.client import Zygote
from autograder.sandbox.sharing import Task

# Seconds that one call or walk may take, and all of one submission's together.
CALL_SECONDS = 1.0
ALL_SECONDS = 3.0

# What a demonstration asks is the same for all, and packed once.
_request = lru_cache(64)(make_request)

Groups = Mapping[str, tuple[Pairs, ...]]
Shown = dict[str, tuple[Pairs, ...]]


class _Over(Exception):
    """The time for demonstrations is up."""


def to_show(
    assignment: Assignment,
    answers: Mapping[str, Sequence[Answer]],
    verdicts: Mapping[str, ExerciseVerdict],
) -> list[Exercise]:
    """Return the exercises that have something to show: answered, but not all right."""
    return [
        exercise
        for exercise in assignment.exercises
        if exercise.demonstration is not None
        and verdicts[exercise.id].score < exercise.points
        and any(answer.status == "returned" for answer in answers[exercise.id])
    ]


class Early:
    """Shows what is wrong already where only known answers came, which spares a second child.

    Attributes
    ----------
    shown : dict
        What was shown, by exercise; nothing of one that was lost over it.
    """

    def __init__(
        self,
        assignment: Assignment,
        judging: Judging,
        requests: Mapping[str, Sequence[Request]],
    ) -> None:
        self._judging, self._requests = judging, requests
        self._exercises = [one for one in assignment.exercises if one.demonstration is not None]
        self._shows = {one.id for one in self._exercises}
        self._wrong: set[str] = set()
        self._is_done = False
        self.shown: Shown = {}

    def lighten(self, exercise_id: str, place: int, answer: Answer) -> Answer:
        """Take note of a known answer that is wrong; return what to keep of any."""
        is_known = self._requests[exercise_id][place].is_known and answer.status == "returned"
        # Nothing is judged ahead of its time that has nothing to show.
        if (
            is_known
            and exercise_id in self._shows
            and self._judging.is_wrong(exercise_id, place, answer)
        ):
            self._wrong.add(exercise_id)
        return self._judging.lighten(exercise_id, place, answer)

    def show(self, child: Child) -> str:
        """Ask for what is wrong, once a submission; return what the child was lost over."""
        if self._is_done:
            return ""
        self._is_done = True
        wrong = [one for one in self._exercises if one.id in self._wrong]
        return demonstrate(child, wrong, self.shown)


def show_apart(
    zygote: Zygote,
    cells: Sequence[Task],
    files: Mapping[str, bytes] | None,
    known: Interview,
    end: float,
    wanted: Sequence[Exercise],
) -> dict[str, tuple[Pairs, ...]]:
    """Return what a hand-in has to show of the exercises that are wanted, in the time left.

    Not in the child that was given hidden inputs: it could draw them.
    """
    own: Shown = {}
    left = end - time.monotonic()
    if wanted and left > 0:
        ask_apart(zygote, cells, files, known, left, lambda child: demonstrate(child, wanted, own))
    return own


def demonstrate(child: Child, exercises: Iterable[Exercise], shown: Shown) -> str:
    """Add what each of these exercises has to show, as far as time allows and the child lasts.

    It earns nothing. Return what the child was lost over, or nothing.
    """
    end = time.monotonic() + ALL_SECONDS
    for exercise in exercises:
        if exercise.demonstration is None:
            continue
        shown[exercise.id] = ()
        try:
            shown[exercise.id] = exercise.demonstration.play(_asker(child, exercise.id, end))
        except ChildLost as lost:
            return f"{exercise.id} {lost}"
        except _Over:
            break
    return ""


def beside(exercise: Exercise, own: Groups, right: Groups) -> Demonstrated | None:
    """Return what a student's function showed beside the right one, if it showed anything."""
    if exercise.demonstration is None or not any(own.get(exercise.id, ())):
        return None
    kind = exercise.demonstration.kind
    return Demonstrated(kind, own[exercise.id], right.get(exercise.id, ()))


def _asker(child: Child, function: str, end: float) -> Any:
    numbers = itertools.count(1)

    def ask(call: Call) -> Any:
        if time.monotonic() > end:
            raise _Over
        answer = child.ask(_request(next(numbers), function, call, CALL_SECONDS))
        if answer.status == "late":
            raise _Over
        return answer.value if answer.status == "returned" else None

    return ask
