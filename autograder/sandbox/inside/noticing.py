"""Notice what a student's code tries that a workbook has no need of.

Python's audit events tell the child's own process, where a student's code could silence them or
tell lies. So what is noticed is a hint for the instructor, and points never depend on it.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

from autograder.sandbox.isolation.places import WORK

NETWORK = "tried to open the network"
PROCESSES = "started other processes"
SIGNALS = "sent signals to processes"
LOOKED = "looked into processes through /proc"
OUTSIDE = "looked for files outside its folder"
MEMORY = "reached into memory with ctypes"
SEARCH = "searched the memory of Python for objects"

EVENTS = {
    "socket.connect": NETWORK,
    "socket.bind": NETWORK,
    "socket.sendto": NETWORK,
    "socket.getaddrinfo": NETWORK,
    "socket.gethostbyname": NETWORK,
    "os.fork": PROCESSES,
    "os.forkpty": PROCESSES,
    "os.exec": PROCESSES,
    "os.posix_spawn": PROCESSES,
    "os.spawn": PROCESSES,
    "os.system": PROCESSES,
    "subprocess.Popen": PROCESSES,
    "os.kill": SIGNALS,
    "os.killpg": SIGNALS,
    "signal.pthread_kill": SIGNALS,
    "ctypes.dlopen": MEMORY,
    "ctypes.dlsym": MEMORY,
    "ctypes.string_at": MEMORY,
    "ctypes.cdata": MEMORY,
    "gc.get_objects": SEARCH,
    "gc.get_referrers": SEARCH,
    "gc.get_referents": SEARCH,
}
NEW_SOCKET = "socket.__new__"
# Their first argument is a path.
LOOKS = frozenset({"open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename"})
REASONS = frozenset({*EVENTS.values(), LOOKED, OUTSIDE})

_PROCESS = re.compile(r"/proc(/*|/+(self|thread-self|\d+)(/.*)?)")
# Where Python and the libraries that a workbook uses look by themselves.
_USUAL = ("/usr/", "/lib", "/bin/", "/etc/", "/dev/", "/tmp", "/nix/", "/proc/", "/sys/fs/cgroup")


def watch() -> dict[str, None]:
    """Notice from now on, for good; return what has been noticed, which fills by itself."""
    noticed: dict[str, None] = {}
    # A traceback has the lines of our own files read.
    ours = str(Path(__file__).parents[1])
    usual = (*_USUAL, WORK, os.getcwd(), sys.prefix, sys.base_prefix, ours)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        reason = EVENTS.get(event)
        if event in LOOKS and type(arguments[0]) is str:
            reason = _look(arguments[0], usual)
        if event == NEW_SOCKET and not _is_half_of_a_pair():
            reason = NETWORK
        if reason is not None:
            noticed[reason] = None

    sys.addaudithook(hook)
    return noticed


def _is_half_of_a_pair() -> bool:
    """Tell whether the socket being made takes over a descriptor, as those of a pair do."""
    maker = sys._getframe(2)
    return maker.f_locals.get("fileno") is not None


def _look(path: str, usual: tuple[str, ...]) -> str | None:
    if not path.startswith(("/", "..")):
        return None
    if _PROCESS.fullmatch(path):
        return LOOKED
    return None if path.startswith(usual) else OUTSIDE
