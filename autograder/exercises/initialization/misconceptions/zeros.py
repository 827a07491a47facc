"""Misconceptions about a start with zeros."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Catalogue, Misconception

from .layers import BIAS, SOLUTION, shared_entries

WEIGHTS = "np.zeros((n, before))"
_SHAPE = "W has a row for each unit of the layer and a column for each unit of the layer before."
_TUPLE = "`np.zeros` takes the shape as one tuple: count the brackets."

_WEIGHTS: Mapping[str, tuple[str, str, str]] = {
    "transposed": ("have rows and columns exchanged", _SHAPE, "np.zeros((before, n))"),
    "flat": ("have one dimension", _SHAPE, "np.zeros(n)"),
    "all-flat": ("have one dimension, with all entries in it", _SHAPE, "np.zeros(n * before)"),
    "square": ("are square", _SHAPE, "np.zeros((n, n))"),
    "square-before": ("are square, of the size of the layer before", _SHAPE,
                      "np.zeros((before, before))"),
    "column": ("have a single column, as if they were biases", _SHAPE, "np.zeros((n, 1))"),
    "number": ("are single numbers", _SHAPE, "0.0"),
    "lists": ("are lists, not arrays", _SHAPE, "np.zeros((n, before)).tolist()"),
    "two-numbers": ("are made by a call that fails: the shape is not one argument there", _TUPLE,
                    "np.zeros(n, before)"),
    "ones": ("are ones", "This start is all zeros.", "np.ones((n, before))"),
    "hundredths": ("are all 0.01", "This start is all zeros.", "np.full((n, before), 0.01)"),
    "unit-matrix": ("have ones on the diagonal", "This start is all zeros.", "np.eye(n, before)"),
    "drawn": ("are drawn at random, with the seed 3", "This start is all zeros: nothing is drawn.",
              "np.random.RandomState(3 + 0 * l).randn(n, before)"),
}  # fmt: skip


def _weight_entries() -> tuple[Misconception, ...]:
    return tuple(
        Misconception(f"W-{id_}", f"Your weights {what}.", look, {WEIGHTS: new})
        for id_, (what, look, new) in _WEIGHTS.items()
    )


ZEROS = Catalogue(
    SOLUTION.format(name="initialize_parameters_zeros", seed="made = {}", weights=WEIGHTS),
    (
        *_weight_entries(),
        # A start of zeros draws nothing, so the order of its layers does not matter.
        *shared_entries("layers-backwards"),
        Misconception(
            "whole-numbers",
            "Your arrays cannot hold numbers with a fraction.",
            "Leave out the `dtype`, or let it be float: a training takes steps of 0.01.",
            {WEIGHTS: "np.zeros((n, before), dtype=int)", BIAS: "np.zeros((n, 1), dtype=int)"},
        ),
        Misconception(
            "b-is-W",
            "Your b is a part of your W: both change together.",
            "Make a new array for b: a slice of W is no copy.",
            {BIAS: "W[:, :1]"},
        ),
        Misconception(
            "array-shared-by-shape",
            "Keys whose arrays are of one shape share the same array.",
            "Make a new array for each key: changing one must not change the other.",
            {
                WEIGHTS: "made.setdefault((n, before), np.zeros((n, before)))",
                BIAS: "made.setdefault((n, 1), np.zeros((n, 1)))",
            },
        ),
        Misconception(
            "flat-everything",
            "Your arrays have one dimension.",
            f"{_SHAPE} b is one column.",
            {WEIGHTS: "np.zeros(n)", BIAS: "np.zeros(n)"},
        ),
        Misconception(
            "all-by-one-call-that-fails",
            "Your arrays are made by a call that fails: the shape is not one argument there.",
            _TUPLE,
            {WEIGHTS: "np.zeros(before, n)"},
        ),
    ),
)
