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
from pathlib import Path

from autograder.sandbox.isolation import syscalls

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
        below = [pid for pid, (_, parent) in families.items() if parent in parents]
        found += below
        parents = set(below)
    return [pid for pid in found if families[pid][0] not in "ZX"]


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


def _families() -> list[tuple[int, tuple[str, int]]]:
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError):
                text = Path("/proc", name, "stat").read_bytes().rpartition(b")")[2].split()
                found.append((int(name), (text[0].decode("ascii"), int(text[1]))))
    return found
