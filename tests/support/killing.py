"""End a command at an event of its own choosing, so that a test does not race with the clock."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.conftest import with_tools

# The run counts what it changes: files that it opens to write, renames, removes or makes, and the
# gradebook. At the one that is named it kills itself, as no handler can prevent.
_DRIVER = """
import os, signal, sys

last, events = int(sys.argv.pop(1)), 0
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "sqlite3.connect"}

def hook(event, arguments):
    global events
    if event in CHANGES or event == "open" and (arguments[2] or 0) & WRITES:
        events += 1
        if events == last:
            os.kill(os.getpid(), signal.SIGKILL)

from autograder.cli import main
sys.addaudithook(hook)
try:
    main()
finally:
    print(events, file=sys.stderr)
"""


def grade_until(
    event: int, name: str, folder: Path, *options: str
) -> subprocess.CompletedProcess[str]:
    """Grade an assignment until so many changes were begun; 0 lets it end."""
    return subprocess.run(
        [sys.executable, "-B", "-c", _DRIVER, str(event), "grade", name, *options],
        cwd=folder,
        env=with_tools(),
        capture_output=True,
        text=True,
        check=False,
    )


def count_changes(name: str, folder: Path) -> int:
    """Grade an assignment and return how many changes that begins."""
    outcome = grade_until(0, name, folder)
    assert outcome.returncode == 0, outcome.stderr
    return int(outcome.stderr.split()[-1])


def grade_and_kill(event: int, name: str, folder: Path, *options: str) -> None:
    """Grade an assignment, and see the run killed when it begins that change."""
    outcome = grade_until(event, name, folder, *options)
    assert outcome.returncode == -signal.SIGKILL, outcome.stderr
