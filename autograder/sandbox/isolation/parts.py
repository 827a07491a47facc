"""Which parts of the isolation are in force, found out in a child of the zygote."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from autograder.sandbox.isolation import landlock
from autograder.sandbox.isolation.enclosure import Enclosure
from autograder.sandbox.isolation.limits import Limits

if sys.platform != "win32":
    import resource

NAMESPACES = {
    "user": "user",
    "pid": "pid",
    "mnt": "mount",
    "net": "net",
    "ipc": "ipc",
    "uts": "uts",
}


def active_parts(enclosure: Enclosure) -> list[str]:
    """Fork a child of this zygote, and return the parts of the isolation in force in it."""
    reader, writer = os.pipe()
    outside = namespace_ids()
    pid = enclosure.fork()
    if pid == 0:
        _report(enclosure, writer, outside)
    os.close(writer)
    with os.fdopen(reader) as answer:
        parts = answer.read().split(",")
    enclosure.kill(pid)
    os.waitpid(pid, 0)
    enclosure.clear()
    return [part for part in parts if part]


def namespace_ids() -> dict[str, str]:
    """Return this process' namespaces, by the names of `NAMESPACES`; none but on Linux."""
    folder = Path("/proc/self/ns")
    if not folder.exists():
        return {}
    return {name: os.readlink(folder / kind) for kind, name in NAMESPACES.items()}


def measure(outside: Mapping[str, str]) -> list[str]:
    """Return the parts in force in this process, given the namespaces of another."""
    inside = namespace_ids()
    parts = [name for name in inside if inside[name] != outside[name]]
    if _landlock_in_force():
        parts.append(f"landlock {landlock.usable()}")
    if sys.platform == "linux" and "Seccomp:\t2" in Path("/proc/self/status").read_text():
        parts.append("seccomp")
    if _limited():
        parts.append("rlimits")
    return parts


def _report(enclosure: Enclosure, writer: int, outside: Mapping[str, str]) -> None:
    try:
        enclosure.enter(Limits())
        os.write(writer, ",".join([*measure(outside), *enclosure.extras()]).encode())
    finally:
        os._exit(0)


def _landlock_in_force() -> bool:
    """Tell whether a named pipe is refused in a folder where files are not."""
    pipe = Path(f"pipe-{os.getpid()}")
    try:
        os.mkfifo(pipe)
    except PermissionError:
        return os.access(".", os.W_OK)
    pipe.unlink()
    return False


def _limited() -> bool:
    """Tell whether processor time is limited."""
    if sys.platform == "win32":
        return False
    return resource.getrlimit(resource.RLIMIT_CPU)[1] != resource.RLIM_INFINITY
