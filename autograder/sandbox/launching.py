"""How the grading process starts a zygote: the command, the environment, what it may see."""

from __future__ import annotations

import sys
from pathlib import Path

import plain
from autograder.errors import UserError
from autograder.sandbox.isolation import Level, interpreter_paths

# What a student's notebook reads its own answers with: students have it beside the notebook.
SUPPORT = Path(plain.__file__).resolve().parent

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


def zygote_command(control: int, level: Level) -> list[str]:
    """Return the command that starts a zygote; `control` is its end of the control socket."""
    shown = [str(path) for path in visible_paths()]
    return [sys.executable, "-I", "-c", _bootstrap(), str(control), level, *shown]


def visible_paths() -> list[Path]:
    """Return what a student's process may read beside the system's own.

    Python and its packages, what students are given beside the notebook, and of the autograder
    the sandbox alone: never the hidden cases.

    Raises
    ------
    UserError
        If the autograder itself is installed among the packages.
    """
    package = Path(__file__).resolve().parents[1]
    if any(package.is_relative_to(path) for path in interpreter_paths()):
        raise UserError(
            f"The autograder lies among Python's packages ({package}), where a student's code "
            "could read the hidden cases: install it with `pip install --editable`."
        )
    return [*interpreter_paths(), SUPPORT, package / "sandbox"]


def _bootstrap() -> str:
    root = str(Path(__file__).resolve().parents[2])
    return f"import sys; sys.path[:0] = [{root!r}, {str(SUPPORT)!r}]; " + (
        "from autograder.sandbox.zygote import main; main()"
    )


def read_support(folder: Path) -> dict[str, bytes]:
    """Return the files beside an instructor's notebook, by name."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix != ".ipynb"
    }
