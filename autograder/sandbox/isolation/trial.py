"""What `probing` runs: isolate this process and a child, and say what goes wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.sandbox.isolation.entering import enter_child, enter_zygote, fork_child
from autograder.sandbox.isolation.limits import Limits
from autograder.sandbox.isolation.probing import Level


def run(paths: Sequence[str]) -> None:
    """Exit with 0 if all of it works."""
    try:
        enter_zygote(Level.NAMESPACES, [Path(path) for path in paths])
        pid = fork_child()
        if pid == 0:
            _enter()
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except OSError as error:
        sys.exit(str(error))
    sys.exit(code)


def _enter() -> None:
    try:
        enter_child(Level.NAMESPACES, Limits())
    except OSError as error:
        print(error, file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)
