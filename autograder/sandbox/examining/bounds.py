"""What the two ends of an examination agree on: sizes, and what asks for a cell."""

from __future__ import annotations

from autograder.sandbox.wire import Bounds

EXAM = Bounds(
    header_bytes=4 << 20, buffer_bytes=64 << 20, depth=100, arrays=1 << 14, values=1 << 18
)

# The other end ends what the student's process does in time; this is for the cell's own loops.
GRACE_SECONDS = 3.0
CELL_PARTS = (
    *("number", "source", "budget", "given", "forget", "hide", "shared", "allowed", "texts"),
    "shadowing",
)
