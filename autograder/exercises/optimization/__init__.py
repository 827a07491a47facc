"""What the Optimization workbook asks: six functions, their points and their hidden cases."""

from __future__ import annotations

from autograder.assignment.exercise import Assignment, Case, Demonstration, Exercise

from .cases import (
    ADAM_CASES,
    MINI_BATCH_CASES,
    MOMENTUM_CASES,
    update_cases,
    zero_cases,
)
from .chains import CHAINS, GROUPS
from .demonstrations import OptimizerPath, Partition
from .drawing import draw_adam, draw_gd, draw_momentum
from .misconceptions import CATALOGUES
from .statements import STATEMENTS
from .steps import two_steps


def _exercise(
    exercise_id: str,
    points: int,
    returns: tuple[str, ...],
    cases: tuple[Case, ...],
    demonstration: Demonstration | None = None,
) -> Exercise:
    return Exercise(
        exercise_id,
        points,
        returns,
        cases,
        CATALOGUES[exercise_id],
        demonstration,
        GROUPS,
        CHAINS.get(exercise_id),
        STATEMENTS[exercise_id],
    )


ASSIGNMENT = Assignment(
    "optimization",
    (
        _exercise(
            "update_parameters_with_gd",
            10,
            ("parameters",),
            update_cases("update_parameters_with_gd", draw_gd),
            OptimizerPath(settings=(0.1,)),
        ),
        _exercise("random_mini_batches", 20, ("mini_batches",), MINI_BATCH_CASES, Partition()),
        _exercise("initialize_velocity", 10, ("v",), zero_cases("initialize_velocity", ("v",))),
        _exercise(
            "update_parameters_with_momentum",
            20,
            ("parameters", "v"),
            MOMENTUM_CASES,
            OptimizerPath(settings=(0.9, 0.1), moments=1),
        ),
        _exercise("initialize_adam", 10, ("v", "s"), zero_cases("initialize_adam", ("v", "s"))),
        _exercise(
            "update_parameters_with_adam",
            30,
            ("parameters", "v", "s"),
            ADAM_CASES,
            OptimizerPath(settings=(0.2,), moments=2, counts_steps=True),
        ),
    ),
    rehearsals={
        "update_parameters_with_gd": two_steps(draw_gd),
        "update_parameters_with_momentum": two_steps(draw_momentum),
        "update_parameters_with_adam": two_steps(draw_adam),
    },
)
