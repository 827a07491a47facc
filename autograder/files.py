"""Write files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from autograder.errors import UserError


def write_beside(path: Path, text: str) -> None:
    """Write `text` to `path`: beside it first, then in its place."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    """Write to `path` what names students and their marks: nobody else here should read it.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_beside(path, text)
        path.chmod(0o600)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from None


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target` a relative link to `source`, or a copy where links are not to be had."""
    relative = os.path.relpath(source, target.parent)
    if target.is_symlink() and os.readlink(target) == relative:
        return
    target.unlink(missing_ok=True)
    try:
        target.symlink_to(relative)
    except OSError:  # Windows without the right to make links
        shutil.copy2(source, target)
