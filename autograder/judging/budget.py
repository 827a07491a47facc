"""What judging one answer may take: running out of it is the answer's failure.

A law is an instructor's own code and may never have met such an answer. So it is stopped once it
has worked for too long, and does not see an answer that is far larger than what was asked for.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

import numpy as np

# Of the judging thread's own processor time: the busiest machine takes none of it.
SECONDS = 5.0
# An honest answer is at most about as large as the arguments and the right answer are together.
TIMES_LARGER, SMALL = 8, 1 << 19
# The clock is read once in so many lines.
LINES = 64


class OutOfBudgetError(BaseException):
    """Judging an answer takes too much; no ``except Exception`` of a law's catches it."""


@contextmanager
def limited(seconds: float = SECONDS) -> Iterator[None]:
    """Raise OutOfBudgetError in the block once this thread has used so much processor time."""
    end = time.thread_time() + seconds
    lines = 0

    def look(_frame: FrameType, _event: str, _argument: Any) -> Any:
        nonlocal lines
        lines += 1
        if lines % LINES == 0 and time.thread_time() > end:
            raise OutOfBudgetError(f"it takes more than {seconds:g} s")
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)


def require_size(answer: Any, *honest: Any) -> None:
    """Raise OutOfBudgetError if an answer is many times as large as all that is honest."""
    if size_of(answer) > TIMES_LARGER * size_of(honest) + SMALL:
        raise OutOfBudgetError("it is far larger than what was asked for")


def size_of(value: Any) -> int:
    """Return how many numbers and containers are in plain data."""
    if isinstance(value, np.ndarray):
        return 1 + value.size
    if isinstance(value, Mapping):
        return 1 + sum(map(size_of, value.values()))
    if isinstance(value, tuple | list):
        return 1 + sum(map(size_of, value))
    return 1
