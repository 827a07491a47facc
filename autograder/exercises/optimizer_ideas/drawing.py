"""Draw the inputs of the hidden cases afresh from a random generator.

What a case notices must not depend on what is drawn. So no number is near 0, where an error would
vanish; both signs are among those of an array; and of whole numbers that decide something, such as
where in a stair an epoch lies, only those are drawn for which the case tests what its name says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise, zip_longest

import numpy as np

from autograder.assignment.exercise import Call

Array = np.ndarray
Arrays = dict[str, Array]
Number = Callable[[Array], Array]

# The layer sizes n[0], ..., n[L] of the networks that the cases draw.
ONE_LAYER = (4, 3)
TWO_LAYERS = (3, 2, 3)
FOUR_LAYERS = (5, 4, 2, 3, 1)
# How far from 0 the numbers are. Above all no average of squares is so small that ε would count.
NEAREST, FARTHEST = 0.5, 2.0
# So small that not even its root would count.
NO_EPSILON = 1e-14
# How many epochs a stair is wide.
INTERVAL = 7
# The stair that most epochs lie on: another number than those of its epochs that are drawn.
STAIR = 3
# How many costs each run has: that of its start, and one after each step. It is odd, so that no
# run is as long above its target as below.
COSTS = 15


def _double(numbers: Array) -> Array:
    return numbers


def whole(numbers: Array) -> Array:
    """Whole numbers, stored as floats so that an in-place update stays possible."""
    return np.round(4 * numbers)


def single(numbers: Array) -> Array:
    """Return the numbers in single precision."""
    return numbers.astype(np.float32)


def _numbers(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Draw numbers that are neither near 0 nor large, and of either sign alike."""
    sizes = rng.uniform(NEAREST, FARTHEST, shape)
    signs = rng.permutation(np.arange(sizes.size) + rng.integers(2)) % 2 * 2 - 1
    return sizes * signs.reshape(shape)


def draw_series(
    rng: np.random.Generator,
    length: int = 7,
    beta: float = 0.8,
    corrected: bool = True,
    number: Number = _double,
) -> Call:
    """Draw a series to average, which ends below zero."""
    values = _numbers(rng, (length,))
    return Call((number(values * -np.sign(values[-1])), beta, corrected))


def integers(numbers: Array) -> Array:
    """Whole numbers, stored as such."""
    return np.round(10 * numbers).astype(np.int64)


def _like_parameters(
    rng: np.random.Generator, sizes: tuple[int, ...], prefix: str = "", number: Number = _double
) -> Arrays:
    """Draw a W and b for each layer; `prefix` "d" makes the keys of gradients and averages."""
    arrays = {}
    for layer, (before, after) in enumerate(pairwise(sizes), start=1):
        arrays[f"{prefix}W{layer}"] = number(_numbers(rng, (after, before)))
        arrays[f"{prefix}b{layer}"] = number(_numbers(rng, (after, 1)))
    return arrays


def draw_rmsprop(
    rng: np.random.Generator,
    sizes: tuple[int, ...] = TWO_LAYERS,
    beta: float = 0.9,
    learning_rate: float = 0.1,
    epsilon: float = NO_EPSILON,
    number: Number = _double,
    at_rest: bool = False,
) -> Call:
    """Draw the arguments of a step with RMSprop; `at_rest` begins with an s of zeros."""
    draw = partial(_like_parameters, rng, sizes, number=number)
    parameters, grads = draw(), draw("d")
    s = {key: (1 - at_rest) * array**2 for key, array in draw("d").items()}
    return Call((parameters, grads, s, beta, learning_rate, epsilon))


def draw_decay(
    rng: np.random.Generator,
    schedule: str,
    decay_rates: tuple[float, float] = (0.05, 0.15),
    epoch: int | None = None,
    on_stair: int | None = None,
) -> Call:
    """Draw the arguments of a learning rate's decay.

    Without `epoch` it is drawn, some stairs from the start and not at the edge of one; with
    `on_stair` it is so many epochs behind an edge.
    """
    learning_rate0, decay_rate = float(rng.uniform(0.2, 0.9)), float(rng.uniform(*decay_rates))
    if epoch is None:
        epoch = STAIR * INTERVAL + (int(rng.integers(4, 6)) if on_stair is None else on_stair)
    return Call((learning_rate0, decay_rate, epoch, schedule, INTERVAL))


def draw_falling(rng: np.random.Generator, runs: int = 4, target: float | None = None) -> Call:
    """Draw costs that fall step by step, below the target at another step in each run."""
    target = float(rng.uniform(0.5, 1.5)) if target is None else target
    return Call((np.array([_falling(rng, first, target) for first in _firsts(rng, runs)]), target))


def draw_rising(rng: np.random.Generator) -> Call:
    """Draw costs that reach the target, rise above it again, and fall to their lowest."""
    target = float(rng.uniform(0.5, 1.5))
    runs = [_falling(rng, first, target) for first in _firsts(rng, 4)]
    for run in runs:
        first = int(np.argmax(run <= target))
        run[first + 1] = target + rng.uniform(0.2, 0.9)
    return Call((np.array(runs), target))


def draw_missing(rng: np.random.Generator, never: Sequence[int] = (1, 3)) -> Call:
    """Draw costs of which some runs, by number, stay above the target."""
    costs, target = draw_falling(rng).arguments
    for run in never:
        costs[run] = target + np.sort(rng.uniform(0.2, 2.0, COSTS))[::-1]
    return Call((costs, target))


def draw_diverging(rng: np.random.Generator) -> Call:
    """Draw costs of which one run grows without bound, and then is no number any more."""
    costs, target = draw_falling(rng).arguments
    costs[1] = target + np.sort(rng.uniform(0.2, 2.0, COSTS))
    costs[1, -5:] = np.inf, np.inf, np.nan, np.nan, np.nan
    return Call((costs, target))


def draw_touching(rng: np.random.Generator) -> Call:
    """Draw costs that are the target itself before they are below it."""
    costs, target = draw_falling(rng).arguments
    for run in costs:
        run[np.argmax(run <= target)] = target
    return Call((costs, target))


def draw_begun(rng: np.random.Generator) -> Call:
    """Draw costs of which the second run is below the target from the start."""
    costs, target = draw_falling(rng).arguments
    costs[1] = target - np.sort(rng.uniform(0.05, 0.4, COSTS))
    return Call((costs, target))


def _firsts(rng: np.random.Generator, runs: int) -> list[int]:
    """Draw at which step each run reaches the target: later than there are runs.

    One step is odd, so that whoever counts by two is found out. Runs that take long and runs that
    do not take turns, so that no run may be counted together with the one before it.
    """
    steps = np.arange(5, COSTS - 3)
    odd = rng.choice(steps[steps % 2 == 1])
    others = rng.permutation(steps[steps != odd])[: runs - 1]
    drawn = sorted(map(int, [odd, *others]))
    soon, late = drawn[: runs // 2], drawn[runs // 2 :]
    return [first for pair in zip_longest(late, soon) for first in pair if first is not None]


def _falling(rng: np.random.Generator, first: int, target: float) -> Array:
    """Return costs that fall, `first` of them above the target, and the last of these nearest."""
    above = target + np.sort(rng.uniform(0.3, 2.0, first))[::-1]
    above[-1] = target + rng.uniform(0.05, 0.2)
    below = target - np.sort(rng.uniform(0.3, 0.6, COSTS - first))
    return np.concatenate([above, below])
