"""Words for what an answer is and how it is wrong, whatever it should have been."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

# The beginnings that are spoken with a vowel.
SPOKEN_AS_VOWEL = re.compile("(?!uni|us|uint|ufunc|eu|one)[aeiou]", re.IGNORECASE)
# Of a key that is listed, and how many are.
LONGEST_NAME, MOST_KEYS = 20, 12
# What the name of a type does not tell, where the value itself could not be sent.
UNSENDABLE = {
    "dict": "a dict whose keys are no texts",
    "ndarray": "an array of something else than numbers",
    "int": "a whole number with too many digits",
    "too deep": "a value nested too deeply",
}


def describe(value: Any) -> str:
    """Name the kind of a value in plain words.

    Examples
    --------
    >>> describe({"W1": 1}), describe(range(3)), describe(np.uint8(3))
    ('a dict', 'a range', 'a uint8')
    """
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    kind = type(value).__name__
    if kind == "Opaque":  # it stands for a value that could not be sent, and names its type
        kind = str(value.kind)
        if kind in UNSENDABLE:
            return UNSENDABLE[kind]
    return f"{'an' if SPOKEN_AS_VOWEL.match(kind) else 'a'} {kind}"


def describe_endless(array: np.ndarray) -> tuple[str, str]:
    """Say what is wrong with an array that is not finite, and what makes such numbers."""
    if not np.isnan(array).any():
        return "holds infinity", "Is something divided by 0?"
    look = "NaN comes from the root of a negative number, or of 0 divided by 0."
    return ("holds NaN and infinity" if np.isinf(array).any() else "holds NaN"), look


def first_wrong_digit(array: np.ndarray, expected: np.ndarray, wrong: np.ndarray) -> int:
    """Return which significant digit is the first that is wrong in some number; 1 is the first."""
    with np.errstate(all="ignore"):
        # In float64, where the difference of two whole numbers cannot overflow.
        away = np.abs(array[wrong].astype(complex) - expected[wrong]) / np.abs(expected[wrong])
    farthest = float(away.max())
    return int(-np.log10(farthest)) + 1 if 0 < farthest < 1 else 1


def about_keys(answer: Mapping[Any, Any], expected: Mapping[str, Any]) -> str:
    """Say what keys there are, and whether the d of a gradient is what they lack."""
    have = f"The keys you have: {_keys(answer)}."
    names = {str(key) for key in list(answer)[:MOST_KEYS]}
    if {f"d{name}" for name in names} & expected.keys():
        return f"{have} Here they begin with a d, as those of the gradients do."
    if names & {f"d{key}" for key in expected}:
        return f"{have} Here they have no d, as those of the parameters have none."
    return f"{have} Does your loop visit every layer?"


def _keys(answer: Mapping[Any, Any]) -> str:
    """List the keys of an answer as far as they are names, and not numbers or whole sentences."""
    keys = (str(key) for key in list(answer)[:MOST_KEYS])
    named = (key if key.isidentifier() and len(key) <= LONGEST_NAME else "…" for key in keys)
    return ", ".join(named) or "none"
