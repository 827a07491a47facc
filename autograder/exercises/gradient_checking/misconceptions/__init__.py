"""Known wrong solutions of each function, and what their authors should read."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue

from .check import CHECK
from .check_n import CHECK_N
from .slope import BACKWARD, FORWARD

CATALOGUES: Mapping[str, Catalogue] = {
    "forward_propagation": FORWARD,
    "backward_propagation": BACKWARD,
    "gradient_check": CHECK,
    "gradient_check_n": CHECK_N,
}
