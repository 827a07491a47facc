"""Two steps in a row: what a first step returns is what the second one starts from.

The program runs in the student's notebook, so nothing in it is secret.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from autograder.assignment.exercise import Call, Case

PLAY = Path(__file__).with_name("stepping.py").read_text(encoding="utf-8")


def two_steps(draw: Callable[[np.random.Generator], Call]) -> tuple[Case, ...]:
    """Return the case that takes two steps, each with gradients of its own."""

    def draw_two(rng: np.random.Generator) -> Call:
        first, second = draw(rng), draw(rng)
        arguments = first.arguments, dict(first.keywords), second.arguments[1]
        return Call(arguments, program=PLAY)

    return (
        Case("two steps in a row", "What a step returns is what the next begins with.", draw_two),
    )
