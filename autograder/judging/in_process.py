"""Put all cases to a function in this very process: for solutions that are trusted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from autograder.assignment.exercise import Answer, Call, Exercise
from autograder.assignment.verdict import ExerciseVerdict
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.marking import mark
from autograder.judging.questions import draw
from autograder.judging.telling import Line
from workbook.calling import Status, attempt

Function = Callable[..., Any]

# The line that a reason ends with.
LINE = re.compile(r" in `(.*)`$")
STATUSES = {Status.RIGHT: "returned", Status.WRONG: "raised", Status.TODO: "todo"}


def grade_function(
    exercise: Exercise, function: Function | None, reference: Function, seed: int
) -> ExerciseVerdict:
    """Put every hidden case to `function` and judge its answers.

    Parameters
    ----------
    seed : int
        What the inputs are drawn from: the same seed gives the same inputs.
    """
    # Each call gets inputs of its own, drawn from the same seed: what a function does to them in
    # place reaches neither the reference nor the judge.
    given, own = draw(exercise, seed), draw(exercise, seed)
    questions = [
        replace(question, expected=_ask(reference, theirs.call).value)
        for question, theirs in zip(draw(exercise, seed), own, strict=True)
    ]
    answers = [_ask(function, question.call) for question in given]
    return mark(Diagnostician(exercise, questions), answers)


def _ask(function: Function | None, call: Call) -> Answer:
    outcome = attempt(call.put_to if callable(function) else None, function)
    value = outcome.value
    if outcome.status is Status.WRONG and (line := LINE.search(outcome.reason)):
        value = Line(line[1])
    return Answer(STATUSES[outcome.status], value, outcome.reason)
