"""What the Gradient Checking workbook asks: four functions, their points and their hidden cases."""

from __future__ import annotations

import numpy as np

from autograder.assignment.exercise import Assignment, Case, Demonstration, Exercise

from .cases import BACKWARD_CASES, CHECK_CASES, CHECK_N_CASES, FORWARD_CASES
from .demonstrations import Sweep
from .drawing import SMALL, draw_curve, draw_network
from .misconceptions import CATALOGUES

# Fixed inputs, drawn from a seed that anyone may know.
_CURVE = Sweep(draw_curve(np.random.default_rng(5)))
_NETWORK = Sweep(draw_network(np.random.default_rng(5), sizes=SMALL))


def _exercise(
    exercise_id: str,
    points: int,
    returns: str,
    cases: tuple[Case, ...],
    demonstration: Demonstration | None = None,
) -> Exercise:
    return Exercise(exercise_id, points, (returns,), cases, CATALOGUES[exercise_id], demonstration)


ASSIGNMENT = Assignment(
    "gradient_checking",
    (
        _exercise("forward_propagation", 10, "J", FORWARD_CASES),
        _exercise("backward_propagation", 10, "dtheta", BACKWARD_CASES),
        _exercise("gradient_check", 30, "difference", CHECK_CASES, _CURVE),
        _exercise("gradient_check_n", 50, "difference", CHECK_N_CASES, _NETWORK),
    ),
)
