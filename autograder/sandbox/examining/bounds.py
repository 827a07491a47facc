"""How large a message of an examination may be."""

from __future__ import annotations

from autograder.sandbox.wire import Bounds

EXAM = Bounds(
    header_bytes=4 << 20, buffer_bytes=64 << 20, depth=100, arrays=1 << 14, values=1 << 18
)
