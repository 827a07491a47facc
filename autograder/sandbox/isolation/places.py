"""Where things are: what an interpreter needs to see, and what a process should let go of."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

# The folder a student's process works in. What lies at the same place outside cannot be shown.
WORK = "/hand-in"

# The environment of the zygote: nothing else, for a process cannot forget what it started with.
ALLOWED = frozenset(
    {"HOME", "LANG", "LANGUAGE", "PATH", "TMPDIR", "TZ", "USER", "__CF_USER_TEXT_ENCODING"}
)
ALLOWED_PREFIXES = ("LC_", "MPL", "PYTHON", "IPYTHON", "WORKBOOK_", "TQDM_")
ALLOWED_SUFFIX = "_NUM_THREADS"

MOST_FILES = 1 << 20

# The parts of an installation that running code needs. The course may lie beside them.
INSTALLED = ("bin", "lib", "lib32", "lib64", "libexec", "share", "ssl", "etc/fonts", "pyvenv.cfg")


def interpreter_paths() -> list[Path]:
    """Return the files and folders that this Python needs, its installed packages included."""
    prefixes = dict.fromkeys((sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix))
    found = [Path(prefix, part) for prefix in prefixes for part in INSTALLED]
    return [path for path in found if path.exists()]


def unexpected_variables() -> list[str]:
    """Return the names of the environment's variables that no zygote should start with."""
    return sorted(name for name in os.environ if not _allowed(name))


def close_all_but(keep: Iterable[int]) -> None:
    """Close every open file but standard input, output, errors and those to keep."""
    close_all({0, 1, 2, *keep})


def close_all(keep: Iterable[int]) -> None:
    """Close every open file but those to keep."""
    bounds = [-1, *sorted(keep)]
    for lower, upper in zip(bounds, [*bounds[1:], _highest() + 1], strict=True):
        # os.closerange(0, 0) closes every file there is (3.11).
        if lower + 1 < upper:
            os.closerange(lower + 1, upper)


def _allowed(name: str) -> bool:
    return name in ALLOWED or name.startswith(ALLOWED_PREFIXES) or name.endswith(ALLOWED_SUFFIX)


def _highest() -> int:
    # Not from /proc: the process that stays outside may find it replaced under its feet.
    return min(os.sysconf("SC_OPEN_MAX"), MOST_FILES)
