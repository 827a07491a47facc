"""Ask a child for an exercise's demonstration: one that has never been given anything hidden."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from autograder.assignment.exercise import Answer, Assignment, Call, Exercise
from autograder.assignment.verdict import Demonstrated, ExerciseVerdict, Pairs
from autograder.grading.interview import ask_apart
from autograder.grading.progress import Interview
from autograder.sandbox.asking import Child, ChildLost, make_request
from autograder.sandbox.client import Zygote
from autograder.sandbox.sharing import Task

# Seconds that one call or walk may take, and all of one submission's together.
CALL_SECONDS = 1.0
ALL_SECONDS = 3.0

# What a demonstration asks is the same for all, and packed once.
_request = lru_cache(64)(make_request)

Groups = Mapping[str, tuple[Pairs, ...]]


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
    own: dict[str, tuple[Pairs, ...]] = {}
    left = end - time.monotonic()
    if wanted and left > 0:
        ask_apart(
            zygote, cells, files, known, left, lambda child: own.update(demonstrate(child, wanted))
        )
    return own


def demonstrate(child: Child, exercises: Iterable[Exercise]) -> dict[str, tuple[Pairs, ...]]:
    """Return what each of these exercises has to show, as far as the child lasts.

    It earns nothing, so a child that is lost here costs nothing.
    """
    end = time.monotonic() + ALL_SECONDS
    shown: dict[str, tuple[Pairs, ...]] = {}
    for exercise in exercises:
        if exercise.demonstration is None:
            continue
        try:
            shown[exercise.id] = exercise.demonstration.play(_asker(child, exercise.id, end))
        except (ChildLost, _Over):
            break
    return shown


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
