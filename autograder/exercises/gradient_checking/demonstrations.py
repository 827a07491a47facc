"""What a check says with longer and shorter steps, on fixed inputs that anyone may see."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Picture
from autograder.assignment.verdict import Demonstrated, Pairs

from .sweep_figure import draw_sweep

# Steps so long that truncation decides the difference, and rounding nothing of it.
EXPONENTS = (-0.5, -1.0, -1.5, -2.0, -2.5, -3.0, -3.5)


@dataclass(frozen=True)
class Sweep:
    """The difference that a check returns for a right gradient, step by step.

    Attributes
    ----------
    call : Call
        What is checked, as a hidden case would ask it, without ε.
    """

    call: Call

    @property
    def kind(self) -> str:
        """How it is drawn."""
        return "sweep"

    def play(self, ask: Callable[[Call], Any]) -> tuple[Pairs, ...]:
        """Return one group of pairs: the exponents of ε and of the difference, as powers of ten."""
        answers = ((exponent, ask(self._with(10**exponent))) for exponent in EXPONENTS)
        pairs = [(exponent, _exponent(answer)) for exponent, answer in answers]
        return (tuple((x, y) for x, y in pairs if y is not None),)

    def picture(self, shown: Demonstrated, id: str) -> Picture | None:
        """Draw both series."""
        return draw_sweep(shown, id)

    def _with(self, epsilon: float) -> Call:
        stand_in, arguments, _ = self.call.arguments
        return replace(self.call, arguments=(stand_in, arguments, {"epsilon": epsilon}))


def _exponent(answer: Any) -> float | None:
    """Return the exponent of a positive number that something sent may be; None otherwise."""
    if isinstance(answer, np.ndarray | np.generic) and np.size(answer) == 1:
        answer = answer.item()
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return None
    try:
        number = float(answer)
    except OverflowError:
        return None
    return round(math.log10(number), 4) if 0 < number < math.inf else None
