"""What the names in a zip are, whatever system wrote them."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress

UTF_8 = 0x800
# A field beside a name: four bytes with its kind and size; of this kind it is the name in UTF-8.
UNICODE_NAME, HEAD = 0x7075, 4
# Of the whole path: no system has longer ones.
LONGEST = 4096


def names_of(infos: Iterable[zipfile.ZipInfo]) -> list[str]:
    """Return the names of a zip's files as people know them.

    Letters that macOS takes apart are put together again, so that a name is the same wherever it
    comes from. Some Windows programs write backslashes: they divide folders where no slash does.
    The name of a folder ends with a slash.
    """
    names = [_composed(_decoded(info)) for info in infos]
    if any("\\" in name for name in names) and not any("/" in name[:-1] for name in names):
        names = [name.replace("\\", "/") for name in names]
    return names


def _composed(name: str) -> str:
    """Put letters together; in a name that nobody has, thousands of accents would take seconds."""
    return unicodedata.normalize("NFC", name) if len(name) <= LONGEST else name


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return a name in UTF-8 where it is that but the zip does not say so, as macOS writes it."""
    name = info.orig_filename
    if info.flag_bits & UTF_8:
        return name
    with suppress(UnicodeError, struct.error):
        raw = name.encode("cp437")
        return _beside(raw, info.extra) or raw.decode("utf-8")
    return name


def _beside(raw: bytes, extra: bytes) -> str:
    """Return the name that Info-ZIP writes beside one that a zip cannot hold; nothing for another.

    It holds the checksum of the name that it is for: who renamed the file left it as it was.
    """
    while len(extra) > HEAD:
        kind, size = struct.unpack_from("<HH", extra)
        part, extra = extra[HEAD : HEAD + size], extra[HEAD + size :]
        if kind == UNICODE_NAME and struct.unpack_from("<BL", part) == (1, zlib.crc32(raw)):
            return part[5:].decode("utf-8")
    return ""
