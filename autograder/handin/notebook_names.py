"""How students' systems rename a notebook, and what it was called before."""

from __future__ import annotations

import re

# Browsers and mail programs append one of these to what they do not know.
_ENDING = re.compile(r"\.ipynb(?:\.(?:txt|json))?$", re.IGNORECASE)
# `x (1)`, `x(1)`, `x-Copy1`, `x-1` of Canvas, `x - Copy (2)`, `Copy of x` of Google Drive.
_AFTER = re.compile(
    r"(?:\s*\(\d+\)|-copy\d*|\s*-\s*copy|[-_ ]\d{1,3}|\s+copy(?: \d+)?)$", re.IGNORECASE
)
_BEFORE = re.compile(r"^copy (?:\(\d+\) )?of ", re.IGNORECASE)


def is_notebook(name: str) -> bool:
    """Tell whether a file is called as a notebook is, or as a system renames one."""
    return bool(_ENDING.search(name))


def released_name(name: str) -> str:
    """Return what a notebook may have been called in the release, in lower case.

    Examples
    --------
    >>> released_name("Sorting (1).ipynb"), released_name("sorting-Copy1.ipynb.txt")
    ('sorting', 'sorting')
    """
    stem = _BEFORE.sub("", _ENDING.sub("", name.rpartition("/")[2]))
    while (shorter := _AFTER.sub("", stem)) != stem and shorter:
        stem = shorter
    return stem.strip().casefold()
