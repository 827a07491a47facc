"""Make a text that a student may have written harmless to show."""

from __future__ import annotations

import re

# What colours and moves the cursor in a terminal: CSI and OSC sequences, and shorter ones.
ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
# Control characters but tab and newline; marks that turn the direction of the text around them or
# break lines; halves of characters, which cannot be written at all.
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean(text: str) -> str:
    r"""Return the text without colours, and with a visible mark for each harmful character.

    Examples
    --------
    >>> clean("a\x1b[31m red\x1b[0m word")
    'a red word'
    >>> clean("user\u202etxt.exe")
    'user�txt.exe'
    """
    return HARMFUL.sub(REPLACEMENT, ANSI.sub("", text.replace("\r\n", "\n")))
