"""What the Initialization workbook asks: three functions, their points and their hidden cases."""

from __future__ import annotations

from autograder.assignment.exercise import Assignment, Case, Demonstration, Exercise

from .cases import HE_CASES, RANDOM_CASES, ZERO_CASES
from .demonstrations import SignalByDepth
from .misconceptions import CATALOGUES


def _exercise(
    exercise_id: str,
    points: int,
    cases: tuple[Case, ...],
    demonstration: Demonstration | None = None,
) -> Exercise:
    catalogue = CATALOGUES[exercise_id]
    return Exercise(exercise_id, points, ("parameters",), cases, catalogue, demonstration)


ASSIGNMENT = Assignment(
    "initialization",
    (
        _exercise("initialize_parameters_zeros", 25, ZERO_CASES),
        _exercise("initialize_parameters_random", 35, RANDOM_CASES, SignalByDepth()),
        _exercise("initialize_parameters_he", 40, HE_CASES, SignalByDepth()),
    ),
)
