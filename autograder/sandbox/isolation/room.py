"""What a child's files take on a disk that has no bound of its own for them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.sandbox.isolation.limits import Limits

BLOCK = 512
# As many as the memory that a namespace has for a folder has room for.
SMALLEST_FILE = 4096


def excess(folders: Iterable[Path], others: Iterable[int], limits: Limits) -> str:
    """Return which bound is exceeded, by files that lie there or are open without a name."""
    most = limits.folder_bytes // SMALLEST_FILE
    for folder in folders:
        count = held = 0
        try:
            for size in _sizes(folder):
                count, held = count + 1, held + size
                if count > most:
                    return f"made more than {most} files"
                if held > limits.folder_bytes:
                    return f"wrote more than {limits.folder_bytes >> 20} MB of files"
        except PermissionError:
            return "hid files from the grader"
        except OSError as error:
            return f"made folders that cannot be looked through ({error.strerror})"
    if _removed(others) > limits.folder_bytes:
        return f"wrote more than {limits.folder_bytes >> 20} MB of files"
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


def _removed(others: Iterable[int]) -> int:
    """Return the bytes of files that are open and have no name any more."""
    files = {}
    for pid in others:
        for found in _open_files(pid):
            if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                files[found.st_dev, found.st_ino] = found.st_blocks * BLOCK
    return sum(files.values())


def _open_files(pid: int) -> Iterator[os.stat_result]:
    folder = f"/proc/{pid}/fd"
    try:
        names = os.listdir(folder)
    except OSError:  # it has just ended
        return
    for name in names:
        try:
            yield os.stat(f"{folder}/{name}")
        except OSError:
            continue
