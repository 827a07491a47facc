"""The hidden cases of the six functions: what each tries, and what it says when it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

import documented
import laws
from autograder.assignment.exercise import Call, Case
from autograder.exercises.optimization.drawing import (
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
    tiny,
    whole,
)
from comparison import Finding, Tolerance, compare, compare_returned

Names = tuple[str, ...]

# A float32 carries about seven digits, of which an update may lose one.
SINGLE = Tolerance(relative=5e-6, absolute=5e-6)
# What was not computed, such as a zero, is right to the last digit.
EXACT = Tolerance(relative=0, absolute=0)
# Two wrong answers to the documented example are the same if they are in more digits than it
# prints. Whether one is right is what the instant check says.
ALIKE = Tolerance(relative=1e-9, absolute=1e-12)


def _documented_case(exercise_id: str, weight: float) -> Case:
    def law(answer: Any, *arguments: Any, **_keywords: Any) -> list[Finding]:
        return documented.judge(exercise_id, answer, *arguments)

    return Case(
        "the documented example",
        "Run the example cell above: it shows your output beside the documented one.",
        documented_call(exercise_id),
        weight,
        ALIKE,
        law,
        known=True,
    )


def _only(subject: str) -> Callable[..., list[Finding]]:
    """Return the law that judges one property of the mini-batches by itself."""

    def law(batches: Any, X: np.ndarray, Y: np.ndarray, size: int, seed: int) -> list[Finding]:
        findings = laws.partition(batches, X, Y, size)
        if findings[0].passed and not any(np.size(part) for part, _ in batches):
            return [Finding("the list of pairs", "holds no example")]
        return [finding for finding in findings if finding.subject == subject] or findings

    return law


def _not_zeros(names: Names, returned: Any, parameters: Any) -> list[Finding]:
    """Say what is wrong with moments that start from zero: nonsense obeys many a law."""
    zeros = {f"d{key}": np.zeros_like(array) for key, array in parameters.items()}
    findings = compare_returned(returned, dict.fromkeys(names, zeros), EXACT)
    return [finding for finding in findings if not finding.passed]


def _own_arrays(names: Names, answer: Any, parameters: Any) -> list[Finding]:
    return _not_zeros(names, answer, parameters) or laws.own_arrays(answer)


def _left_alone(names: Names, answer: Any, parameters: Any) -> list[Finding]:
    """Judge what a function did to the parameters, which come with what it returned."""
    try:
        returned, (afterwards,) = answer
    except (TypeError, ValueError):  # it comes from the student's process
        return [Finding("your function", "sends something else than it was asked for")]
    compared = compare(afterwards, parameters, "parameters", EXACT)
    same = all(finding.passed for finding in compared)
    look = "Make new arrays, and change none that you were given."
    changed = Finding("your function", "" if same else "changes the parameters", look=look)
    if not same:
        return [changed]
    if wrong := _not_zeros(names, returned, parameters):
        return wrong
    # What the returned arrays share among themselves is another case's.
    among_themselves = not all(finding.passed for finding in laws.own_arrays(returned))
    shared = laws.own_arrays({"returned": returned, "parameters": afterwards})
    return [changed, *([] if among_themselves else shared)]


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
    zeros = partial(Case, tolerance=EXACT)
    shapes = "Each zero array has the shape of the parameter it belongs to."
    return (
        _documented_case(exercise_id, weight=2),
        zeros("a single layer", shapes, partial(draw_velocity, sizes=ONE_LAYER)),
        zeros("four layers", shapes, partial(draw_velocity, sizes=FOUR_LAYERS), weight=2),
        Case(
            "the parameters left alone",
            "What you return is new, and the parameters are as they were.",
            lambda rng: replace(draw_velocity(rng), shows_arguments=True),
            law=partial(_left_alone, names),
        ),
        zeros(
            "parameters of zeros",
            "What is made of them is finite.",
            partial(draw_velocity, number=np.zeros_like),
        ),
        Case(
            "an array for each key",
            "No array is shared.",
            partial(draw_velocity, sizes=EQUAL_SHAPES),
            law=partial(_own_arrays, names),
        ),
    )


_SLICES = "Think about where each slice starts and ends."
_SHUFFLE = "Shuffle as the recipe says: seed first, then one permutation of the m columns."
# m and the size. Of so few examples there are so many orders that none is right by chance.
_SIZES: Mapping[str, tuple[int, int]] = {
    "batches of one example": (11, 1),
    "a batch as large as the data": (12, 12),
    "a batch larger than the data": (11, 64),
    "one full batch and a rest": (17, 10),
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
        Case(subject, help_, partial(draw_examples, m=31, mini_batch_size=7), law=_only(subject))
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
        partial(draw_adam, slope=tiny),
    ),
)
