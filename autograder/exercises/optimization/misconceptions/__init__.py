"""Known wrong solutions of each function, and what their authors should read."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue

from .adam import ADAM
from .adam_start import ADAM_START
from .gd import GRADIENT_DESCENT
from .mini_batches import MINI_BATCHES
from .momentum import MOMENTUM
from .velocity import VELOCITY

CATALOGUES: Mapping[str, Catalogue] = {
    "update_parameters_with_gd": GRADIENT_DESCENT,
    "random_mini_batches": MINI_BATCHES,
    "initialize_velocity": VELOCITY,
    "update_parameters_with_momentum": MOMENTUM,
    "initialize_adam": ADAM_START,
    "update_parameters_with_adam": ADAM,
}
