"""The checks of `autograder doctor` that put a load on the machine, or would without isolation.

Each proves first that it is shut in, and raises NotArmed if it is not; all are bounded.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import signal
import sys
import time
from pathlib import Path

from autograder.sandbox.isolation.calls import syscalls
from autograder.sandbox.isolation.trying.facts import Facts, NotArmed, namespace

if sys.platform != "win32":
    import resource

# More than any limit allows, and little enough to do no harm if all locks fail at once.
FORKS = 200
HELPERS = 8
NAP_SECONDS = 5
ALIVE = b"alive"
PTRACE_SEIZE = 0x4206


def trace(_facts: Facts) -> str:
    """Trace another process: a child of one's own, which lives for seconds."""
    pid = _napping()
    try:
        syscalls.call("ptrace", PTRACE_SEIZE, pid, 0, 0)
    except syscalls.IsolationError:
        return ""
    finally:
        _end(pid)
    return "processes can be traced"


def mount(facts: Facts) -> str:
    """Mount a folder, and enter namespaces where one could."""
    if facts.hides_names and namespace("mount")(facts):
        raise NotArmed("the mount namespace is not a private one")
    with contextlib.suppress(OSError):
        syscalls.mount("tmpfs", os.getcwd(), "tmpfs", 0, "size=4096")
        return "folders can be mounted"
    with contextlib.suppress(OSError):
        syscalls.unshare(syscalls.CLONE_NEWUSER)
        return "new user namespaces can be had"
    return ""


def map_memory(facts: Facts) -> str:
    """Map twice the memory there may be, without touching it."""
    with contextlib.suppress(OSError, ValueError), mmap.mmap(-1, 2 * facts.limits.memory_bytes):
        return "memory is not limited"
    return ""


def fork_past_limit(facts: Facts) -> str:
    """Start more processes than allowed."""
    _prove_shut_in(facts)
    nappers: list[int] = []
    try:
        with contextlib.suppress(BlockingIOError):
            while len(nappers) < FORKS:
                nappers.append(_napping())
    finally:
        for pid in nappers:
            _end(pid)
    if len(nappers) >= FORKS:
        return f"{FORKS} processes can be started"
    # The limit must be the child's own: what else the user runs may not use it up.
    return "" if len(nappers) >= HELPERS else f"only {len(nappers)} processes can be started"


def fill_folder(facts: Facts) -> str:
    """Write more into the working folder than it may hold, in files of allowed size."""
    room = os.statvfs(".")
    if namespace("mount")(facts) or room.f_blocks * room.f_frsize > facts.limits.folder_bytes:
        raise NotArmed("the working folder is not a private one of bounded size")
    piece = bytes(facts.limits.file_bytes // 2)
    most = 2 * facts.limits.folder_bytes // len(piece)
    written = [Path(f"fill-{number}") for number in range(most)]
    try:
        for path in written:
            path.write_bytes(piece)
    except OSError:
        return ""
    finally:
        for path in written:
            path.unlink(missing_ok=True)
    return "the working folder can be filled without bound"


def write_on(folder_bytes: int) -> None:
    """Write twice as much as a folder may hold, and half of it into a file without a name."""
    for number in range(2):
        with open(f"fill-{number}", "wb") as file:
            file.write(bytes(folder_bytes // 4))
    with contextlib.ExitStack() as held:
        for number in range(6):
            file = held.enter_context(open(f"gone-{number}", "wb", buffering=0))
            os.unlink(file.name)
            file.write(bytes(folder_bytes // 4))
        time.sleep(NAP_SECONDS)


def outlive(writer: int) -> None:
    """Leave a process behind, in a session of its own, that holds `writer` open for seconds.

    It writes to it first: a process that never lived proves nothing.
    """
    started, tell = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(writer, ALIVE)
            os.write(tell, ALIVE)
            time.sleep(NAP_SECONDS)
        os._exit(0)
    os.wait()
    os.close(tell)
    os.read(started, len(ALIVE))


def _prove_shut_in(facts: Facts) -> None:
    limit = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    if not facts.hides_names:  # all of the user's processes count
        if limit == resource.RLIM_INFINITY:
            raise NotArmed("the number of processes is not limited")
        return
    if namespace("pid")(facts) or os.getpid() != 1:
        raise NotArmed("the process ids are not private ones")
    if not 0 < limit <= facts.limits.processes:
        raise NotArmed("the number of processes is not limited")


def _napping() -> int:
    pid = os.fork()
    if pid == 0:
        time.sleep(NAP_SECONDS)
        os._exit(0)
    return pid


def _end(pid: int) -> None:
    with contextlib.suppress(PermissionError):  # then it ends by itself
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
