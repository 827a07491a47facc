"""What this machine gives, found out by trying it in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from enum import StrEnum
from pathlib import Path

from autograder.sandbox.isolation.places import interpreter_paths

PACKAGE_FOLDER = Path(__file__).parents[3]
TRIAL_SECONDS = 30
TRIAL = """
import sys
sys.path.insert(0, sys.argv[1])
from autograder.sandbox.isolation import Level
from autograder.sandbox.isolation.trial import run
run(Level(sys.argv[2]), sys.argv[3:])
"""
SETTINGS = {
    "/proc/sys/user/max_user_namespaces": ("0", "sysctl user.max_user_namespaces=15000"),
    "/proc/sys/kernel/unprivileged_userns_clone": (
        "0",
        "sysctl kernel.unprivileged_userns_clone=1",
    ),
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": (
        "1",
        "sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile with "
        "`userns` for this Python",
    ),
}
CONTAINER = (
    "in a container: start it with a seccomp profile that allows unshare and mount, and with an "
    "unmasked /proc (docker: --security-opt seccomp=unconfined --security-opt apparmor=unconfined "
    "--security-opt systempaths=unconfined)"
)


class Level(StrEnum):
    """How far a student's process is kept apart."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    PROCESS = "process"


def missing(level: Level = Level.NAMESPACES) -> list[str]:
    """Return what stands in the way of a level, each with what opens it."""
    if sys.platform != "linux":
        return [f"{sys.platform} has no namespaces: use Linux, or a virtual machine with it"]
    refusal = _try(level)
    if not refusal:
        return []
    return [refusal, *(_closed_settings() or [CONTAINER])]


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


def _closed_settings() -> list[str]:
    found = []
    for path, (closed, remedy) in SETTINGS.items():
        setting = Path(path)
        if setting.exists() and setting.read_text().strip() == closed:
            found.append(f"{path} is {closed}: {remedy}")
    return found
