"""Draw the inputs of all hidden cases from one seed, and let the reference answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from autograder.assignment.exercise import Answer, Assignment, Call, Exercise, Question
from autograder.assignment.verdict import Outcome
from autograder.errors import UserError
from autograder.judging.judge import judge

Ask = Callable[[str, Call], Answer]
Questions = Mapping[str, tuple[Question, ...]]


def draw_questions(assignment: Assignment, seed: int) -> Questions:
    """Return the questions of each exercise, without answers yet."""
    return {exercise.id: draw(exercise, seed) for exercise in assignment.exercises}


def answer_questions(assignment: Assignment, drawn: Questions, ask: Ask) -> Questions:
    """Return the questions, answered by the reference through `ask`.

    Raises
    ------
    UserError
        If the reference fails a case.
    """
    return {
        exercise.id: tuple(_answered(exercise, question, ask) for question in drawn[exercise.id])
        for exercise in assignment.exercises
    }


def draw(exercise: Exercise, seed: int) -> tuple[Question, ...]:
    """Return the exercise's cases with their inputs drawn: the same seed, the same inputs."""
    return tuple(
        Question(case, case.draw(np.random.default_rng((seed, index))))
        for index, case in enumerate(exercise.cases)
    )


def _answered(exercise: Exercise, question: Question, ask: Ask) -> Question:
    answer = ask(exercise.id, question.call)
    answered = replace(question, expected=answer.value)
    verdict = judge(exercise, answered, answer)
    if verdict.outcome is not Outcome.PASSED:
        raise UserError(
            f"The reference fails its own case {question.case.name!r} of {exercise.id}: "
            f"{verdict.message} Mend the solution in the instructor's notebook, or the case."
        )
    return answered
