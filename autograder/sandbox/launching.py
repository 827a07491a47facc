"""How the grading process starts a zygote: the command, the environment, what it may see.

Nothing here imports a library: a zygote can be launched before the command has what it needs.
"""

from __future__ import annotations

import os
import re
import select
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from autograder.sandbox.isolation import Level, interpreter_paths


def _module_path(name: str) -> Path:
    """Return where a module lies, without importing it: `autograder doctor` needs no NumPy."""
    found = find_spec(name)
    assert found and found.origin, name
    return Path(found.origin).resolve()


# What reads answers in a student's process: the engine's own, whatever the notebook has beside it.
PLAIN = _module_path("workbook.plain")

ENVIRONMENT = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "WORKBOOK_STATIC": "1",
    "TQDM_DISABLE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "LANG": "C.UTF-8",
}


# The line of a traceback that names the exception.
_EXCEPTION = re.compile(r"[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt)\b")
# Between what a zygote shows and what it hides, in its command.
HIDDEN = "--hidden"


class Launched:
    """The process of a zygote: it isolates itself and imports, then waits for what it is to hold.

    It dies with the thread that launched it.

    Attributes
    ----------
    control : socket
        Our end of what it is told by, and answers on.
    """

    def __init__(self, level: Level, hidden: Iterable[Path] = ()) -> None:
        self.level = level
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - as long as this
        self.control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                zygote_command(theirs.fileno(), level, hidden),
                pass_fds=[theirs.fileno()],
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._complaints,
            )

    @property
    def pid(self) -> int:
        """The number of the process, as we see it."""
        return self._process.pid

    def why_ended(self) -> str:
        """Wait a moment for its end; say by which exception, or with which code."""
        _has_ended(self._process, 5)
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", "replace").splitlines()
        # What libraries print is about others.
        last = next((line[:200] for line in reversed(lines) if _EXCEPTION.match(line)), "")
        return last or f"it ended with code {self._process.poll()}"

    def close(self) -> None:
        """End the process, and with it whatever it runs."""
        self._complaints.close()
        self.control.close()
        if not _has_ended(self._process, 5):
            self._process.kill()
        self._process.wait()


def _has_ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait so long at most; where the system can tell, without looking again and again."""
    if process.poll() is not None:
        return True
    try:
        with closing(os.fdopen(os.pidfd_open(process.pid), "rb", buffering=0)) as watched:
            select.select([watched], [], [], seconds)
        return process.poll() is not None
    except (AttributeError, OSError):  # another system, or a container that does not let us
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        return process.returncode is not None


def zygote_command(control: int, level: Level, hidden: Iterable[Path] = ()) -> list[str]:
    """Return the command that starts a zygote.

    Parameters
    ----------
    control : int
        Its end of the control socket.
    hidden : iterable of Path
        What it must not see although it lies inside something that is shown.
    """
    shown = map(str, visible_paths())
    parts = str(control), level, str(PLAIN), *shown, HIDDEN, *map(str, hidden)
    return [sys.executable, "-I", "-c", _bootstrap(), *parts]


def visible_paths() -> list[Path]:
    """Return what a student's process may read beside the system's own.

    Python and its packages. Where the autograder is none of them, as in a checkout, its sandbox
    alone, and how a notebook's answers are read. Nothing in the package is secret; what an
    assignment asks lies in the course.
    """
    package = Path(__file__).resolve().parents[1]
    installed = interpreter_paths()
    ours = [
        path
        for path in (package / "sandbox", PLAIN)
        if not any(path.is_relative_to(shown) for shown in installed)
    ]
    return [*installed, *ours]


def _bootstrap() -> str:
    root = str(Path(__file__).resolve().parents[2])
    return f"import sys; {root!r} in sys.path or sys.path.insert(0, {root!r}); " + (
        "from autograder.sandbox.inside.zygote import main; main()"
    )


def read_support(folder: Path) -> dict[str, bytes]:
    """Return the files beside an instructor's notebook, by their path there."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".ipynb" and "__pycache__" not in path.parts
    }
