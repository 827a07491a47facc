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

GRAM, WINDOW = 9, 4
TOKEN = re.compile(
    r"(?P<space>[ \t\r\f]+)|(?P<end>\n)|(?P<comment>#[^\n]*)"
    r"|(?P<text>[rbfuRBFU]{0,2}(?:'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\""
    r"|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"))"
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
    hashes = _hashes([text for text, _ in known])
    found: dict[int, tuple[int, int]] = {}
    for start in range(max(1, len(hashes) - WINDOW + 1) if hashes else 0):
        window = hashes[start : start + WINDOW]
        smallest = min(window)
        # The last of those that are equal, as in the paper.
        place = start + len(window) - 1 - window[::-1].index(smallest)
        found[smallest] = known[place][1], known[place + GRAM - 1][1]
    return found


def all_hashes(source: str) -> set[int]:
    """Return the hashes of all runs of tokens, for what is to be taken away wherever it stands."""
    return set(_hashes([text for text, _ in tokens(source)]))


def _hashes(texts: list[str]) -> list[int]:
    return [
        crc32("\0".join(texts[start : start + GRAM]).encode("utf-8", "surrogatepass"))
        for start in range(len(texts) - GRAM + 1)
    ]


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
        line += text.count("\n")


def _said(kind: str, text: str) -> str:
    if kind == "name" and not keyword.iskeyword(text):
        return "name"
    return re.sub(r"\s+", "", text) if kind == "attribute" else text


def comments(source: str) -> list[str]:
    """Return the comments of an answer, as they are written."""
    found = TOKEN.finditer(source[:MOST_CHARACTERS])
    return [one[0].rstrip() for one in found if one.lastgroup == "comment"]
