"""What the Optimizer Ideas workbook asks: four functions, their points and their hidden cases."""

from __future__ import annotations

from autograder.assignment.exercise import Assignment, Case, Demonstration, Exercise

from .cases import AVERAGE_CASES, DECAY_CASES, RMSPROP_CASES, STEPS_CASES
from .demonstrations import AVERAGES, RATES, STEPS, VALLEY
from .misconceptions import CATALOGUES


def _exercise(
    exercise_id: str,
    points: int,
    returns: tuple[str, ...],
    cases: tuple[Case, ...],
    demonstration: Demonstration,
) -> Exercise:
    return Exercise(exercise_id, points, returns, cases, CATALOGUES[exercise_id], demonstration)


ASSIGNMENT = Assignment(
    "optimizer_ideas",
    (
        _exercise("weighted_average", 25, ("averages",), AVERAGE_CASES, AVERAGES),
        _exercise("update_parameters_with_rmsprop", 30, ("parameters", "s"), RMSPROP_CASES, VALLEY),
        _exercise("decayed_learning_rate", 20, ("learning_rate",), DECAY_CASES, RATES),
        _exercise("steps_to_reach", 25, ("steps",), STEPS_CASES, STEPS),
    ),
)
