"""Misconceptions about the relative difference of two gradients, which both checks share."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment.misconception import Misconception

NUMERATOR = "np.linalg.norm(grad - gradapprox)"
DENOMINATOR = "np.linalg.norm(grad) + np.linalg.norm(gradapprox)"
DIFFERENCE = "numerator / denominator"
RETURN = "return difference"
_ABOVE = "Look at the numerator: the length of the difference of the two gradients."
_BELOW = "Look at the denominator: the length of each gradient, then their sum."
_LAST = "Look at the `return` line: the number `difference` is wanted."


def _below(id_: str, done: str, wrong: str) -> Misconception:
    return Misconception(id_, done, _BELOW, {DENOMINATOR: wrong})


def _returned(id_: str, done: str, wrong: str, look: str = _LAST) -> Misconception:
    return Misconception(id_, done, look, {RETURN: f"return {wrong}"})


_QUOTIENTS: Mapping[str, tuple[str, str]] = {
    "numerator-alone": (
        "numerator",
        "Your difference is not divided by the lengths of the gradients.",
    ),
    "upside-down": ("denominator / numerator", "Your fraction is upside down."),
    "percent": ("100 * numerator / denominator", "Your difference is in per cent."),
    "halved": (
        "numerator / denominator / 2",
        "Your difference is half as large as it should be.",
    ),
    "one-less": ("1 - numerator / denominator", "You subtract the difference from 1."),
}

RATIO_ENTRIES = (
    *(
        Misconception(
            id_,
            done,
            "Compare the line of `difference` with the rule.",
            {DIFFERENCE: wrong},
        )
        for id_, (wrong, done) in _QUOTIENTS.items()
    ),
    _below("below-grad-alone", "You divide by the length of grad alone.", "np.linalg.norm(grad)"),
    _below(
        "below-gradapprox-alone",
        "You divide by the length of gradapprox alone.",
        "np.linalg.norm(gradapprox)",
    ),
    _below(
        "below-length-of-sum",
        "You divide by the length of the sum, not by the sum of the lengths.",
        "np.linalg.norm(grad + gradapprox)",
    ),
    _below(
        "below-difference",
        "You subtract the lengths below the fraction bar.",
        "np.linalg.norm(grad) - np.linalg.norm(gradapprox)",
    ),
    _below(
        "below-product",
        "You multiply the lengths below the fraction bar.",
        "np.linalg.norm(grad) * np.linalg.norm(gradapprox)",
    ),
    _below(
        "below-larger",
        "You divide by the larger of the two lengths.",
        "max(np.linalg.norm(grad), np.linalg.norm(gradapprox))",
    ),
    _below(
        "below-mean",
        "You divide by the mean of the two lengths.",
        "(np.linalg.norm(grad) + np.linalg.norm(gradapprox)) / 2",
    ),
    _below(
        "below-root",
        "You divide by the root of the sum of both squares.",
        "np.sqrt(np.linalg.norm(grad) ** 2 + np.linalg.norm(gradapprox) ** 2)",
    ),
    _below(
        "below-one-more",
        "You add 1 below the fraction bar.",
        "np.linalg.norm(grad) + np.linalg.norm(gradapprox) + 1",
    ),
    Misconception(
        "squared",
        "You use the squares of all lengths.",
        "Compare each length with the rule: is there a root, or `np.linalg.norm`, in each?",
        {
            NUMERATOR: "np.linalg.norm(grad - gradapprox) ** 2",
            DENOMINATOR: "np.linalg.norm(grad) ** 2 + np.linalg.norm(gradapprox) ** 2",
        },
    ),
    Misconception(
        "brackets-missing",
        "Only the first length is below the fraction bar; the second is added to the fraction.",
        "Look at the brackets around the denominator.",
        {DIFFERENCE: "numerator / np.linalg.norm(grad) + np.linalg.norm(gradapprox)"},
    ),
    Misconception(
        "above-lengths-compared",
        "Your numerator compares the lengths of the gradients, not the gradients.",
        f"{_ABOVE} Subtract first.",
        {NUMERATOR: "abs(np.linalg.norm(grad) - np.linalg.norm(gradapprox))"},
    ),
    Misconception(
        "above-lengths-subtracted",
        "Your numerator subtracts the lengths of the gradients, and it may be negative.",
        f"{_ABOVE} Subtract first.",
        {NUMERATOR: "np.linalg.norm(grad) - np.linalg.norm(gradapprox)"},
    ),
    _returned(
        "verdict-small",
        "You return whether the difference is small, not the difference.",
        "bool(difference < 2e-7)",
    ),
    _returned(
        "verdict-large",
        "You return whether the difference is large, not the difference.",
        "bool(difference > 2e-7)",
    ),
    _returned("gradapprox-returned", "You return the approximate gradient.", "gradapprox"),
    _returned("grad-returned", "You return the gradient.", "grad"),
    _returned("pair", "You return two values.", "difference, gradapprox"),
    _returned("text", "You return text.", "str(difference)"),
    _returned(
        "nothing-returned",
        "Your function returns nothing.",
        "None",
        "Does it end with a `return`? Printing a result does not return it.",
    ),
)
