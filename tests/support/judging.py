"""What a function earns, without the search for what explains its answers: that takes longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from autograder.assignment.exercise import Answer, Call, Exercise
from autograder.assignment.verdict import ExerciseVerdict
from autograder.judging.earning import settle
from autograder.judging.marking import judge_safely
from autograder.judging.questions import draw

Function = Callable[..., Any]


def judged(exercise: Exercise, function: Function, reference: Function, seed: int = 7):
    """Return the verdict on a function that raises nothing of interest."""
    right, own = draw(exercise, seed), draw(exercise, seed)
    questions = [
        replace(question, expected=theirs.call.put_to(reference))
        for question, theirs in zip(draw(exercise, seed), right, strict=True)
    ]
    verdicts = [
        judge_safely(exercise, question, _ask(function, mine.call))
        for question, mine in zip(questions, own, strict=True)
    ]
    return ExerciseVerdict(exercise.id, exercise.points, settle(exercise, verdicts))


def _ask(function: Function, call: Call) -> Answer:
    try:
        return Answer("returned", call.put_to(function))
    except Exception as error:
        return Answer("raised", reason=f"stopped with {type(error).__name__}")
