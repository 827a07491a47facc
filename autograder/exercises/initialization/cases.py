"""The hidden cases of the three functions: what each tries, and what it says when it fails."""

# The type checker sees the student modules of the first assignment alone.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from autograder.assignment.exercise import Case
from workbook import laws, starts
from workbook.comparison import Finding, Tolerance
from workbook.practice import ALONE, APART

from .drawing import documented, equal_shapes, large, layers

Law = Callable[[Any, Any], list[Finding]]

# The documented example is compared with the reference to more digits than it prints.
EXACT = Tolerance(relative=1e-9, absolute=1e-12)

_ODD = Finding("your function", "sends something else than it was asked for")


def _first_broken(*steps: Law) -> Law:
    """Return the law that asks one after the other, as each takes for granted what came before."""

    def law(answer: Any, layers_dims: Any) -> list[Finding]:
        findings: list[Finding] = []
        for judge in steps:
            findings = judge(answer, layers_dims)
            if not all(finding.passed for finding in findings):
                break
        return findings

    return law


def _own_arrays(weights: Law, answer: Any, layers_dims: Any) -> list[Finding]:
    """Judge whether every array has memory of its own, as the process that holds them tells."""
    try:
        returned, _arguments, overlaps = answer
        named = [(first, second) for first, second in overlaps]
    except (TypeError, ValueError):  # it comes from the student's process
        return [_ODD]
    findings = _first_broken(starts.right_shapes, weights)(returned, layers_dims)
    if not named or not all(finding.passed for finding in findings):
        return findings
    # Names that are not ours may say anything.
    ours = {f'["{key}"]' for key in starts.wanted_shapes(layers_dims)}
    told = (name if name in ours else "another array" for name in map(str, named[0]))
    return [laws.shared(*told)]


def _left_alone(weights: Law, answer: Any, layers_dims: Any) -> list[Finding]:
    """Judge whether the list of sizes, which comes with what was returned, is as it was."""
    try:
        returned, (afterwards,), _overlaps = answer
    except (TypeError, ValueError):  # it comes from the student's process
        return [_ODD]
    if not isinstance(afterwards, list) or not laws.left_alone(layers_dims, afterwards).passed:
        look = "Others need the list too: read from it, and change nothing in it."
        return [Finding("your function", "changes layers_dims", look=look)]
    return _first_broken(starts.right_shapes, weights)(returned, layers_dims)


def _number_cases(exercise_id: str) -> tuple[Case, ...]:
    """Return the cases that compare all numbers with the reference's."""
    every = "Every layer gets its W and its b, from layer 1 to layer L."
    return (
        Case(
            "the documented example",
            "Run the example cell above: it shows your output beside the documented one.",
            documented(exercise_id),
            weight=2,
            tolerance=EXACT,
            known=True,
        ),
        Case("a single layer", "One layer follows the same rule as many.", layers(1)),
        Case("four layers", every, layers(4), weight=3),
        Case("twelve layers", "The key of layer 12 ends with 12.", layers(12), weight=2),
    )


def _law_cases(weights: Law) -> tuple[Case, ...]:
    """Return the cases that judge one property; `weights` says whether they are of their kind."""
    sound = partial(_first_broken, starts.right_shapes, weights)
    shapes = "Two neighbours' sizes give the shape of W, the size of the layer that of b."
    counted = "Whoever trains the network counts its layers by the keys."
    return (
        Case("the shapes", shapes, layers(4), law=starts.right_shapes),
        Case("the biases", "A bias starts at zero.", layers(3), law=starts.zero_biases),
        Case("no other keys", counted, layers(3), law=sound(starts.just_the_keys)),
        Case(
            "the list left alone",
            "What you return is new, and layers_dims is as it was.",
            lambda rng: replace(layers(3)(rng), shows_arguments=True),
            law=partial(_left_alone, weights),
            asks=(ALONE,),
        ),
        Case(
            "an array for each key",
            "No array is shared.",
            lambda rng: replace(equal_shapes(rng), shows_arguments=True),
            law=partial(_own_arrays, weights),
            asks=(APART,),
        ),
        Case(
            "numbers with a fraction",
            "A training changes them by small steps.",
            layers(2),
            law=sound(starts.real_numbers),
        ),
    )


def _drawn_cases(exercise_id: str, scale: starts.Scale, spread: str) -> tuple[Case, ...]:
    """Return the cases of a function that draws its weights with a standard deviation `scale`."""
    return (
        *_number_cases(exercise_id),
        *_law_cases(starts.drawn),
        Case(
            "the spread of the weights",
            spread,
            large,
            law=_first_broken(starts.right_shapes, partial(starts.spread, scale=scale)),
        ),
        Case(
            "fresh numbers in every layer",
            "One row of random numbers runs on from layer to layer.",
            layers(3),
            law=_first_broken(starts.right_shapes, starts.drawn, starts.fresh_numbers),
        ),
    )


ZERO_CASES = (
    *_number_cases("initialize_parameters_zeros"),
    *_law_cases(starts.zero_weights),
)
RANDOM_CASES = _drawn_cases(
    "initialize_parameters_random",
    lambda before: 10.0,
    "Standard normal numbers, ten times as large, in every layer.",
)
HE_CASES = _drawn_cases(
    "initialize_parameters_he",
    lambda before: float(np.sqrt(2 / before)),
    "Standard normal numbers, scaled by what He et al. take from the layer before.",
)
