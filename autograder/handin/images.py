"""How large a picture of a student's is: a file of few bytes can take all memory when shown."""

from __future__ import annotations

import base64
import binascii
import struct

# A figure of a workbook has about a million.
MOST_PIXELS = 25_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
# The size stands behind some ten segments of a JPEG.
_MOST_SEGMENTS = 1000
# Start-of-frame markers of JPEG hold the size; C4, C8 and CC are other things.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def is_showable(form: str, encoded: str) -> bool:
    """Tell whether base64 text is the picture it says, of a size that any browser can show."""
    try:
        data = base64.b64decode(encoded)
        width, height = _png_size(data) if form == "image/png" else _jpeg_size(data)
    except (binascii.Error, ValueError, struct.error):
        return False
    return 0 < width * height <= MOST_PIXELS


def _png_size(data: bytes) -> tuple[int, int]:
    if not data.startswith(_PNG) or data[12:16] != b"IHDR":
        raise ValueError("no PNG")
    return struct.unpack_from(">II", data, 16)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    place = 2
    for _ in range(_MOST_SEGMENTS):
        lead, marker, length = struct.unpack_from(">BBH", data, place)
        if lead != 0xFF or length < 2:
            raise ValueError("no JPEG segment")
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, place + 5)
            return width, height
        place += 2 + length
    raise ValueError("a JPEG without a picture")
