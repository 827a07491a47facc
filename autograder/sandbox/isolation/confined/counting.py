"""How many processes a user may have: the system counts all of them, wherever they run.

In a pod or a container that is more than `/proc` shows, so it is asked for with the limit itself: a
thread can be started if there is room for one more.
"""

from __future__ import annotations

import resource

from autograder.sandbox.isolation.calls import syscalls

FIRST = 64
# Nobody is told apart by a few more.
PRECISION = 4
KIND = resource.RLIMIT_NPROC


def tasks_of_user() -> int:
    """Return how many processes and threads this process' user has, at most `PRECISION` too many.

    Raises
    ------
    IsolationError
        If no limit binds this user, as it is with root.
    """
    soft, hard = resource.getrlimit(KIND)
    try:
        if _has_room(1, hard):
            raise syscalls.IsolationError("the number of processes cannot be limited for this user")
        low, high = 1, FIRST
        while not _is_beyond(high, hard) and not _has_room(high, hard):
            low, high = high, 2 * high
        while high - low > PRECISION:
            middle = (low + high) // 2
            low, high = (low, middle) if _has_room(middle, hard) else (middle, high)
        return high - 1
    finally:
        resource.setrlimit(KIND, (soft, hard))


def _has_room(limit: int, hard: int) -> bool:
    """Tell whether another thread may be started within a limit."""
    resource.setrlimit(KIND, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    return syscalls.start_thread() == 0


def _is_beyond(limit: int, hard: int) -> bool:
    return limit > (1 << 22 if hard == resource.RLIM_INFINITY else hard)
