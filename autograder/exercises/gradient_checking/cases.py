"""The hidden cases of the four functions: what each tries, and what it says when it fails."""

from __future__ import annotations

from functools import partial

import numpy as np

from autograder.assignment.exercise import Call, Case
from workbook.comparison import Tolerance

from .drawing import (
    SMALL,
    documented_call,
    documented_check,
    draw_curve,
    draw_network,
    draw_numbers,
    one_array_wrong,
    one_number_wrong,
    too_short,
    wrong_sign,
)

# A truncation error holds in twelve digits, in whatever order it is computed; the lengths of two
# gradients that are almost parallel differ from that of their sum in the fifth to the eighth.
CLOSE = Tolerance(relative=1e-9, absolute=1e-12)
# Where ε is tiny and the gradient wrong, rounding reaches the eighth digit.
ROUNDED = Tolerance(relative=1e-5, absolute=0.0)
# The documented difference in one dimension is a rounding error: right code that divides before it
# subtracts has another one, of up to some units of the last place of J.
ROUNDING_ALONE = Tolerance(relative=0.0, absolute=3e-9)

_EXAMPLE = "Run the example cell above: it shows your output beside the documented one."
_RULE = "J is the product of x and θ, whatever they are."
_SLOPE = "The slope of J along θ is the same everywhere: how much does J grow with θ?"
_CALLED = "Other functions stand behind the names that your check calls: does it call them?"
_BOTH = "The lengths of both gradients are below the fraction bar."
_EPSILON = "ε is an argument: use it as it comes, wherever the rule has it."


def _documented(tolerance: Tolerance, draw) -> Case:
    return Case("the documented example", _EXAMPLE, draw, 2, tolerance, known=True)


def _number_cases(exercise_id: str, help_: str) -> tuple[Case, ...]:
    return (
        _documented(CLOSE, documented_call(exercise_id)),
        Case("other numbers", help_, draw_numbers, 2, CLOSE),
        Case("a negative x", help_, partial(draw_numbers, signs=(-1, 1)), 1, CLOSE),
        Case("a negative θ", help_, partial(draw_numbers, signs=(1, -1)), 1, CLOSE),
        Case("both negative", help_, partial(draw_numbers, signs=(-1, -1)), 1, CLOSE),
        # There J is θ itself, and so may be returned without computing anything.
        Case("θ = 0", help_, _at_zero, 1, CLOSE, proves=False),
    )


def _at_zero(rng: np.random.Generator) -> Call:
    return Call((float(rng.uniform(2.3, 3.8)), 0.0))


FORWARD_CASES = _number_cases("forward_propagation", _RULE)
BACKWARD_CASES = _number_cases("backward_propagation", _SLOPE)

CHECK_CASES = (
    _documented(ROUNDING_ALONE, documented_check("gradient_check", "curve", 0.0, 0.0, 1.0)),
    Case(
        "a curve with the right gradient",
        f"{_CALLED} J is a curve here, so a step to one side misses its slope.",
        partial(draw_curve, epsilon=0.1),
        2,
        CLOSE,
    ),
    Case(
        "a gradient that is too long",
        _BOTH,
        partial(draw_curve, scale=2.5, epsilon=0.05),
        2,
        CLOSE,
    ),
    Case(
        "a gradient that is too short",
        _BOTH,
        partial(draw_curve, scale=0.3, epsilon=0.05),
        1,
        CLOSE,
    ),
    Case(
        "a gradient of the wrong sign",
        "Take the length of each gradient by itself, then add.",
        partial(draw_curve, scale=-1.4, epsilon=0.1),
        1,
        CLOSE,
    ),
    Case("a large ε", _EPSILON, partial(draw_curve, epsilon=0.7), 2, CLOSE),
    Case("a negative θ", _CALLED, partial(draw_curve, sign=-1, epsilon=0.2), 1, CLOSE),
    Case(
        "a straight line with a wrong gradient",
        _CALLED,
        partial(draw_curve, bend=0.0, scale=3.0, epsilon=0.1),
        1,
        CLOSE,
    ),
    Case(
        "ε left out",
        "ε has a default: keep the `def` line as it is given.",
        partial(draw_curve, scale=1.6),
        1,
        ROUNDED,
    ),
)

CHECK_N_CASES = (
    _documented(ROUNDED, documented_check("gradient_check_n", "network", "relu")),
    Case(
        "right gradients",
        "Every parameter moves by ε by itself, to both sides, while all others stay.",
        partial(draw_network, epsilon=0.1),
        2,
        CLOSE,
    ),
    Case(
        "a smaller network",
        "How many numbers there are follows from the parameters.",
        partial(draw_network, sizes=SMALL, epsilon=0.2),
        2,
        CLOSE,
    ),
    Case(
        "one array wrong",
        "The gradients of all parameters count, each beside its own slope.",
        partial(draw_network, change=one_array_wrong, epsilon=0.05),
        2,
        CLOSE,
    ),
    Case(
        "the last number wrong",
        "Does your loop reach every number?",
        partial(draw_network, change=one_number_wrong, sizes=SMALL, epsilon=0.05),
        1,
        CLOSE,
    ),
    Case(
        "gradients that are too short",
        _BOTH,
        partial(draw_network, change=too_short, epsilon=0.1),
        1,
        CLOSE,
    ),
    Case(
        "gradients of the wrong sign",
        "Take the length of each vector by itself, then add.",
        partial(draw_network, change=wrong_sign, sizes=SMALL, epsilon=0.2),
        1,
        CLOSE,
    ),
    Case(
        "units with a kink",
        "Other functions stand behind the names that your check calls: does it call them?",
        partial(draw_network, change=too_short, activation="relu", epsilon=0.05),
        1,
        CLOSE,
    ),
    Case(
        "a single example",
        "m is the number of columns of X.",
        partial(draw_network, m=1, epsilon=0.1),
        1,
        CLOSE,
    ),
    Case("a large ε", _EPSILON, partial(draw_network, sizes=SMALL, m=3, epsilon=0.8), 1, CLOSE),
    Case(
        "ε left out",
        "ε has a default: keep the `def` line as it is given.",
        partial(draw_network, change=too_short, sizes=SMALL, activation="relu"),
        1,
        ROUNDED,
    ),
)
