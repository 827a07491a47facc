"""Say in our own words what the type of an exception means for the one who wrote the function."""

from __future__ import annotations

import re

TYPE = re.compile(r"stopped with (\w+)")
NOT_ASSIGNED = (
    "A name is used that was never assigned: you have not filled this in, or it is written in two "
    "ways."
)
BEFORE_VALUE = (
    "A name is used before a line has given it a value: is it made in a loop or an `if` that does "
    "not run here, or is it written in two ways?"
)
LEFT_NONE = "Something still has the value None: you have not filled this in."
MEANINGS = {
    "NameError": NOT_ASSIGNED,
    "UnboundLocalError": BEFORE_VALUE,
    "KeyError": "That key is not in the dict: compare how the key is made with the keys there are.",
    "ModuleNotFoundError": "That package is missing where notebooks are graded: do without it.",
}


def meaning_of(reason: str) -> str:
    """Return what an exception of that type means, or nothing where the type does not tell it.

    Examples
    --------
    >>> meaning_of("stopped with TypeError: unsupported operand: 'float' and 'NoneType'")
    'Something still has the value None: you have not filled this in.'
    """
    found = TYPE.match(reason)
    kind = found[1] if found else ""
    if kind in {"TypeError", "AttributeError"} and "NoneType" in reason:
        return LEFT_NONE
    return MEANINGS.get(kind, "")
