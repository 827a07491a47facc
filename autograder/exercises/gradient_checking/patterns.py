"""What the cases that a wrong answer passes show about it, where no misconception explains it."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Pattern

_NUMBERS = (
    Pattern(
        "right-while-positive",
        ("other numbers",),
        ("a negative x",),
        "Your function is right for positive numbers and wrong for negative ones.",
        "Is there an absolute value, a square or a root that the rule has not?",
    ),
    Pattern(
        "right-in-the-example",
        ("the documented example",),
        ("other numbers",),
        "Your function is right in the example and wrong for other numbers.",
        "Does it compute with its arguments?",
    ),
)
_DEFAULT = Pattern(
    "wrong-with-other-epsilon",
    ("ε left out",),
    ("a large ε",),
    "Your check is right with the default ε and wrong with others.",
    "Is ε used as it comes, in both steps and below the fraction bar?",
)
_ONE = (
    _DEFAULT,
    Pattern(
        "right-on-straight-lines",
        ("a straight line with a wrong gradient",),
        ("a curve with the right gradient",),
        "Your check is right where J is a straight line and wrong where it is a curve.",
        "Where is J computed: on both sides of θ, and equally far from it?",
    ),
    Pattern(
        "wrong-where-signs-differ",
        ("a gradient that is too long", "a gradient that is too short"),
        ("a gradient of the wrong sign",),
        "Your check is right while both gradients have one sign, and wrong where they differ.",
        "Look at the fraction: which lengths are taken, and when?",
    ),
)
_MANY = (
    _DEFAULT,
    Pattern(
        "right-in-one-network",
        ("right gradients", "one array wrong"),
        ("a smaller network",),
        "Your check is right for the network of the notebook and wrong for a smaller one.",
        "Is there a number, or a shape, that should follow from the parameters?",
    ),
    Pattern(
        "wrong-where-signs-differ",
        ("right gradients", "gradients that are too short"),
        ("gradients of the wrong sign",),
        "Your check is right while both gradients point the same way, and wrong where not.",
        "Look at the fraction: which lengths are taken, and when?",
    ),
)
PATTERNS: Mapping[str, tuple[Pattern, ...]] = {
    "forward_propagation": _NUMBERS,
    "backward_propagation": _NUMBERS,
    "gradient_check": _ONE,
    "gradient_check_n": _MANY,
}
