"""What each function gives on inputs that anyone may see, number after number."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Picture
from autograder.assignment.verdict import Demonstrated, Pairs

from .series_figure import Labels, draw_series

# Sent to the student's process, to ask there.
ASK = Path(__file__).with_name("asking.py").read_text(encoding="utf-8")
# What is farther away is not drawn.
FARTHEST = 1e6


@dataclass(frozen=True)
class Series:
    """A row of numbers that a function gives, each at a place along an axis.

    Attributes
    ----------
    asks : str
        How the function is asked: see `asking.play`.
    given : tuple
        What it is asked with.
    places : tuple of float
        Where along the axis each number belongs.
    labels : Labels
        What the drawing says.
    """

    asks: str
    given: tuple[Any, ...]
    places: tuple[float, ...]
    labels: Labels

    @property
    def kind(self) -> str:
        """How it is drawn."""
        return "series"

    def play(self, ask: Callable[[Call], Any]) -> tuple[Pairs, ...]:
        """Return one group of pairs, as far as the answers are numbers that can be drawn."""
        answer = ask(self._call)
        pairs = []
        for place, number in zip(self.places, _listed(answer), strict=False):
            if type(number) is not float or not abs(number) < FARTHEST:
                break
            pairs.append((place, round(number, 4)))
        return (tuple(pairs),)

    @cached_property
    def _call(self) -> Call:
        return Call((self.asks, self.given), program=ASK)

    def picture(self, shown: Demonstrated, id: str) -> Picture | None:
        """Draw the student's numbers beside the right ones."""
        return draw_series(shown, self.labels, id)


def _listed(answer: Any) -> Sequence[Any]:
    return answer if isinstance(answer, list) else ()


def _noisy(length: int) -> np.ndarray:
    """Return a slow wave with noise on it."""
    places = np.arange(length)
    noise = np.random.default_rng(4).normal(0, 1.5, length)
    return 8 + 3 * np.sin(places / 6) + noise


def _decaying_costs(steps: int) -> np.ndarray:
    """Return the costs of one run, which fall and rise a little on their way down."""
    places = np.arange(steps)
    return (0.3 + 2 * np.exp(-places / 8) + 0.15 * np.cos(2.2 * places))[np.newaxis]


AVERAGES = Series(
    "all",
    (_noisy(30), 0.9, True),
    tuple(range(1, 31)),
    Labels("Your averages of a noisy series", "value number", "average", "β is 0.9, corrected."),
)
RATES = Series(
    "each",
    tuple((0.5, 0.06, epoch, "staircase", 8) for epoch in range(33)),
    tuple(range(33)),
    Labels(
        "Your learning rate, epoch by epoch",
        "epoch",
        "learning rate",
        "The schedule is a staircase with stairs of 8 epochs.",
    ),
)
VALLEY = Series(
    "descent",
    ((-3.0, 1.0), (0.5, 18.0), (0.9, 0.1, 1e-2), 40),
    tuple(range(1, 41)),
    Labels(
        "Your steps down a narrow valley",
        "step",
        "distance from the lowest place",
        "The learning rate is 0.1, and s starts from zeros.",
    ),
)
STEPS = Series(
    "each",
    tuple((_decaying_costs(25), math.exp(-level / 10)) for level in range(-6, 25)),
    tuple(float(np.round(math.exp(-level / 10), 3)) for level in range(-6, 25)),
    Labels(
        "Your steps to each target",
        "target",
        "steps",
        "One run of 24 steps is asked for one target after the other.",
    ),
)
