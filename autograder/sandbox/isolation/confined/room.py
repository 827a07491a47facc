"""What a child's files take on a disk that has no bound of its own for them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from autograder.sandbox.isolation.confined import nameless
from autograder.sandbox.isolation.confined.nameless import BLOCK
from autograder.sandbox.isolation.limits import Limits

# As many as the memory that a namespace has for a folder has room for.
SMALLEST_FILE = 4096
HIDDEN = "hid files from the grader"
TOO_MUCH = "wrote more than {} MB of files"


def excess(folders: Sequence[Path], others: Iterable[int], limits: Limits) -> str:
    """Return which bound is exceeded, by files that lie there or are held without a name."""
    try:
        for folder in folders:
            if found := _named(folder, limits):
                return found
        measured, unseen = nameless.held(others, folders)
    except PermissionError:
        return HIDDEN
    except OSError as error:
        return f"made folders that cannot be looked through ({error.strerror})"
    if measured > limits.folder_bytes:
        return TOO_MUCH.format(limits.folder_bytes >> 20)
    # One of them may be as large as a file can be.
    return HIDDEN if measured + unseen * limits.file_bytes > limits.folder_bytes else ""


def _named(folder: Path, limits: Limits) -> str:
    most = limits.folder_bytes // SMALLEST_FILE
    count = held = 0
    for size in _sizes(folder):
        count, held = count + 1, held + size
        if count > most:
            return f"made more than {most} files"
        if held > limits.folder_bytes:
            return TOO_MUCH.format(limits.folder_bytes >> 20)
    return ""


def _sizes(folder: Path) -> Iterator[int]:
    """Yield the bytes of each file; what is removed meanwhile is nothing."""
    pending = [str(folder)]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
                    yield entry.stat(follow_symlinks=False).st_blocks * BLOCK
        except FileNotFoundError:
            continue
