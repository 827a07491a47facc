"""How the grading process starts a zygote: the command, the environment, what it may see."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from autograder.sandbox.isolation import Level, interpreter_paths


def _module_path(name: str) -> Path:
    """Return where a module lies, without importing it: `autograder doctor` needs no NumPy."""
    found = find_spec(name)
    assert found and found.origin, name
    return Path(found.origin).resolve()


# What reads answers in a student's process: the engine's own, whatever the notebook has beside it.
PLAIN = _module_path("workbook.plain")

# The released notebook, which warms the zygote up, imports the rest of what submissions import.
# Anything more would cost each of them: a fork copies the page tables of all that is loaded.
PRELOAD = ("matplotlib.pyplot", "matplotlib_inline.backend_inline", "numpy.random")

ENVIRONMENT = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "WORKBOOK_STATIC": "1",
    "TQDM_DISABLE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "LANG": "C.UTF-8",
}


# Between what a zygote shows and what it hides, in its command.
HIDDEN = "--hidden"


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
        "from autograder.sandbox.zygote import main; main()"
    )


def read_support(folder: Path) -> dict[str, bytes]:
    """Return the files beside an instructor's notebook, by their path there."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".ipynb" and "__pycache__" not in path.parts
    }
