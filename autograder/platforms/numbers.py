"""Numbers as platforms write them, with a decimal point or a comma."""

from __future__ import annotations

import re

NUMBER = re.compile(r"-?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
# As many as Moodle keeps.
PLACES = 5
SAME = 0.6 * 10**-PLACES


def number(text: str) -> float | None:
    """Return the number in a cell; None where there is something else, or nothing.

    Examples
    --------
    >>> number("7,50"), number(" 1,000.5 "), number("1.000,5"), number("EX")
    (7.5, 1000.5, 1000.5, None)
    """
    text = re.sub(r"[\s'’]", "", text).removesuffix("%")
    if "," in text and "." in text:  # the last of them divides, the others only group
        text = text.replace("," if text.rfind(".") > text.rfind(",") else ".", "")
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def written(value: float, sign: str = ".") -> str:
    """Return a number as it is entered, as short as can be.

    Examples
    --------
    >>> written(0.1 + 0.2), written(12.5, ","), written(40.0)
    ('0.3', '12,5', '40')
    """
    text = f"{value:.{PLACES}f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(".", sign)


def are_same(one: float, other: float) -> bool:
    """Tell whether two marks are the same, as far as platforms keep them."""
    return abs(one - other) < SAME
