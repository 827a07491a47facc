"""What this machine gives, found out by trying it in a process of its own."""

from __future__ import annotations

import errno
import re
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

from autograder.sandbox.isolation import surroundings
from autograder.sandbox.isolation.places import interpreter_paths

PACKAGE_FOLDER = Path(__file__).parents[3]
TRIAL_SECONDS = 30
TRIAL = """
import sys
sys.path.insert(0, sys.argv[1])
from autograder.sandbox.isolation import Level
from autograder.sandbox.isolation.trying.trial import run
run(Level(sys.argv[2]), sys.argv[3:])
"""
SETTINGS = {
    "/proc/sys/user/max_user_namespaces": (
        "0",
        "user namespaces are switched off here",
        "sysctl user.max_user_namespaces=15000",
    ),
    "/proc/sys/kernel/unprivileged_userns_clone": (
        "0",
        "only root may have user namespaces here",
        "sysctl kernel.unprivileged_userns_clone=1",
    ),
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": (
        "1",
        "AppArmor leaves user namespaces without any rights here, as on Ubuntu since 23.10",
        "have an administrator give this Python an AppArmor profile with `userns`",
    ),
}
# What the kernel says when something is closed, and what that means.
MEANINGS = {
    errno.ENOSPC: "user namespaces are switched off here",
    errno.EPERM: "this place does not let a program have namespaces, as containers do not",
    errno.EACCES: "this place does not let a program have namespaces",
    errno.ENOSYS: "this kernel, or what it runs in, has no namespaces",
}
NOTHING_TO_OPEN = (
    "nothing has to be opened: the level `landlock` needs no namespaces; for more, grade on a "
    "machine of your own or in a virtual one"
)
LANDLOCK_REMEDY = "a kernel of 5.13 or later with landlock in its list of security modules"
_NUMBER = re.compile(r"\[Errno (\d+)\]")


class Level(StrEnum):
    """How far a student's process is kept apart."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    PROCESS = "process"


# From the strongest on.
PROTECTING = (Level.NAMESPACES, Level.LANDLOCK)


def missing(level: Level = Level.NAMESPACES) -> list[str]:
    """Return what stands in the way of a level, each with what opens it."""
    if sys.platform != "linux":
        return [f"{sys.platform} has no namespaces: use Linux, or a virtual machine with it"]
    refusal = _try(level)
    if not refusal:
        return []
    if level is Level.LANDLOCK:
        return [refusal, *([LANDLOCK_REMEDY] if "no Landlock" in refusal else [])]
    if place := surroundings.container():
        return [f"{_in_words(refusal, [])}, in {place}", NOTHING_TO_OPEN]
    closed = _closed_settings()
    return [_in_words(refusal, closed), *([remedy for _, remedy in closed] or [NOTHING_TO_OPEN])]


def _try(level: Level) -> str:
    """Isolate a process and a child of it; return what the system said against it."""
    command = [sys.executable, "-I", "-c", TRIAL, str(PACKAGE_FOLDER), level]
    paths = [str(path) for path in interpreter_paths()]
    try:
        outcome = subprocess.run(
            command + paths,
            env={},
            capture_output=True,
            text=True,
            timeout=TRIAL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"isolating a process takes more than {TRIAL_SECONDS} s"
    last = outcome.stderr.strip().splitlines()[-1:]
    return "" if outcome.returncode == 0 else "".join(last) or f"exit code {outcome.returncode}"


def _in_words(refusal: str, closed: list[tuple[str, str]]) -> str:
    """Return what a refusal means, with what the system said."""
    if closed:
        return f"{closed[0][0]} ({refusal})"
    found = _NUMBER.search(refusal)
    meaning = MEANINGS.get(int(found[1])) if found else None
    return f"{meaning} ({refusal})" if meaning else refusal


def _closed_settings() -> list[tuple[str, str]]:
    """Return the settings that close namespaces here: what that means, and what opens them."""
    found = []
    for path, (closed, meaning, remedy) in SETTINGS.items():
        setting = Path(path)
        if setting.exists() and setting.read_text().strip() == closed:
            found.append((meaning, f"{path} is {closed}: {remedy}"))
    return found
