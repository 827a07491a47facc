"""Known wrong solutions of each function, and what their authors should read."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue

from .average import AVERAGE
from .decay import DECAY
from .rmsprop import RMSPROP
from .steps import STEPS

CATALOGUES: Mapping[str, Catalogue] = {
    "weighted_average": AVERAGE,
    "update_parameters_with_rmsprop": RMSPROP,
    "decayed_learning_rate": DECAY,
    "steps_to_reach": STEPS,
}
