"""End all that a submission started where no namespace does: nothing gets away from a subreaper.

Whoever loses its parent becomes a child of the nearest subreaper above it. So the zygote has no
child left exactly when nothing of a submission runs any more, however it detached.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.sandbox.isolation.calls import syscalls

# Places in what /proc/PID/stat says after the name.
STATE, PARENT, THREADS = 0, 1, 17
# <linux/wait.h>: children of every kind, those that were cloned without a signal as well.
WALL = 0x40000000
PAUSE_SECONDS = 0.002


def become_subreaper() -> None:
    """Have all that is started below this process, and loses its parent, for a child."""
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)


def descendants() -> list[int]:
    """Return the processes below this one that have not ended."""
    families = dict(_families())
    found, parents = [], {os.getpid()}
    while parents:
        below = [pid for pid, (parent, _) in families.items() if parent in parents]
        found += below
        parents = set(below)
    return [pid for pid in found if not families[pid][1]]


def end_all() -> bool:
    """End all processes below this one; return whether any was still running.

    None is buried before all are dead: so a chain in which each starts the next and leaves uses up
    what processes its user may have, and comes to an end.
    """
    was_running = False
    while True:
        running = descendants()
        was_running = was_running or bool(running)
        for pid in running:
            with contextlib.suppress(OSError, ValueError):
                resource.prlimit(pid, resource.RLIMIT_NPROC, (0, 0))
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not running and nothing_left():
            return was_running
        time.sleep(PAUSE_SECONDS)


def nothing_left() -> bool:
    """Tell whether this process has no child left, living or dead."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG | WALL)[0]:
            pass
        return False
    return True


def _families() -> Iterator[tuple[int, tuple[int, bool]]]:
    """Yield each process with its parent, and whether it has ended."""
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError):
                text = Path("/proc", name, "stat").read_bytes().rpartition(b")")[2].split()
                # Where only its first thread has left, a process looks dead, and goes on.
                has_ended = text[STATE] in (b"Z", b"X") and int(text[THREADS]) <= 1
                yield int(name), (int(text[PARENT]), has_ended)
