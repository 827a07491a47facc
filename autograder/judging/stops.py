"""Say in plain words what an exception means that stops a function wherever it is wrong.

What an exception says may be the student's own text, made of anything. So it is only read: a
sentence is ours, and names nothing but a documented argument, NumPy or an operator.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from autograder.assignment.verdict import Diagnosis

_OPERATORS = ("**", "//", "+", "-", "*", "/", "%", "@")
_OPERANDS = (
    r"TypeError: unsupported operand type\(s\) for "
    rf"({'|'.join(map(re.escape, _OPERATORS))})=?(?: or pow\(\))?: "
)
# What may be told of an exception beside the arguments' names, and what is said of another name.
_OURS = frozenset({*_OPERATORS, "np", "numpy"})
_NAMED, _OTHER = r"`\1`", "A name"

# What an exception says, what that shows and where to look; \1 is the first group of the pattern.
_READINGS: Sequence[tuple[str, str, str, str]] = (
    (
        "name-without-value",
        r"NameError: name '(\w+)' is not defined",
        rf"{_NAMED} has no value where it is used: it is no argument there, and no line makes it.",
        "Is it spelled as where it is made? Is the line missing that makes it?",
    ),
    (
        "name-before-value",
        r"(?:UnboundLocalError|NameError): cannot access \w+ variable '(\w+)'",
        rf"{_NAMED} is used before any line has given it a value.",
        "Look at the order of the lines that make and use it: does the first run at all?",
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
        rf"{_OPERANDS}'str' and '(?:str|int)'",
        r"`\1` stands between a text and another value, and texts have no such operation.",
        'Look at how the key is put together: `"d" + key`, with quotes where they should be.',
    ),
    (
        "dict-in-arithmetic",
        rf"{_OPERANDS}(?:'dict' and '[\w.]+'|'[\w.]+' and 'dict')",
        r"`\1` has a whole dict on one side, where a single array belongs.",
        "Pick the array by its key first.",
    ),
    (
        "arguments-missing",
        r"TypeError: [\w.<>]+\(\) takes (?:from \d+ to )?\d+ positional arguments? but \d+ w",
        "Your function, or one that it calls, takes fewer arguments than it is given.",
        "Compare your `def` line with the released one: all its arguments are part of the task.",
    ),
    (
        "none-in-arithmetic",
        rf"{_OPERANDS}(?:'NoneType' and '[\w.]+'|'[\w.]+' and 'NoneType')",
        r"`\1` has None on one side: that value was never worked out.",
        "Look for a `None` that is still to be filled in, or a function without a `return`.",
    ),
)


def reading(reasons: Sequence[str], names: Collection[str]) -> tuple[Diagnosis, ...]:
    """Return what the exceptions mean, if all of them are the same; of names, tell only `names`."""
    for id_, pattern, done, look in _READINGS:
        found = [re.search(pattern, reason) for reason in reasons]
        if found[0] and len({match and match.group() for match in found}) == 1:
            return (Diagnosis(id_, _told(done, found[0], names), look),)
    return ()


def _told(done: str, found: re.Match[str], names: Collection[str]) -> str:
    """Return the sentence with what was found put in, unless a student may have made it up."""
    is_ours = found.re.groups and found[1] in {*names, *_OURS}
    return found.expand(done) if is_ours else done.replace(_NAMED, _OTHER)
