"""Draw the inputs of the hidden cases afresh from a random generator.

What a case notices must not depend on what is drawn. So no number is near 0, where an error would
vanish; both signs are among those of an array; and ε counts where a case is about ε, and nowhere
else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np

from autograder.assignment.exercise import Call
from workbook.examples import EXAMPLES

Arrays = dict[str, np.ndarray]

# The layer sizes n[0], ..., n[L] of the networks that the cases draw.
ONE_LAYER = (4, 3)
TWO_LAYERS = (3, 2, 3)
FOUR_LAYERS = (5, 4, 2, 3, 1)
# How far from 0 the numbers are. Above all no second moment is so small that ε would count.
NEAREST, FARTHEST = 0.5, 2.0
# None of them is a seed that somebody would write down.
SEEDS = 1000, 10_000
# Gradients so small that the default ε, 1e-8, counts as much as they do.
TINY = 1e-8
# Every W and b of this network is of the same shape, so that any array could stand for another.
EQUAL_SHAPES = (1, 1, 1)

Number = Callable[[np.ndarray], np.ndarray]


def _double(numbers: np.ndarray) -> np.ndarray:
    return numbers


def whole(numbers: np.ndarray) -> np.ndarray:
    """Whole numbers, stored as floats so that an in-place update stays possible."""
    return np.round(4 * numbers)


def single(numbers: np.ndarray) -> np.ndarray:
    """Return the numbers in single precision."""
    return numbers.astype(np.float32)


def tiny(numbers: np.ndarray) -> np.ndarray:
    """Return numbers that are about as large as the default ε."""
    return TINY * numbers


def _numbers(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Draw numbers that are neither near 0 nor large, and of either sign alike."""
    sizes = rng.uniform(NEAREST, FARTHEST, shape)
    signs = rng.permutation(np.arange(sizes.size) + rng.integers(2)) % 2 * 2 - 1
    return sizes * signs.reshape(shape)


def _like_parameters(
    rng: np.random.Generator, sizes: tuple[int, ...], prefix: str = "", number: Number = _double
) -> Arrays:
    """Draw a W and b for each layer; `prefix` "d" makes the keys of gradients and moments."""
    arrays = {}
    for layer, (before, after) in enumerate(pairwise(sizes), start=1):
        arrays[f"{prefix}W{layer}"] = number(_numbers(rng, (after, before)))
        arrays[f"{prefix}b{layer}"] = number(_numbers(rng, (after, 1)))
    return arrays


def _squares(arrays: Arrays) -> Arrays:
    """A second moment is never negative."""
    return {key: array**2 for key, array in arrays.items()}


def draw_gd(
    rng: np.random.Generator,
    sizes: tuple[int, ...] = TWO_LAYERS,
    learning_rate: float = 0.01,
    number: Number = _double,
) -> Call:
    """Draw the arguments of a step of gradient descent."""
    draw = partial(_like_parameters, rng, sizes, number=number)
    return Call((draw(), draw("d"), learning_rate))


def draw_velocity(
    rng: np.random.Generator, sizes: tuple[int, ...] = TWO_LAYERS, number: Number = _double
) -> Call:
    """Draw parameters to make zeros for."""
    return Call((_like_parameters(rng, sizes, number=number),))


def draw_momentum(
    rng: np.random.Generator,
    sizes: tuple[int, ...] = TWO_LAYERS,
    beta: float = 0.9,
    learning_rate: float = 0.1,
    number: Number = _double,
) -> Call:
    """Draw the arguments of a step with momentum, with a velocity that moves."""
    draw = partial(_like_parameters, rng, sizes, number=number)
    return Call((draw(), draw("d"), draw("d"), beta, learning_rate))


def draw_adam(
    rng: np.random.Generator,
    sizes: tuple[int, ...] = TWO_LAYERS,
    t: int = 3,
    number: Number = _double,
    slope: Number | None = None,
    epsilon: float | None = 1e-8,
    **keywords: float,
) -> Call:
    """Draw the arguments of a step of Adam, with moments that move.

    With `slope` the gradients and the moments are other numbers than the parameters. ε is passed,
    or how much a wrong default counts would depend on what is drawn; None leaves it to the default.
    """
    draw = partial(_like_parameters, rng, sizes, number=number)
    steep = partial(_like_parameters, rng, sizes, number=slope or number)
    arguments = (draw(), steep("d"), steep("d"), _squares(steep("d")), t)
    given = {} if epsilon is None else {"epsilon": epsilon}
    return Call(arguments, {"learning_rate": 0.1, **given, **keywords})


def draw_examples(
    rng: np.random.Generator, m: int, mini_batch_size: int, seed: int | None = None, n_x: int = 9
) -> Call:
    """Draw m different examples; each label is a number of its own, so that no mix-up hides.

    There are features enough that not even their number taken for m has an order right by chance.
    """
    X = rng.standard_normal((n_x, m))
    Y = rng.permutation(m).reshape(1, m).astype(float)
    return Call((X, Y, mini_batch_size, int(rng.integers(*SEEDS)) if seed is None else seed))


def documented_mini_batches(_rng: np.random.Generator) -> Call:
    """Return the documented call with the first features only.

    All 12288 would make it the largest case by far, and which columns go where does not depend on
    their number. The instant check and the tests use them all.
    """
    (X, Y, mini_batch_size), keywords = EXAMPLES["random_mini_batches"].call()
    return Call((X[:64].copy(), Y, mini_batch_size), keywords)
