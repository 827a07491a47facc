"""What an exercise can show beside the right one, on fixed inputs that anyone may see."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Picture
from autograder.assignment.verdict import Demonstrated, Pairs

from .bowl import VALLEY
from .partition_figure import draw_partitions
from .path_figure import draw_paths

# Calls the function; returns None where it did not answer.
Ask = Callable[[Call], Any]
# Sent to the student's process, to walk there.
WALK = Path(__file__).with_name("walking.py").read_text(encoding="utf-8")


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
        return "path"

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
        return Call((self.settings, (VALLEY.start, VALLEY.curvatures, *shape)), program=WALK)

    def picture(self, shown: Demonstrated, id: str) -> Picture | None:
        """Draw both paths over the valley."""
        return draw_paths(shown, id)


@dataclass(frozen=True)
class Partition:
    """Which examples go into which mini-batch, told by numbered columns of X and Y."""

    examples: int = 20
    size: int = 6
    seed: int = 1

    @property
    def kind(self) -> str:
        """How it is drawn."""
        return "partition"

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

    def picture(self, shown: Demonstrated, id: str) -> Picture | None:
        """Draw both partitions."""
        return draw_partitions(shown, id)

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
