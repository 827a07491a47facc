"""What an exercise can show beside the right one, on fixed inputs that anyone may see."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Walk
from autograder.assignment.verdict import Pairs

# Calls the function; returns None where it did not answer.
Ask = Callable[[Call], Any]
Point = tuple[float, float]

PATH, PARTITION = "path", "partition"


@dataclass(frozen=True)
class Bowl:
    """The cost ½ (a W1² + c b1²), whose contours are ellipses.

    Attributes
    ----------
    curvatures : tuple of two floats
        a and c.
    start : tuple of two floats
        Where a path begins, as (W1, b1).
    w_range, b_range : tuple of two floats
        The window in which it is drawn.
    """

    curvatures: Point
    start: Point
    w_range: Point
    b_range: Point

    def is_far(self, point: Point) -> bool:
        """Tell whether a point lies more than a window's width beside the window."""
        edges = zip(point, (self.w_range, self.b_range), strict=True)
        return any(not 2 * low - high <= x <= 2 * high - low for x, (low, high) in edges)


# Six times longer than wide: a plain step zigzags across, and a moment smooths it.
VALLEY = Bowl((0.5, 18.0), start=(-3.5, 1.2), w_range=(-4.2, 2.6), b_range=(-1.7, 1.7))


@dataclass(frozen=True)
class OptimizerPath:
    """The path that an update rule takes down the valley, step by step.

    Attributes
    ----------
    settings : tuple of float
        The arguments that follow the moments and the step's number: rates of decay and learning.
    moments : int
        How many moments the rule takes and returns after the parameters.
    counts_steps : bool
        Whether the step's number t is an argument, after the moments.
    """

    settings: tuple[float, ...]
    moments: int = 0
    counts_steps: bool = False
    steps: int = 30

    @property
    def kind(self) -> str:
        """How it is drawn."""
        return PATH

    def play(self, ask: Ask) -> tuple[Pairs, ...]:
        """Return the path as one group of points (W1, b1), as far as the answers are any."""
        path = [VALLEY.start]
        answer = ask(self._call)
        for pair in answer[: self.steps] if isinstance(answer, list) else ():
            if not _is_point(pair):
                break
            path.append((round(pair[0], 4), round(pair[1], 4)))
            if VALLEY.is_far(pair):
                break
        return (tuple(path),)

    @cached_property
    def _call(self) -> Call:
        shape = self.moments, self.counts_steps, self.steps
        return Call(self.settings, walk=Walk(VALLEY.start, VALLEY.curvatures, *shape))


@dataclass(frozen=True)
class Partition:
    """Which examples go into which mini-batch, told by numbered columns of X and Y."""

    examples: int = 20
    size: int = 6
    seed: int = 1

    @property
    def kind(self) -> str:
        """How it is drawn."""
        return PARTITION

    def play(self, ask: Ask) -> tuple[Pairs, ...]:
        """Return a group for each mini-batch, of pairs: the example's number in X and in Y.

        A 0 stands for a column that is none of the examples, or has no partner.
        """
        answer = ask(self._call)
        if not isinstance(answer, tuple | list):
            return ()
        # Twice as many as there are examples is too many, whatever the mistake.
        return tuple(self._pairs(batch) for batch in answer[: 2 * self.examples])

    @cached_property
    def _call(self) -> Call:
        numbers = np.arange(1.0, self.examples + 1).reshape(1, -1)
        return Call((np.repeat(numbers, 2, axis=0), numbers.copy(), self.size, self.seed))

    def _pairs(self, batch: Any) -> Pairs:
        if not isinstance(batch, tuple | list) or len(batch) != 2:
            return ()
        x, y = (self._numbers(part) for part in batch)
        length = max(len(x), len(y))
        padded = (part + [0.0] * (length - len(part)) for part in (x, y))
        return tuple(zip(*padded, strict=True))

    def _numbers(self, part: Any) -> list[float]:
        """Return the example in each column, which its first row tells."""
        if not isinstance(part, np.ndarray) or part.dtype.kind not in "fiu" or part.ndim > 2:
            return []
        row = np.atleast_2d(part)[:1, : 2 * self.examples].astype(float).ravel()
        known = set(range(1, self.examples + 1))
        return [float(number) if number in known else 0.0 for number in row]


def _is_point(pair: Any) -> bool:
    """Tell whether something that a child sent is two numbers that can be drawn."""
    if not isinstance(pair, tuple) or len(pair) != 2:
        return False
    return all(type(x) is float and math.isfinite(x) and abs(x) < 1e12 for x in pair)
