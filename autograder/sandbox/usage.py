"""What a child and all that it started use together, as the zygote sees it from beside them.

The system's own limits are for each process. Only for an isolated zygote: elsewhere /proc shows
everybody's processes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def others() -> list[str]:
    """Return the processes of a child, by their ids; the zygote is the only one beside them."""
    return [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]


def memory_limit(memory_bytes: int) -> int:
    """Return what a child may hold together if each process may map so much of its own.

    A process within its own limit is left alone: what the zygote has mapped and never touched, the
    limit gives it for free.
    """
    mapped, resident = _memory("self")
    return memory_bytes + mapped - resident


def memory_of_others() -> int:
    """Return the bytes that a child and all it started hold beyond what they share with us.

    Shared memory that nobody has touched of late is in no process' resident bytes, so what is
    mapped counts too, by half: programs map more than they use.
    """
    own = _memory("self")
    held = [_memory(pid) for pid in others()]
    mapped, resident = (sum(max(0, m[k] - own[k]) for m in held) for k in (0, 1))
    return max(resident, mapped // 2)


def busy_processors() -> int:
    """Return how many threads of a child and all it started run or wait for a processor now.

    Not the time they have used: it is lost with each process that ends unseen.
    """
    states = (_state(pid, thread) for pid in others() for thread in _threads(pid))
    return sum(state == "R" for state in states)


def _memory(pid: str) -> tuple[int, int]:
    """Return the bytes that a process has mapped, and those of them in memory."""
    try:
        mapped, resident = Path("/proc", pid, "statm").read_text().split()[:2]
    except OSError:  # it has just ended
        return 0, 0
    page = os.sysconf("SC_PAGESIZE")
    return int(mapped) * page, int(resident) * page


def _threads(pid: str) -> Iterator[str]:
    try:
        yield from os.listdir(f"/proc/{pid}/task")
    except OSError:  # it has just ended
        return


def _state(pid: str, thread: str) -> str:
    """Return the letter for what a thread does; the name before it may hold anything."""
    try:
        text = Path("/proc", pid, "task", thread, "stat").read_bytes().decode("ascii", "replace")
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[0]
