"""What an exercise can show beside the right one, on fixed inputs that anyone may see."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.exercise import Call
from autograder.verdict import Pairs

# Calls the function; returns None where it did not answer.
Ask = Callable[[Call], Any]
Point = tuple[float, float]

PATH, PARTITION = "path", "partition"
REMEMBERED = 2048


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

    def slope(self, point: Point) -> Point:
        """Return the two partial derivatives at a point."""
        return self.curvatures[0] * point[0], self.curvatures[1] * point[1]

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
        point = VALLEY.start
        path = [point]
        moments = [(0.0, 0.0)] * self.moments
        for t in range(1, self.steps + 1):
            answer = ask(_step(self, point, tuple(moments), t))
            read = self._read(answer)
            if read is None:
                break
            point, *moments = read
            path.append((round(point[0], 4), round(point[1], 4)))
            if VALLEY.is_far(point):
                break
        return (tuple(path),)

    def _read(self, answer: Any) -> list[Point] | None:
        """Return the parameters and the moments as points, or None if they are no such thing."""
        parts = answer if self.moments else (answer,)
        if not isinstance(parts, tuple | list) or len(parts) != 1 + self.moments:
            return None
        points = [_point(part, "d" if place else "") for place, part in enumerate(parts)]
        found = [point for point in points if point is not None]
        return found if len(found) == len(points) else None


@lru_cache(REMEMBERED)
def _step(path: OptimizerPath, point: Point, moments: tuple[Point, ...], t: int) -> Call:
    """Return the call that takes step `t`; who make the same mistake come to the same points."""
    gradients = _arrays(VALLEY.slope(point), "d")
    arguments = [_arrays(point), gradients, *(_arrays(moment, "d") for moment in moments)]
    steps = (t,) if path.counts_steps else ()
    return Call((*arguments, *steps, *path.settings))


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
        numbers = np.arange(1.0, self.examples + 1).reshape(1, -1)
        answer = ask(Call((np.repeat(numbers, 2, axis=0), numbers.copy(), self.size, self.seed)))
        if not isinstance(answer, tuple | list):
            return ()
        # Twice as many as there are examples is too many, whatever the mistake.
        return tuple(self._pairs(batch) for batch in answer[: 2 * self.examples])

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


def _arrays(point: Point, prefix: str = "") -> Mapping[str, np.ndarray]:
    arrays = {f"{prefix}W1": np.array([[point[0]]]), f"{prefix}b1": np.array([[point[1]]])}
    for array in arrays.values():
        array.setflags(write=False)  # calls are shared
    return arrays


def _point(part: Any, prefix: str) -> Point | None:
    """Return the two numbers of a dict of arrays; None for whatever else was sent."""
    if not isinstance(part, Mapping):
        return None
    pair = _number(part.get(f"{prefix}W1")), _number(part.get(f"{prefix}b1"))
    return None if pair[0] is None or pair[1] is None else (pair[0], pair[1])


def _number(value: Any) -> float | None:
    """Return the only number of an array, or a bare one, if it is finite."""
    if isinstance(value, np.ndarray):
        value = value.item() if value.size == 1 and value.dtype.kind in "fiu" else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # A Python integer may be too large for a float.
    return float(value) if abs(value) < 1e12 and math.isfinite(value) else None
