"""The hidden cases of the six functions: what each tries, and what it says when it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Case, documented_case
from workbook.comparison import Finding, Tolerance
from workbook.examples import EXAMPLES, OUTPUTS
from workbook.partition import partition
from workbook.practice import ALONE, APART

from .drawing import (
    EQUAL_SHAPES,
    FOUR_LAYERS,
    ONE_LAYER,
    documented_mini_batches,
    draw_adam,
    draw_examples,
    draw_momentum,
    draw_velocity,
    single,
    tiny,
    whole,
)
from .zeros import TO_THE_BIT, Names, left_alone, own_arrays

# A float32 carries about seven digits, of which an update may lose one.
SINGLE = Tolerance(relative=5e-6, absolute=5e-6)


def _only(subject: str) -> Callable[..., list[Finding]]:
    """Return the law that judges one property of the mini-batches, where all before it hold.

    What is pieced together in other sizes is no half of a partition.
    """

    def law(batches: Any, X: np.ndarray, Y: np.ndarray, size: int, seed: int) -> list[Finding]:
        findings = partition(batches, X, Y, size)
        places = {finding.subject: place for place, finding in enumerate(findings)}
        upto = findings[: places.get(subject, len(findings)) + 1]
        return [finding for finding in upto if not finding.passed][:1] or upto[-1:]

    return law


def update_cases(exercise_id: str, draw: Callable[..., Call]) -> tuple[Case, ...]:
    """Cases that every update rule must pass, whatever the rule."""
    rate = "The learning rate is an argument: use it as it comes."
    return (
        documented_case(EXAMPLES[exercise_id], OUTPUTS[exercise_id], 2),
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
    zeros = partial(Case, tolerance=TO_THE_BIT)
    shapes = "Each zero array has the shape of the parameter it belongs to."
    return (
        documented_case(EXAMPLES[exercise_id], OUTPUTS[exercise_id], 2),
        zeros("a single layer", shapes, partial(draw_velocity, sizes=ONE_LAYER)),
        zeros("four layers", shapes, partial(draw_velocity, sizes=FOUR_LAYERS), weight=2),
        zeros(
            "the parameters left alone",
            "What you return is new, and the parameters are as they were.",
            lambda rng: replace(draw_velocity(rng), shows_arguments=True),
            law=partial(left_alone, names),
            asks=(ALONE,),
        ),
        zeros(
            "parameters of zeros",
            "What is made of them is finite.",
            partial(draw_velocity, number=np.zeros_like),
            proves=False,  # they may be returned as they are
        ),
        zeros(
            "an array for each key",
            "No array is shared.",
            lambda rng: replace(draw_velocity(rng, EQUAL_SHAPES), shows_arguments=True),
            law=partial(own_arrays, names),
            asks=(APART,),
        ),
    )


_SLICES = "Think about where each slice starts and ends."
_SHUFFLE = "Shuffle as the recipe says: seed first, then one permutation of the m columns."
# m, the size and, where it is no matter of course, the number of features: one case has more of
# them than examples. Of so few examples there are so many orders that none is right by chance.
_SIZES: Mapping[str, tuple[int, ...]] = {
    "batches of one example": (11, 1),
    "a batch as large as the data": (12, 12),
    "a batch larger than the data": (11, 64, 13),
    "one full batch and a rest": (17, 10),
    "a size that divides m": (24, 6),
    "a size that does not divide m": (23, 6),
    "one example left over": (25, 6),
}
_MEANING = ("m", "mini_batch_size", "n_x")


MINI_BATCH_CASES = (
    replace(
        documented_case(EXAMPLES["random_mini_batches"], OUTPUTS["random_mini_batches"], 2),
        draw=documented_mini_batches,
    ),
    *(
        Case(name, _SLICES, partial(draw_examples, **dict(zip(_MEANING, given, strict=False))))
        for name, given in _SIZES.items()
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
        partial(draw_adam, t=2, beta1=0.7, beta2=0.9),
        weight=2,
    ),
    Case(
        "a large ε",
        "ε is added to the root, outside it.",
        partial(draw_adam, epsilon=0.1),
    ),
    Case(
        "tiny gradients",
        "Where gradients are about as small as ε, its default counts too.",
        partial(draw_adam, slope=tiny, epsilon=None),
    ),
)
