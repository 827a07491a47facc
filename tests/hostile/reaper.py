"""Run a command, and tell what it left running: ``python reaper.py REPORT COMMAND...``.

Whatever loses its parent becomes a child of this process, so nothing started by the command can
hide. What is found is ended.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
# The kernel takes namespaces down in the background.
PATIENCE_SECONDS = 3.0


def main() -> None:
    """Run the command, write what it left as JSON, and exit as it did."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    code = subprocess.run(sys.argv[2:], check=False).returncode
    end = time.monotonic() + PATIENCE_SECONDS
    while (left := descendants(os.getpid())) and time.monotonic() < end:
        time.sleep(0.1)
    Path(sys.argv[1]).write_text(json.dumps([describe(pid) for pid in left]))
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    raise SystemExit(code)


def descendants(pid: int) -> list[int]:
    """Return the processes that live below another; those that only wait to be buried are not."""
    parents = dict(filter(None, map(_parent, Path("/proc").glob("[0-9]*/stat"))))
    found, family = [], {pid}
    for child in sorted(parents):
        ancestor = child
        while ancestor in parents and ancestor not in family:
            ancestor = parents[ancestor]
        if ancestor in family and child != pid:
            found.append(child)
    return found


def describe(pid: int) -> str:
    """Return a process' command line."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ").strip()
    except OSError:
        return ""


def _parent(path: Path) -> tuple[int, int] | None:
    try:
        state, parent = path.read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else (int(path.parent.name), int(parent))


if __name__ == "__main__":
    main()
