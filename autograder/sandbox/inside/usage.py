"""What a child and all that it started use together, as the zygote sees it from beside them.

The system's own limits are for each process.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path


def memory_limit(memory_bytes: int) -> int:
    """Return what a child may hold together if each process may map so much of its own.

    A process within its own limit is left alone: what the zygote has mapped and never touched, the
    limit gives it for free.
    """
    mapped, resident = _memory("self")
    return memory_bytes + mapped - resident


def memory_of(others: Sequence[int]) -> int:
    """Return the bytes that a child and all it started hold beyond what they share with us.

    Shared memory that nobody has touched of late is in no process' resident bytes, so what is
    mapped counts too, by half: programs map more than they use.
    """
    own = _memory("self")
    held = [_memory(str(pid)) for pid in others]
    mapped, resident = (sum(max(0, m[k] - own[k]) for m in held) for k in (0, 1))
    return max(resident, mapped // 2)


class ProcessorWatch:
    """Tells how many processors a child and all it started keep busy.

    It counts threads that run or wait for a processor, because the time of processes that end
    unseen is lost, and waiting ones crowd out others too. But threads that take turns, as Python's
    do, may all wait on a busy machine: a process is taken for no more than one processor unless it
    used more.
    """

    def __init__(self) -> None:
        self._moment = time.monotonic()
        self._used: dict[str, float] = {}

    def busy(self, others: Sequence[int]) -> float:
        """Return how many are kept busy now; what was used is counted from the last call on."""
        before, used = self._used, {str(pid): _seconds(str(pid)) for pid in others}
        moment = time.monotonic()
        passed = max(moment - self._moment, 1e-3)
        self._moment, self._used = moment, used
        count = 0.0
        for pid, seconds in used.items():
            running = sum(_state(pid, thread) == "R" for thread in _threads(pid))
            most = max(1.0, (seconds - before[pid]) / passed) if pid in before else running
            count += min(running, most)
        return count


def _memory(pid: str) -> tuple[int, int]:
    """Return the bytes that a process has mapped, and those of them in memory."""
    held = _pages(pid)
    if not held[0]:  # it has ended, or just its first thread has left
        held = max((_pages(pid, "task", thread) for thread in _threads(pid)), default=held)
    page = os.sysconf("SC_PAGESIZE")
    return held[0] * page, held[1] * page


def _pages(*of: str) -> tuple[int, int]:
    try:
        mapped, resident = Path("/proc", *of, "statm").read_text().split()[:2]
    except OSError:  # it has just ended
        return 0, 0
    return int(mapped), int(resident)


def _threads(pid: str) -> Iterator[str]:
    try:
        yield from os.listdir(f"/proc/{pid}/task")
    except OSError:  # it has just ended
        return


def _state(pid: str, thread: str) -> str:
    """Return the letter for what a thread does, or nothing if it has just ended."""
    return next(iter(_fields(pid, "task", thread)), "")


def _seconds(pid: str) -> float:
    """Return the processor time that a process has used."""
    fields = _fields(pid)
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def _fields(*of: str) -> list[str]:
    """Return what the system tells from the state on; the name before it may hold anything."""
    try:
        text = Path("/proc", *of, "stat").read_bytes().decode("ascii", "replace")
    except OSError:  # it has just ended
        return []
    return text.rpartition(")")[2].split()
