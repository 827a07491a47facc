"""Run the grading process as what it is: a job of many like parts that nobody waits for singly."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# Of <malloc.h>.
M_ARENA_MAX = -8
# So many new objects are looked through at once, as many as some ten notebooks have. What stays
# beyond that is little, and looked through often: there is garbage in it that would add up.
SELDOM = (30_000, 3, 3)


@contextmanager
def as_batch_job() -> Iterator[None]:
    """Spare work and memory while a class is graded; call it before anything is started."""
    use_one_arena()
    with _collecting_seldom(), switching_seldom():
        yield


def use_one_arena() -> None:
    """Have the C library take memory from one arena for all threads.

    Python lets one of them run at a time, so arenas of their own would save nothing, and each grows
    by what it cannot give back.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library has no such thing
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Have the garbage collector leave the modules alone, and notebooks that are soon gone."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def switching_seldom() -> Iterator[None]:
    """Have the system let a sandbox go on when its first answer wakes this process, or another.

    What this thread starts meanwhile runs so too, the sandboxes among it.
    """
    if sys.platform != "linux" or os.sched_getscheduler(0) != os.SCHED_OTHER:
        yield
        return
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
