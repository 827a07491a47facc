"""What `probing` runs: isolate this process and a child, and say what goes wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.sandbox.isolation.enclosure import Enclosure
from autograder.sandbox.isolation.entering import enter_zygote
from autograder.sandbox.isolation.limits import Limits
from autograder.sandbox.isolation.probing import Level


def run(level: Level, paths: Sequence[str]) -> None:
    """Exit with 0 if all of it works."""
    try:
        enclosure = enter_zygote(level, [Path(path) for path in paths])
        pid = enclosure.fork()
        if pid == 0:
            _enter(enclosure)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        enclosure.clear()
    except OSError as error:
        sys.exit(str(error))
    sys.exit(code)


def _enter(enclosure: Enclosure) -> None:
    try:
        enclosure.enter(Limits())
    except OSError as error:
        print(error, file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)
