"""A process of our own that does a part of a command's work beside it, on another processor."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import IO

BEGIN = "import sys; sys.path.insert(0, sys.argv.pop(1))"


def begin_beside(
    program: str, *arguments: str, stdin: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """Begin a process that runs the text of a program, in which our package can be imported.

    What it writes to standard output is to be read; without `stdin` it has nothing to read.
    """
    # With -P nothing in the folder that a command is started in stands for a module.
    packages = str(Path(__file__).resolve().parents[1])
    return subprocess.Popen(
        [sys.executable, "-P", "-c", f"{BEGIN}\n{program}", packages, *arguments],
        stdin=stdin or subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
