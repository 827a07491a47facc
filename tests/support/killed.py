"""The command that ends itself at a change of its own, for `killing` to run in a warm process."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from autograder import cli

# What counts as a change: a file opened to write, renamed, removed or made, and the gradebook.
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "sqlite3.connect"}


def main() -> None:
    """Run `autograder` until the change of that number; then kill it, as no handler can prevent.

    The number stands before the verb. How many there were is said at the end, if it comes.
    """
    last, begun = int(sys.argv.pop(1)), 0

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal begun
        if event in CHANGES or (event == "open" and (arguments[2] or 0) & WRITES):
            begun += 1
            if begun == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    try:
        cli.main()
    finally:
        print(begun, file=sys.stderr)
