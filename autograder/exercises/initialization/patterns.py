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
        "Is every layer treated, from 1 to L, each with its own sizes?",
    ),
    Pattern(
        "right-with-more-layers",
        ("four layers",),
        ("a single layer",),
        "Your function is right with four layers and wrong with one.",
        "Is there a number of layers that your loop takes for granted?",
    ),
    Pattern(
        "right-up-to-four-layers",
        ("a single layer", "four layers"),
        ("twelve layers",),
        "Your function is right with few layers and wrong with twelve.",
        "Are the keys made from the layer's whole number, and for every layer?",
    ),
)
_SHARED = Pattern(
    "shared",
    ("four layers",),
    ("an array for each key",),
    "Your arrays have the right shapes, but some of them are one array under two names.",
    "Make a new array for each key: changing one must not change the other.",
)
_SAME_NUMBERS = Pattern(
    "same-numbers-in-every-layer",
    ("the spread of the weights", "the biases"),
    ("four layers", "fresh numbers in every layer"),
    "Your weights are spread as they should be, but all layers have the same numbers.",
    "Set the seed once, before the loop: it starts the row of random numbers anew.",
)
_OTHER_NUMBERS = Pattern(
    "other-numbers",
    ("the spread of the weights", "the biases"),
    ("four layers", "a single layer"),
    "Your weights are spread as they should be, but they are not the numbers of the recipe.",
    "`np.random.seed(3)` comes first; then one `np.random.randn` for each W, from layer 1 on.",
)
_OTHER_ORDER = Pattern(
    "other-order",
    ("the spread of the weights", "the biases", "a single layer"),
    ("four layers",),
    "Your first weights are right and the others are not the numbers of the recipe.",
    "After the seed only the weights are drawn, each in one call, from layer 1 to layer L.",
)
_ONLY_SHAPES = Pattern(
    "right-shapes-only",
    ("the shapes", "the biases"),
    ("four layers", "the spread of the weights"),
    "Your arrays have the right shapes, and the weights hold other numbers than they should.",
    "Look at the line that makes W: what is drawn, and by what is it multiplied?",
)
_DRAWN = (_SAME_NUMBERS, _OTHER_ORDER, _OTHER_NUMBERS, *_LAYERS, _SHARED, _ONLY_SHAPES)

PATTERNS: Mapping[str, tuple[Pattern, ...]] = {
    "initialize_parameters_zeros": (*_LAYERS, _SHARED),
    "initialize_parameters_random": _DRAWN,
    "initialize_parameters_he": _DRAWN,
}
