"""What the cases that a wrong answer passes show about it, where no misconception explains it."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Pattern

_LAYERS = (
    Pattern(
        "right-with-one-layer",
        ("a single layer",),
        ("four layers",),
        "Your function is right with one layer and wrong with four.",
        "Is every layer treated, from 1 to L, and each with its own arrays?",
    ),
    Pattern(
        "right-with-more-layers",
        ("four layers",),
        ("a single layer",),
        "Your function is right with four layers and wrong with one.",
        "Is there a number of layers that your loop takes for granted?",
    ),
)
_RATE = Pattern(
    "right-with-small-rates",
    ("the documented example", "four layers"),
    ("a large learning rate",),
    "Your function is right with the usual learning rate and wrong with a larger one.",
    "Is the learning rate used as it comes, once?",
)
_PRECISION = Pattern(
    "right-in-double-precision",
    ("four layers",),
    ("single precision",),
    "Your function is right with float64 arrays and wrong with float32 ones.",
    "Does it make or convert an array of a fixed dtype?",
)
_SHARED = Pattern(
    "shared",
    ("the documented example", "four layers"),
    ("an array for each key",),
    "Your zeros have the right shapes, but some of them are one array under two names.",
    "Make a new array for each key: changing one must not change the other.",
)
_ZEROS = (*_LAYERS, _SHARED)
_UPDATES = (*_LAYERS, _RATE, _PRECISION)

_MEMORY = "Look at what the old v does in the new one."
PATTERNS: Mapping[str, tuple[Pattern, ...]] = {
    "update_parameters_with_gd": _UPDATES,
    "random_mini_batches": (
        Pattern(
            "fair-but-other-order",
            ("the sizes", "every example once", "X and Y together"),
            ("the documented example", "a seed of 0", "one feature"),
            "Your mini-batches are fair and complete, but their order is not that of the recipe.",
            "`np.random.seed(seed)` comes first, then one `np.random.permutation(m)`; X and Y are "
            "picked in its order.",
        ),
        Pattern(
            "right-where-size-divides",
            ("a size that divides m",),
            ("a size that does not divide m",),
            "Your mini-batches are right where their size divides m, and wrong where it does not.",
            "Look at the last mini-batch: it holds what is left.",
        ),
        Pattern(
            "right-where-size-does-not-divide",
            ("a size that does not divide m",),
            ("a size that divides m",),
            "Your mini-batches are right where their size does not divide m, and wrong where it "
            "does.",
            "Look at the last mini-batch: what if nothing is left for it?",
        ),
        Pattern(
            "right-but-with-large-batches",
            ("a size that divides m", "a size that does not divide m"),
            ("a batch larger than the data",),
            "Your mini-batches are wrong only where one is larger than all the data.",
            "What do your slices give when there is no complete mini-batch?",
        ),
        Pattern(
            "X-and-Y-apart",
            ("the sizes",),
            ("X and Y together",),
            "Your mini-batches have the right sizes, but some examples have another one's label.",
            "One permutation must shuffle the columns of both X and Y.",
        ),
    ),
    "initialize_velocity": _ZEROS,
    "update_parameters_with_momentum": (
        *_UPDATES,
        Pattern(
            "right-with-usual-beta",
            ("four layers",),
            ("a small β", "a large β"),
            "Your function is right with the usual β and wrong with others.",
            "Is β used as it comes?",
        ),
        Pattern(
            "right-from-rest",
            ("the documented example",),
            ("a velocity that moves",),
            "Your function is right when v starts from zero and wrong when it moves.",
            _MEMORY,
        ),
    ),
    "initialize_adam": _ZEROS,
    "update_parameters_with_adam": (
        *_UPDATES,
        Pattern(
            "right-at-first-step",
            ("the first step",),
            ("the fiftieth step",),
            "Your function is right at t = 1 only.",
            "Look at t in the denominators of v̂ and ŝ: it is an exponent.",
        ),
        Pattern(
            "wrong-at-first-step",
            ("the fiftieth step",),
            ("the first step",),
            "Your function is right at later steps and wrong at t = 1.",
            "Look at the bias correction: at t = 1 it is largest.",
        ),
        Pattern(
            "right-with-usual-rates",
            ("four layers",),
            ("other decay rates",),
            "Your function is right with the usual β₁ and β₂ and wrong with others.",
            "Is each of them used as it comes, and in the right place?",
        ),
        Pattern(
            "right-with-small-epsilon",
            ("four layers", "other decay rates"),
            ("a large ε",),
            "Your function is right while ε is tiny and wrong when it counts.",
            "Look at where ε is added: to the root, outside it.",
        ),
        Pattern(
            "right-from-rest",
            ("the documented example",),
            ("moments that move",),
            "Your function is right when v and s start from zero and wrong when they do not.",
            "Look at what the old v and s do in the new ones.",
        ),
    ),
}
