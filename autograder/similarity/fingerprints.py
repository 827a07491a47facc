"""Fingerprints of an answer: what stays when names, comments and spacing are changed.

Winnowing (Schleimer, Wilkerson and Aiken 2003): of the hashes of all runs of `GRAM` tokens the
smallest of each `WINDOW` in a row is kept, so that any run of GRAM + WINDOW - 1 equal tokens shares
one. Nothing is parsed: code that is no Python has fingerprints too.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

import numpy as np

GRAM, WINDOW = 9, 4
# Of an odd number, as hashes of runs have them.
POWERS = np.array([pow(0x9E3779B97F4A7C15, place, 1 << 64) for place in range(GRAM)], np.uint64)
# A text that never ends goes on to the end; in one line it is looked for so far. Or a quote after
# the other would have all of the rest looked at again.
TOKEN = re.compile(
    r"(?P<space>[ \t\r\f]+)|(?P<end>\n)|(?P<comment>#[^\n]*)"
    r"|(?P<text>[rbfuRBFU]{0,2}(?:'''(?:[^\\]|\\.?)*?(?:'''|\Z)|\"\"\"(?:[^\\]|\\.?)*?(?:\"\"\"|\Z)"
    r"|'(?:[^'\\\n]|\\.){0,500}+'|\"(?:[^\"\\\n]|\\.){0,500}+\"))"
    r"|(?P<attribute>\.\s*[^\W\d]\w*)|(?P<name>[^\W\d]\w*)|(?P<number>\d[\w.]*)"
    r"|(?P<sign>\*\*=?|//=?|[<>=!+\-*/%&|^@]=|.)",
    re.DOTALL,
)
# So much of an answer is looked at.
MOST_CHARACTERS = 50_000


@lru_cache(maxsize=50_000)
def fingerprints(source: str) -> dict[int, tuple[int, int]]:
    """Return the fingerprints of an answer, each with the lines that it covers, counted from 0."""
    known = list(tokens(source))
    hashes = _hashes(known)
    if not len(hashes):
        return {}
    width = min(WINDOW, len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, width)
    # The last of those that are equal, as in the paper.
    places = np.arange(len(windows)) + width - 1 - windows[:, ::-1].argmin(axis=1)
    return {
        int(hashes[place]): (known[place][1], known[place + GRAM - 1][1])
        for place in dict.fromkeys(places.tolist())
    }


def all_hashes(source: str) -> set[int]:
    """Return the hashes of all runs of tokens, for what is to be taken away wherever it stands."""
    return set(_hashes(list(tokens(source))).tolist())


def _hashes(known: list[tuple[str, int]]) -> np.ndarray:
    """Return the hash of each run of tokens: a polynomial of theirs, modulo 2⁶⁴."""
    ids = np.array([_id(text) for text, _ in known], np.uint64)
    if len(ids) < GRAM:
        return ids[:0]
    mixed = np.lib.stride_tricks.sliding_window_view(ids, GRAM) @ POWERS
    return mixed ^ (mixed >> np.uint64(29))


@lru_cache(maxsize=50_000)
def _id(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) + 1


def tokens(source: str) -> Iterator[tuple[str, int]]:
    """Yield what code says, and on which line: a name is a name, and nothing else of it counts.

    Attributes keep theirs: they are NumPy's, not the student's.
    """
    line, is_statement = 0, True
    for found in TOKEN.finditer(source[:MOST_CHARACTERS]):
        kind, text = found.lastgroup, found[0]
        if kind in ("text", "sign", "number", "attribute", "name"):
            is_docstring = kind == "text" and is_statement
            if not is_docstring:
                yield _said(str(kind), text), line
            is_statement = False
        elif kind == "end":
            is_statement = True
        if kind in ("end", "text", "attribute"):
            line += text.count("\n")


def _said(kind: str, text: str) -> str:
    if kind == "name" and not keyword.iskeyword(text):
        return "name"
    return re.sub(r"\s+", "", text) if kind == "attribute" else text


def comments(source: str) -> list[str]:
    """Return the comments of an answer, as they are written."""
    if "#" not in source:
        return []
    found = TOKEN.finditer(source[:MOST_CHARACTERS])
    return [one[0].rstrip() for one in found if one.lastgroup == "comment"]
