"""What is done in place of the bias correction."""

from __future__ import annotations

from collections.abc import Mapping

_BELOW = "Compare what you divide by with the rule: 1 − βᵗ, where t is 1 for the first value."

# What was done, what stands there, where to look.
CORRECTIONS: Mapping[str, tuple[str, str, str]] = {
    "power-forgotten": (
        "Your correction divides by 1 − β at every step, without the exponent.",
        "v / (1 - beta)",
        _BELOW,
    ),
    "power-of-index": (
        "The exponent of your correction counts from 0.",
        "v / max(1 - beta ** (t - 1), 1e-8)",
        _BELOW,
    ),
    "power-one-more": (
        "The exponent of your correction counts from 2.",
        "v / (1 - beta ** (t + 1))",
        _BELOW,
    ),
    "power-of-last": (
        "The exponent of your correction is the number of values, at every step.",
        "v / (1 - beta ** len(values))",
        _BELOW,
    ),
    "times-t": (
        "Your correction multiplies β by t where the exponent t is wanted.",
        "v / (1 - beta * t)",
        _BELOW,
    ),
    "multiplied": (
        "Your correction multiplies where it should divide.",
        "v * (1 - beta**t)",
        "At first the average is too small: what makes it larger?",
    ),
    "plus": ("Your correction divides by 1 + βᵗ.", "v / (1 + beta**t)", _BELOW),
    "beta-alone": ("Your correction divides by βᵗ.", "v / beta**t", _BELOW),
    "power-of-difference": (
        "Your correction divides by (1 − β)ᵗ: the exponent is outside the brackets.",
        "v / (1 - beta) ** t",
        _BELOW,
    ),
    "subtracted": ("Your correction subtracts βᵗ.", "v - beta**t", _BELOW),
}
