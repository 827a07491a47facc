"""Keep the memory of the grading process the same, however large the class."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# Of <malloc.h>.
M_ARENA_MAX = -8


@contextmanager
def kept_in_bounds() -> Iterator[None]:
    """Hold memory together while a class is graded; call it before the threads start.

    The garbage collector looks through the notebooks that come, not through all modules again. And
    the C library takes memory from one arena for all threads: Python lets one of them run at a
    time, so arenas of their own would save nothing, and each grows by what it cannot give back.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library has no such thing
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
