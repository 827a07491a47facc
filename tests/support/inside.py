"""Run a command inside of the test's own process, where starting one would take the most time."""

from __future__ import annotations

import contextlib
import io
import subprocess
from pathlib import Path
from unittest.mock import patch

from autograder.cli import main


def run_inside(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run `autograder` as `run` does, without a process of its own; a traceback is the test's."""
    said, complaints = io.StringIO(), io.StringIO()
    code = 0
    with (
        patch("sys.argv", list(command)),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complaints),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
    return subprocess.CompletedProcess(command, code, said.getvalue(), complaints.getvalue())
