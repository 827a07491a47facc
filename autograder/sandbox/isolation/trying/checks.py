"""What `autograder doctor` tries in a child: each check is an attempt at something forbidden.

A check returns what it was able to do, as a sentence, or nothing if it was refused.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path

from autograder.sandbox.isolation.parts import NAMESPACES
from autograder.sandbox.isolation.places import unexpected_variables
from autograder.sandbox.isolation.probing import Level
from autograder.sandbox.isolation.root import TEMPORARY
from autograder.sandbox.isolation.trying import attempts
from autograder.sandbox.isolation.trying.facts import Check, Facts, namespace

SECOND = 1.0
OF_A_PROCESS = ("status", "cmdline", "environ", "maps", "mem", "fd", "task")


def sight(kind: str) -> Check:
    """Return the check that none of some files can be seen."""

    def check(facts: Facts) -> str:
        is_seen = os.path.lexists if facts.hides_names else _can_be_read
        seen = [path for path in facts.files[kind] if is_seen(path)]
        return f"{seen[0]} can be {'seen' if facts.hides_names else 'read'}" if seen else ""

    return check


def _can_be_read(path: str) -> bool:
    try:
        return bool(os.listdir(path)) if os.path.isdir(path) else os.path.exists(_opened(path))
    except OSError:
        return False


def _opened(path: str) -> str:
    with open(path, "rb"):
        return path


def connect(facts: Facts) -> str:
    """Reach a listener on this machine."""
    for host, port in facts.addresses:
        with contextlib.suppress(OSError), socket.create_connection((host, port), SECOND):
            return f"a listener on {host} can be reached"
    return ""


def connect_socket(facts: Facts) -> str:
    """Reach a Unix socket, by a path or an abstract name."""
    for name in facts.sockets:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as attempt:
            attempt.connect(name)
            return f"the Unix socket {name!r} can be reached"
    return ""


def see_processes(facts: Facts) -> str:
    """Look at a process outside, or send it a signal (0: none arrives)."""
    with contextlib.suppress(OSError):
        os.kill(facts.process, 0)
        return "processes outside can be sent signals"
    is_seen = os.path.lexists if facts.hides_names else _can_be_read
    places = [f"/proc/{facts.process}", *(f"/proc/{facts.process}/{part}" for part in OF_A_PROCESS)]
    return "processes outside can be seen" if any(map(is_seen, places)) else ""


def read_environment(_facts: Facts) -> str:
    """Read variables of the instructor's environment."""
    names = unexpected_variables()
    return f"{names[0]} of the environment can be read" if names else ""


def open_files(_facts: Facts) -> str:
    """Use a file that was left open."""
    left = [name for name in os.listdir("/proc/self/fd") if int(name) > 2]
    # One of them is the folder being listed.
    return "" if len(left) <= 1 else f"{len(left) - 1} files of the zygote are open"


def write_outside(facts: Facts) -> str:
    """Write into a folder outside and, where that can do no harm, into the system's."""
    places = [facts.folder]
    if not namespace("mount")(facts):
        system = ["/", "/etc", "/usr", "/usr/lib", "/dev", sys.prefix, os.path.dirname(__file__)]
        # What leads to a folder shown below /tmp lies on the child's own /tmp.
        places += [place for place in system if not place.startswith(f"{TEMPORARY}/")]
    for place in places:
        attempt = Path(place, f"autograder-doctor-{os.getpid()}")
        with contextlib.suppress(OSError):
            attempt.touch()
            attempt.unlink()
            return f"files can be written in {place}"
    return ""


def mark_outside(facts: Facts) -> str:
    """Change the rights or the times of a file outside."""
    for path in facts.files["other files"]:
        for change in (lambda path: os.chmod(path, 0o640), lambda path: os.utime(path, (1, 1))):
            with contextlib.suppress(OSError):
                before = os.stat(path)
                change(path)
                after = os.stat(path)
                if (before.st_mode, before.st_mtime) != (after.st_mode, after.st_mtime):
                    return f"the rights or times of {path} can be changed"
    return ""


def hold_privileges(facts: Facts) -> str:
    """Hold a capability, or be able to get one."""
    status = _status()
    # What bounds capabilities is of no use to who can get none. An ordinary user cannot empty it.
    sets = ("CapPrm", "CapEff", "CapAmb", *(["CapBnd"] if facts.hides_names else []))
    held = [name for name in sets if int(status[name], 16)]
    if held:
        return f"capabilities are left ({', '.join(held)})"
    return "" if status["NoNewPrivs"] == "1" else "a program may bring new privileges"


def _status() -> dict[str, str]:
    lines = Path("/proc/self/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


FOLDER = "size of the folder"
OF_NAMESPACES = {FOLDER, *(f"{kind} namespace" for kind in NAMESPACES.values())}
CHECKS: dict[str, Check] = {
    **{f"{kind} namespace": namespace(kind) for kind in NAMESPACES.values()},
    "privileges": hold_privileges,
    "course folder": sight("course folder"),
    "home folder": sight("home folder"),
    "system's secrets": sight("system's secrets"),
    "other files": sight("other files"),
    "environment": read_environment,
    "open files": open_files,
    "writing": write_outside,
    "marking": mark_outside,
    "network": connect,
    "Unix sockets": connect_socket,
    "other processes": see_processes,
    "tracing": attempts.trace,
    "mounting": attempts.mount,
    "memory": attempts.map_memory,
    "number of processes": attempts.fork_past_limit,
    FOLDER: attempts.fill_folder,
}


def checks_of(level: Level) -> dict[str, Check]:
    """Return what is tried at a level: without namespaces a folder has no size of its own."""
    if level is not Level.LANDLOCK:
        return CHECKS
    return {name: check for name, check in CHECKS.items() if name not in OF_NAMESPACES}
