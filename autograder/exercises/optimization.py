"""What the Optimization workbook asks: six functions, their points and their hidden cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

import laws
from autograder.exercise import Assignment, Call, Case, Exercise
from comparison import Finding, Tolerance, compare_returned
from documented import EXAMPLES

Arrays = dict[str, np.ndarray]

# The layer sizes n[0], ..., n[L] of the networks that the cases draw.
ONE_LAYER = (4, 3)
TWO_LAYERS = (3, 2, 3)
FOUR_LAYERS = (5, 4, 2, 3, 1)

# A float32 carries about seven digits, and an update adds numbers of different size.
SINGLE = Tolerance(relative=1e-4, absolute=1e-5)
# The documented example is compared with the reference to more digits than it prints.
EXACT = Tolerance(relative=1e-9, absolute=1e-12)

Number = Callable[[np.ndarray], np.ndarray]


def _double(numbers: np.ndarray) -> np.ndarray:
    return numbers


def _whole(numbers: np.ndarray) -> np.ndarray:
    """Whole numbers, stored as floats so that an in-place update stays possible."""
    return np.round(4 * numbers)


def _single(numbers: np.ndarray) -> np.ndarray:
    return numbers.astype(np.float32)


def _like_parameters(
    rng: np.random.Generator, sizes: tuple[int, ...], prefix: str = "", number: Number = _double
) -> Arrays:
    """Draw a W and b for each layer; `prefix` "d" makes the keys of gradients and moments."""
    arrays = {}
    for layer, (before, after) in enumerate(pairwise(sizes), start=1):
        arrays[f"{prefix}W{layer}"] = number(rng.standard_normal((after, before)))
        arrays[f"{prefix}b{layer}"] = number(rng.standard_normal((after, 1)))
    return arrays


def _squares(arrays: Arrays) -> Arrays:
    """A second moment is never negative."""
    return {key: array**2 for key, array in arrays.items()}


def _documented(exercise_id: str) -> Callable[[np.random.Generator], Call]:
    return lambda rng: Call(*EXAMPLES[exercise_id].call())


def _documented_case(exercise_id: str, weight: float) -> Case:
    return Case(
        "the documented example",
        "Run the example cell above: it shows your output beside the documented one.",
        _documented(exercise_id),
        weight,
        EXACT,
        known=True,
    )


def _draw_gd(
    rng: np.random.Generator,
    sizes: tuple[int, ...] = TWO_LAYERS,
    learning_rate: float = 0.01,
    number: Number = _double,
) -> Call:
    draw = partial(_like_parameters, rng, sizes, number=number)
    return Call((draw(), draw("d"), learning_rate))


def _draw_velocity(rng: np.random.Generator, sizes: tuple[int, ...] = TWO_LAYERS) -> Call:
    return Call((_like_parameters(rng, sizes),))


def _draw_momentum(
    rng: np.random.Generator,
    sizes: tuple[int, ...] = TWO_LAYERS,
    beta: float = 0.9,
    learning_rate: float = 0.1,
    number: Number = _double,
) -> Call:
    draw = partial(_like_parameters, rng, sizes, number=number)
    return Call((draw(), draw("d"), draw("d"), beta, learning_rate))


def _draw_adam(
    rng: np.random.Generator,
    sizes: tuple[int, ...] = TWO_LAYERS,
    t: int = 3,
    number: Number = _double,
    **keywords: float,
) -> Call:
    draw = partial(_like_parameters, rng, sizes, number=number)
    arguments = (draw(), draw("d"), draw("d"), _squares(draw("d")), t)
    return Call(arguments, {"learning_rate": 0.1, **keywords})


def _draw_examples(
    rng: np.random.Generator, m: int, mini_batch_size: int, seed: int | None = None, n_x: int = 3
) -> Call:
    """Draw m different examples; each label is a number of its own, so that no mix-up hides."""
    X = rng.standard_normal((n_x, m))
    Y = rng.permutation(m).reshape(1, m).astype(float)
    return Call((X, Y, mini_batch_size, int(rng.integers(1, 1000)) if seed is None else seed))


def _only(subject: str) -> Callable[..., list[Finding]]:
    """Return the law that judges one property of the mini-batches by itself."""

    def law(batches: Any, X: np.ndarray, Y: np.ndarray, size: int, seed: int) -> list[Finding]:
        findings = laws.partition(batches, X, Y, size)
        if findings[0].passed and not any(np.size(part) for part, _ in batches):
            return [Finding("the list of pairs", "holds no example")]
        return [finding for finding in findings if finding.subject == subject] or findings

    return law


def _own_arrays(exercise_id: str) -> Callable[..., list[Finding]]:
    """Return the law that no two of the right zeros are one array: nonsense shares none either."""
    names = {"initialize_velocity": ("v",), "initialize_adam": ("v", "s")}[exercise_id]

    def law(answer: Any, parameters: Arrays) -> list[Finding]:
        zeros = {f"d{key}": np.zeros_like(array) for key, array in parameters.items()}
        findings = compare_returned(answer, dict.fromkeys(names, zeros))
        wrong = [finding for finding in findings if not finding.passed]
        return wrong or laws.own_arrays(answer)

    return law


def _update_cases(exercise_id: str, draw: Callable[..., Call]) -> tuple[Case, ...]:
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
            partial(draw, number=_whole),
        ),
        Case(
            "single precision",
            "float32 arrays follow the same rule.",
            partial(draw, number=_single),
            tolerance=SINGLE,
        ),
    )


def _zero_cases(exercise_id: str) -> tuple[Case, ...]:
    """Cases for functions that start moments from zero."""
    shapes = "Each zero array has the shape of the parameter it belongs to."
    return (
        _documented_case(exercise_id, weight=2),
        Case("a single layer", shapes, partial(_draw_velocity, sizes=ONE_LAYER)),
        Case("four layers", shapes, partial(_draw_velocity, sizes=FOUR_LAYERS), weight=2),
        Case(
            "an array for each key",
            "No array is shared.",
            _draw_velocity,
            law=_own_arrays(exercise_id),
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
}


def _documented_mini_batches(_rng: np.random.Generator) -> Call:
    """Return the documented call with the first features only.

    All 12288 would make it the largest case by far, and which columns go where does not depend on
    their number. The instant check and the tests use them all.
    """
    (X, Y, mini_batch_size), keywords = EXAMPLES["random_mini_batches"].call()
    return Call((X[:64].copy(), Y, mini_batch_size), keywords)


_MINI_BATCH_CASES = (
    replace(
        _documented_case("random_mini_batches", weight=2),
        draw=_documented_mini_batches,
    ),
    *(
        Case(name, _SLICES, partial(_draw_examples, m=m, mini_batch_size=size))
        for name, (m, size) in _SIZES.items()
    ),
    Case("a seed of 0", _SHUFFLE, partial(_draw_examples, m=20, mini_batch_size=8, seed=0)),
    Case("one feature", _SHUFFLE, partial(_draw_examples, m=20, mini_batch_size=8, n_x=1)),
    *(
        Case(subject, help_, partial(_draw_examples, m=31, mini_batch_size=7), law=_only(subject))
        for subject, help_ in {
            "the sizes": "All are of the given size but perhaps the last.",
            "every example once": "A partition loses no example and repeats none.",
            "X and Y together": "A column of X belongs to its column of Y.",
        }.items()
    ),
)

_MOMENTUM_CASES = (
    *_update_cases("update_parameters_with_momentum", _draw_momentum),
    Case("a velocity that moves", "The old velocity counts.", _draw_momentum, weight=2),
    Case("a small β", "β is an argument.", partial(_draw_momentum, beta=0.2)),
    Case("a large β", "β is an argument.", partial(_draw_momentum, beta=0.99)),
)

_ADAM_CASES = (
    *_update_cases("update_parameters_with_adam", _draw_adam),
    Case("moments that move", "The old moments count.", _draw_adam, weight=2),
    Case("the first step", "At t = 1 the correction is largest.", partial(_draw_adam, t=1)),
    Case("the fiftieth step", "t is the exponent of β₁ and β₂.", partial(_draw_adam, t=50)),
    Case(
        "other decay rates",
        "v̂ is corrected with β₁, ŝ with β₂.",
        partial(_draw_adam, beta1=0.7, beta2=0.8),
        weight=2,
    ),
    Case(
        "a large ε",
        "ε is added to the root, outside it.",
        partial(_draw_adam, epsilon=0.1),
    ),
)

ASSIGNMENT = Assignment(
    "optimization",
    (
        Exercise(
            "update_parameters_with_gd",
            10,
            ("parameters",),
            _update_cases("update_parameters_with_gd", _draw_gd),
        ),
        Exercise("random_mini_batches", 20, ("mini_batches",), _MINI_BATCH_CASES),
        Exercise("initialize_velocity", 10, ("v",), _zero_cases("initialize_velocity")),
        Exercise("update_parameters_with_momentum", 20, ("parameters", "v"), _MOMENTUM_CASES),
        Exercise("initialize_adam", 10, ("v", "s"), _zero_cases("initialize_adam")),
        Exercise("update_parameters_with_adam", 30, ("parameters", "v", "s"), _ADAM_CASES),
    ),
)
