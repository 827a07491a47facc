"""The hidden cases of the six functions: what each tries, and what it says when it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Case
from workbook import laws
from workbook.comparison import Finding, Tolerance

from .drawing import (
    EQUAL_SHAPES,
    FOUR_LAYERS,
    ONE_LAYER,
    documented_call,
    documented_mini_batches,
    draw_adam,
    draw_examples,
    draw_momentum,
    draw_velocity,
    single,
    whole,
)
from .zeros import TO_THE_BIT, Names, left_alone, own_arrays

# A float32 carries about seven digits, and an update adds numbers of different size.
SINGLE = Tolerance(relative=1e-4, absolute=1e-5)
# The documented example is compared with the reference to more digits than it prints.
EXACT = Tolerance(relative=1e-9, absolute=1e-12)


def _documented_case(exercise_id: str, weight: float) -> Case:
    return Case(
        "the documented example",
        "Run the example cell above: it shows your output beside the documented one.",
        documented_call(exercise_id),
        weight,
        EXACT,
        known=True,
    )


def _only(subject: str) -> Callable[..., list[Finding]]:
    """Return the law that judges one property of the mini-batches, where all before it hold.

    What is pieced together in other sizes is no half of a partition.
    """

    def law(batches: Any, X: np.ndarray, Y: np.ndarray, size: int, seed: int) -> list[Finding]:
        findings = laws.partition(batches, X, Y, size)
        places = {finding.subject: place for place, finding in enumerate(findings)}
        upto = findings[: places.get(subject, len(findings)) + 1]
        return [finding for finding in upto if not finding.passed][:1] or upto[-1:]

    return law


def update_cases(exercise_id: str, draw: Callable[..., Call]) -> tuple[Case, ...]:
    """Cases that every update rule must pass, whatever the rule."""
    rate = "The learning rate is an argument: use it as it comes."
    return (
        _documented_case(exercise_id, weight=2),
        Case("a single layer", "L follows from the parameters.", partial(draw, sizes=ONE_LAYER)),
        Case(
            "four layers",
            "Every layer is updated, from 1 to L.",
            partial(draw, sizes=FOUR_LAYERS),
            weight=2,
        ),
        Case("a large learning rate", rate, partial(draw, learning_rate=0.75)),
        Case(
            "whole numbers",
            "Numbers without a fraction follow the same rule.",
            partial(draw, number=whole),
        ),
        Case(
            "single precision",
            "float32 arrays follow the same rule.",
            partial(draw, number=single),
            tolerance=SINGLE,
        ),
    )


def zero_cases(exercise_id: str, names: Names) -> tuple[Case, ...]:
    """Cases for functions that return moments, of these names, that start from zero."""
    shapes = "Each zero array has the shape of the parameter it belongs to."
    return (
        _documented_case(exercise_id, weight=2),
        Case("a single layer", shapes, partial(draw_velocity, sizes=ONE_LAYER), 1, TO_THE_BIT),
        Case("four layers", shapes, partial(draw_velocity, sizes=FOUR_LAYERS), 2, TO_THE_BIT),
        Case(
            "the parameters left alone",
            "What you return is new, and the parameters are as they were.",
            lambda rng: replace(draw_velocity(rng), shows_arguments=True),
            law=partial(left_alone, names),
            tolerance=TO_THE_BIT,
        ),
        Case(
            "parameters of zeros",
            "What is made of them is finite.",
            partial(draw_velocity, number=np.zeros_like),
            tolerance=TO_THE_BIT,
            proves=False,  # they may be returned as they are
        ),
        Case(
            "an array for each key",
            "No array is shared.",
            lambda rng: replace(draw_velocity(rng, EQUAL_SHAPES), shows_arguments=True),
            law=partial(own_arrays, names),
            tolerance=TO_THE_BIT,
        ),
    )


_SLICES = "Think about where each slice starts and ends."
_SHUFFLE = "Shuffle as the recipe says: seed first, then one permutation of the m columns."
_SIZES: Mapping[str, tuple[int, int]] = {
    "batches of one example": (7, 1),
    "a batch as large as the data": (12, 12),
    "a batch larger than the data": (9, 64),
    "a size that divides m": (24, 6),
    "a size that does not divide m": (23, 6),
    "one example left over": (25, 6),
}


MINI_BATCH_CASES = (
    replace(
        _documented_case("random_mini_batches", weight=2),
        draw=documented_mini_batches,
    ),
    *(
        Case(name, _SLICES, partial(draw_examples, m=m, mini_batch_size=size))
        for name, (m, size) in _SIZES.items()
    ),
    Case("a seed of 0", _SHUFFLE, partial(draw_examples, m=20, mini_batch_size=8, seed=0)),
    Case("one feature", _SHUFFLE, partial(draw_examples, m=20, mini_batch_size=8, n_x=1)),
    *(
        Case(
            subject,
            help_,
            partial(draw_examples, m=31, mini_batch_size=7),
            law=_only(subject),
            proves=subject != "the sizes",  # zeros have sizes too
        )
        for subject, help_ in {
            "the sizes": "All are of the given size but perhaps the last.",
            "every example once": "A partition loses no example and repeats none.",
            "X and Y together": "A column of X belongs to its column of Y.",
        }.items()
    ),
)

MOMENTUM_CASES = (
    *update_cases("update_parameters_with_momentum", draw_momentum),
    Case("a velocity that moves", "The old velocity counts.", draw_momentum, weight=2),
    Case("a small β", "β is an argument.", partial(draw_momentum, beta=0.2)),
    Case("a large β", "β is an argument.", partial(draw_momentum, beta=0.99)),
)

ADAM_CASES = (
    *update_cases("update_parameters_with_adam", draw_adam),
    Case("moments that move", "The old moments count.", draw_adam, weight=2),
    Case("the first step", "At t = 1 the correction is largest.", partial(draw_adam, t=1)),
    Case("the fiftieth step", "t is the exponent of β₁ and β₂.", partial(draw_adam, t=50)),
    Case(
        "other decay rates",
        "v̂ is corrected with β₁, ŝ with β₂.",
        partial(draw_adam, beta1=0.7, beta2=0.8),
        weight=2,
    ),
    Case(
        "a large ε",
        "ε is added to the root, outside it.",
        partial(draw_adam, epsilon=0.1),
    ),
)
