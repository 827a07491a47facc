"""The hidden cases of the four functions: what each tries, and what it says when it fails."""

from __future__ import annotations

from functools import partial

from autograder.assignment.exercise import Case, documented_case
from workbook.comparison import Tolerance
from workbook.examples import EXAMPLES, OUTPUTS

from .drawing import (
    FOUR_LAYERS,
    ONE_LAYER,
    draw_begun,
    draw_decay,
    draw_diverging,
    draw_falling,
    draw_missing,
    draw_rising,
    draw_rmsprop,
    draw_series,
    draw_touching,
    integers,
    single,
    whole,
)

# In whatever order an average or a rate is computed, so many digits agree.
CLOSE = Tolerance(relative=1e-9, absolute=1e-12)
# A float32 carries about seven digits, of which an update may lose one.
SINGLE = Tolerance(relative=5e-6, absolute=5e-6)

_BETA = "β is an argument: use it as it comes."
_CORRECTED = "The correction divides by 1 − βᵗ, and t counts from 1."
_RATE = "The learning rate is an argument: use it as it comes."
_STAIR = "On a staircase the epoch that counts is the one at which the stair begins."
_FIRST = "The first step counts at which the cost is at most the target, whatever comes later."


def _documented(exercise_id: str) -> Case:
    return documented_case(EXAMPLES[exercise_id], OUTPUTS[exercise_id], 2)


AVERAGE_CASES = (
    _documented("weighted_average"),
    Case(
        "without the correction",
        "The average starts from zero, and takes in one value after the other.",
        partial(draw_series, corrected=False),
        2,
        CLOSE,
    ),
    Case("with the correction", _CORRECTED, draw_series, 2, CLOSE),
    Case("a small β", _BETA, partial(draw_series, beta=0.2), 1, CLOSE),
    Case("a large β", _BETA, partial(draw_series, beta=0.97), 1, CLOSE),
    Case(
        "a single value",
        "The first average is a share of the first value.",
        partial(draw_series, length=1, corrected=False),
        1,
        CLOSE,
    ),
    Case(
        "a longer series",
        "There are as many averages as there are values.",
        partial(draw_series, length=25, beta=0.6, corrected=False),
        1,
        CLOSE,
    ),
    Case(
        "whole numbers",
        "Whole numbers have averages with a fraction: does your array hold them?",
        partial(draw_series, number=integers),
        1,
        CLOSE,
    ),
    # Then each average is the value itself, which may be returned without computing anything.
    Case("β = 0", _CORRECTED, partial(draw_series, beta=0.0), 1, CLOSE, proves=False),
)

RMSPROP_CASES = (
    _documented("update_parameters_with_rmsprop"),
    Case(
        "a single layer", "L follows from the parameters.", partial(draw_rmsprop, sizes=ONE_LAYER)
    ),
    Case(
        "four layers",
        "Every layer is updated, from 1 to L.",
        partial(draw_rmsprop, sizes=FOUR_LAYERS),
        2,
    ),
    Case("an s that moves", "The old s counts, and so do the squares.", draw_rmsprop, 2),
    Case(
        "the first step",
        "At first s is zero; nothing is corrected here.",
        partial(draw_rmsprop, at_rest=True),
    ),
    Case("a small β", _BETA, partial(draw_rmsprop, beta=0.2)),
    Case("a large β", _BETA, partial(draw_rmsprop, beta=0.99)),
    Case("a large learning rate", _RATE, partial(draw_rmsprop, learning_rate=0.75)),
    Case("a large ε", "ε is added to the root, outside it.", partial(draw_rmsprop, epsilon=0.3), 2),
    Case(
        "whole numbers",
        "Numbers without a fraction follow the same rule.",
        partial(draw_rmsprop, number=whole),
    ),
    Case(
        "single precision",
        "float32 arrays follow the same rule.",
        partial(draw_rmsprop, number=single),
        tolerance=SINGLE,
    ),
)

DECAY_CASES = (
    _documented("decayed_learning_rate"),
    Case(
        "the inverse of time",
        "The rate is divided by 1 and what has gathered over the epochs.",
        partial(draw_decay, schedule="inverse"),
        2,
        CLOSE,
    ),
    Case(
        "an exponential",
        "The exponent holds decay rate and epoch, with a minus.",
        partial(draw_decay, schedule="exponential"),
        2,
        CLOSE,
    ),
    Case("a staircase", _STAIR, partial(draw_decay, schedule="staircase"), 2, CLOSE),
    Case(
        "early on a stair", _STAIR, partial(draw_decay, schedule="staircase", on_stair=2), 1, CLOSE
    ),
    Case(
        "the edge of a stair",
        _STAIR,
        partial(draw_decay, schedule="staircase", on_stair=0),
        1,
        CLOSE,
    ),
    Case(
        "the last epoch of a stair",
        _STAIR,
        partial(draw_decay, schedule="staircase", on_stair=6),
        1,
        CLOSE,
    ),
    Case(
        "a slow decay",
        "The decay rate is an argument: use it as it comes.",
        partial(draw_decay, schedule="inverse", decay_rates=(0.002, 0.006)),
        1,
        CLOSE,
    ),
    Case(
        "a fast decay",
        "The decay rate is an argument: use it as it comes.",
        partial(draw_decay, schedule="exponential", decay_rates=(0.42, 0.5), epoch=6),
        1,
        CLOSE,
    ),
    # Nothing has decayed there: the rate is an argument, and may be returned as it is.
    Case(
        "the first epoch",
        "At epoch 0 nothing has decayed.",
        partial(draw_decay, schedule="inverse", epoch=0),
        1,
        CLOSE,
        proves=False,
    ),
    Case(
        "the first stair",
        "On the first stair nothing has decayed.",
        partial(draw_decay, schedule="staircase", epoch=5),
        1,
        CLOSE,
        proves=False,
    ),
)

STEPS_CASES = (
    _documented("steps_to_reach"),
    Case("costs that fall", _FIRST, draw_falling, 2),
    Case("costs that rise again", _FIRST, draw_rising, 2),
    Case(
        "runs that never get there",
        "Such a run has used up all its steps: its number is that of its costs.",
        draw_missing,
        2,
    ),
    Case("exactly the target", "At most the target: equal is enough.", draw_touching),
    Case("there from the start", "A run that begins below the target needs no step.", draw_begun),
    Case(
        "a run that diverges",
        "What is infinite or no number has not reached the target.",
        draw_diverging,
    ),
    Case(
        "a single run",
        "One run is one row, and one number comes back.",
        partial(draw_falling, runs=1),
    ),
    Case("a target below zero", _FIRST, partial(draw_falling, target=-1.5)),
)
