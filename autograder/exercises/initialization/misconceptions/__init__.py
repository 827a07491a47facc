"""Known wrong solutions of each function, and what their authors should read."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue

from .he import HE
from .random_start import RANDOM
from .zeros import ZEROS

CATALOGUES: Mapping[str, Catalogue] = {
    "initialize_parameters_zeros": ZEROS,
    "initialize_parameters_random": RANDOM,
    "initialize_parameters_he": HE,
}
