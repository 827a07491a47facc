"""Draw the layer sizes of the hidden cases afresh from a random generator.

Nothing else can vary: the functions take no other argument, and set the seed themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from autograder.assignment.exercise import Call
from workbook.examples import EXAMPLES

# None is the next number or twice another, so that no wrong size and no wrong scale hides: with 2
# inputs, 2 / n is its own root, and 6 / (3 + 6) is 2 / 3.
SIZES = (3, 5, 7, 9, 11, 13)
# So many that the spread of the weights is known well, and so far apart that the size of another
# layer would give a spread clearly different.
LARGE = ((120, 131), (50, 56), (20, 23))

Draw = Callable[[np.random.Generator], Call]


def documented(exercise_id: str) -> Draw:
    """Return what draws nothing, and makes the documented call."""
    return lambda _rng: Call(*EXAMPLES[exercise_id].call())


def equal_shapes(rng: np.random.Generator) -> Call:
    """Draw sizes with which W1 and every b are of one shape, and the other W of another."""
    size = int(rng.choice(SIZES))
    return Call(([1, size, size, size],))


def layers(count: int) -> Draw:
    """Return what draws the sizes of so many layers: neighbours differ, and all if they can."""
    return partial(_draw_layers, count)


def large(rng: np.random.Generator) -> Call:
    """Draw two layers with a thousand weights and more."""
    return Call(([int(rng.integers(*bounds)) for bounds in LARGE],))


def _draw_layers(count: int, rng: np.random.Generator) -> Call:
    sizes: list[int] = []
    while len(sizes) <= count:
        sizes += [int(size) for size in rng.permutation(SIZES)]
        repeated = next((k for k in range(1, len(sizes)) if sizes[k] == sizes[k - 1]), None)
        if repeated:
            del sizes[repeated]
    return Call((sizes[: count + 1],))
