"""What the names in a zip are, whatever system wrote them."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterable

UTF_8 = 0x800
# Of the whole path: no system has longer ones.
LONGEST = 4096


def names_of(infos: Iterable[zipfile.ZipInfo]) -> list[str]:
    """Return the names of a zip's files as people know them.

    Letters that macOS takes apart are put together again, so that a name is the same wherever it
    comes from. Some Windows programs write backslashes: they divide folders where no slash does.
    """
    names = [_composed(_decoded(info)) for info in infos]
    if any("\\" in name for name in names) and not any("/" in name for name in names):
        names = [name.replace("\\", "/") for name in names]
    return names


def _composed(name: str) -> str:
    """Put letters together; in a name that nobody has, thousands of accents would take seconds."""
    return unicodedata.normalize("NFC", name) if len(name) <= LONGEST else name


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return a name in UTF-8 where it is that but the zip does not say so, as macOS writes it."""
    name = info.orig_filename
    if info.flag_bits & UTF_8 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name
