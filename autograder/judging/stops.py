"""Say in plain words what an exception means that stops a function wherever it is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.assignment.verdict import Diagnosis

# What an exception says, what that shows and where to look; \1 is the first group of the pattern.
_READINGS: Sequence[tuple[str, str, str, str]] = (
    (
        "name-without-value",
        r"NameError: name '(\w+)' is not defined",
        r"`\1` has no value where it is used: it is no argument there, and no line gives it one.",
        r"Is it spelled as where it is made? Is the line missing that makes it?",
    ),
    (
        "name-before-value",
        r"(?:UnboundLocalError|NameError): cannot access \w+ variable '(\w+)'",
        r"`\1` is used before any line has given it a value.",
        r"Look at the order of the lines that make and use `\1`: does the first run at all?",
    ),
    (
        "text-and-number",
        r'TypeError: can only concatenate str \(not "\w+"\) to str',
        "A text is joined with something that is no text.",
        'Make a text of a number first: `"W" + str(l)`, or `f"W{l}"`.',
    ),
    (
        "text-multiplied",
        r"TypeError: can't multiply sequence by non-int of type 'str'",
        "A text is multiplied by a text.",
        "Texts are joined with `+`.",
    ),
    (
        "text-in-arithmetic",
        r"TypeError: unsupported operand type\(s\) for (-|/|\*\*|//|%): 'str' and '(?:str|int)'",
        r"`\1` stands between a text and another value, and texts have no such operation.",
        'Look at how the key is put together: `"d" + key`, with quotes where they should be.',
    ),
    (
        "dict-in-arithmetic",
        r"TypeError: unsupported operand type\(s\) for (\S+): "
        r"(?:'dict' and '[\w.]+'|'[\w.]+' and 'dict')",
        r"`\1` has a whole dict on one side, where a single array belongs.",
        "Pick the array by its key first.",
    ),
    (
        "arguments-missing",
        r"TypeError: \w+\(\) takes (?:from \d+ to )?\d+ positional arguments? but \d+ w",
        "Your function, or one that it calls, takes fewer arguments than it is given.",
        "Compare your `def` line with the released one: all its arguments are part of the task.",
    ),
    (
        "none-in-arithmetic",
        r"TypeError: unsupported operand type\(s\) for (\S+): "
        r"(?:'NoneType' and '[\w.]+'|'[\w.]+' and 'NoneType')",
        r"`\1` has None on one side: that value was never worked out.",
        "Look for a `None` that is still to be filled in, or a function without a `return`.",
    ),
)


def reading(reasons: Sequence[str]) -> tuple[Diagnosis, ...]:
    """Return what the exceptions mean, if all of them are the same."""
    for id_, pattern, done, look in _READINGS:
        found = [re.search(pattern, reason) for reason in reasons]
        if found[0] and len({match and match.group() for match in found}) == 1:
            return (Diagnosis(id_, found[0].expand(done), found[0].expand(look)),)
    return ()
