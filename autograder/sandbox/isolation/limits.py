"""What a child may use, as limits that the system itself keeps."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource


@dataclass(frozen=True)
class Limits:
    """What one child may use.

    Parameters
    ----------
    cpu_seconds : int
        Processor time of each process; then the system kills it.
    taken_seconds : float
        Processor time of all processes together beyond that of one processor.
    memory_bytes : int
        Address space of each process above what the zygote has mapped.
    processes : int
        Processes and threads together, alive at one time.
    open_files : int
        Files that one process may have open.
    file_bytes : int
        Size of one file.
    folder_bytes : int
        Content of the working folder, and again of /tmp.
    """

    cpu_seconds: int = 120
    taken_seconds: float = 2.0
    memory_bytes: int = 2 << 30
    processes: int = 64
    open_files: int = 256
    file_bytes: int = 64 << 20
    folder_bytes: int = 64 << 20


def apply_limits(limits: Limits, others: int = 0) -> None:
    """Set the limits of this process and all that it starts, for good.

    Parameters
    ----------
    others : int
        Processes and threads of the same user that are there already and count as well.
    """
    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": limits.cpu_seconds,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_FSIZE": limits.file_bytes,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_MEMLOCK": 0,
    }
    if sys.platform == "linux":
        # Elsewhere the address space cannot be limited, and processes are counted for the user.
        wanted["RLIMIT_AS"] = mapped_bytes() + limits.memory_bytes
        wanted["RLIMIT_NPROC"] = others + limits.processes
    for name, value in wanted.items():
        _limit(name, value)


def mapped_bytes() -> int:
    """Return the size of this process' address space."""
    # A plain read: the layers of a text file would cost each child 0.3 ms.
    handle = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    try:
        return int(os.read(handle, 100).split()[0]) * resource.getpagesize()
    finally:
        os.close(handle)


def _limit(name: str, value: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))
