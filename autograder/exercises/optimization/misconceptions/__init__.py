"""Known wrong solutions of each function, and what their authors should read."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue
from autograder.exercises.optimization.misconceptions.adam import ADAM
from autograder.exercises.optimization.misconceptions.adam_start import ADAM_START
from autograder.exercises.optimization.misconceptions.gd import GRADIENT_DESCENT
from autograder.exercises.optimization.misconceptions.mini_batches import MINI_BATCHES
from autograder.exercises.optimization.misconceptions.momentum import MOMENTUM
from autograder.exercises.optimization.misconceptions.velocity import VELOCITY

CATALOGUES: Mapping[str, Catalogue] = {
    "update_parameters_with_gd": GRADIENT_DESCENT,
    "random_mini_batches": MINI_BATCHES,
    "initialize_velocity": VELOCITY,
    "update_parameters_with_momentum": MOMENTUM,
    "initialize_adam": ADAM_START,
    "update_parameters_with_adam": ADAM,
}
