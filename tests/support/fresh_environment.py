"""An environment in which nothing is installed but what is named, made in seconds by uv."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import BIN

UNREACHABLE = "error sending request", "Failed to fetch", "dns error"


def make_environment(folder: Path, *wanted: str) -> subprocess.CompletedProcess[str]:
    """Make the environment and install what is wanted; return what the installer says."""
    subprocess.run([BIN / "uv", "venv", "--quiet", "--python", sys.executable, folder], check=True)
    into = ("--quiet", "--python", folder / "bin" / "python")
    command = [BIN / "uv", "pip", "install", *into, *wanted]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def is_unreachable(installed: subprocess.CompletedProcess[str]) -> bool:
    """Tell whether there is no way from here to where packages lie."""
    return any(words in installed.stderr for words in UNREACHABLE)
