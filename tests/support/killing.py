"""End a command at an event of its own choosing, so that a test does not race with the clock."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

from tests.conftest import with_tools
from tests.support.warm import run_warm


def grade_until(
    event: int, name: str, folder: Path, *options: str
) -> subprocess.CompletedProcess[str]:
    """Grade an assignment until so many changes were begun; 0 lets it end."""
    command = ("killed-autograder", str(event), "grade", name, *options)
    return run_warm(command, folder, with_tools(), 600, text=True)


def count_changes(name: str, folder: Path) -> int:
    """Grade an assignment and return how many changes that begins."""
    outcome = grade_until(0, name, folder)
    assert outcome.returncode == 0, outcome.stderr
    return int(outcome.stderr.split()[-1])


def grade_and_kill(event: int, name: str, folder: Path, *options: str) -> None:
    """Grade an assignment, and see the run killed when it begins that change."""
    outcome = grade_until(event, name, folder, *options)
    assert outcome.returncode == -signal.SIGKILL, outcome.stderr
