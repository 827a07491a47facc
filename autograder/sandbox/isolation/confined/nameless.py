"""Files that have no name any more, and take room as long as a process holds them in some way."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

Found = TypeVar("Found")
BLOCK = 512
REMOVED = b" (deleted)"
# What the system may tell of all mappings together: two hundred notebooks' worth. To look through
# more takes longer than a watch may.
MOST_TEXT = 32 << 20
FILTERS = re.compile(r"^Seccomp_filters:\t(\d+)$", re.MULTILINE)


def held(pids: Iterable[int], folders: Sequence[Path]) -> tuple[int, int]:
    """Return the bytes of nameless files that processes hold open, and how many more they map.

    Of those that are mapped, and open nowhere, the system does not tell the size.

    Raises
    ------
    PermissionError
        If a process that is shut in cannot be looked at: it runs what it may not read itself, or
        has more mapped than can be looked through.
    """
    opened: dict[tuple[int, int], os.stat_result] = {}
    mapped: set[int] = set()
    left = MOST_TEXT
    beginnings = tuple(os.fsencode(folder) + b"/" for folder in folders)
    for pid in pids:
        try:
            opened |= {(found.st_dev, found.st_ino): found for found in _open_files(pid)}
            text = _mappings(pid, left)
        except PermissionError:
            if _filters(str(pid)) > _filters("self"):
                raise
            continue
        except OSError:  # it has just ended
            continue
        left -= len(text)
        if left <= 0:
            raise PermissionError("too much is mapped to be looked through")
        mapped |= _nameless_in(text, beginnings)
    measured = sum(found.st_blocks * BLOCK for found in opened.values() if _is_nameless(found))
    return measured, len(mapped - {inode for _, inode in opened})


def _is_nameless(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and not found.st_nlink


def _open_files(pid: int) -> Iterator[os.stat_result]:
    """Yield what a process runs and has open: each of its threads may have files of its own."""
    for thread in os.listdir(f"/proc/{pid}/task"):
        task = f"/proc/{pid}/task/{thread}"
        names = _unless_ended(task, lambda folder=f"{task}/fd": os.listdir(folder)) or []
        for place in (f"{task}/exe", *(f"{task}/fd/{name}" for name in names)):
            if found := _unless_ended(task, lambda place=place: os.stat(place)):
                yield found


def _mappings(pid: int, most: int) -> bytes:
    """Return what the system tells of a process' mappings, a line for each."""
    for thread in os.listdir(f"/proc/{pid}/task"):
        task = f"/proc/{pid}/task/{thread}"
        if text := _unless_ended(task, lambda path=f"{task}/maps": _beginning(path, most)):
            return text  # all its threads share them
    return b""


def _beginning(path: str, size: int) -> bytes:
    with open(path, "rb") as file:
        return file.read(size)


def _nameless_in(text: bytes, beginnings: tuple[bytes, ...]) -> set[int]:
    """Return the inodes of nameless files of these folders that are mapped."""
    # Of each: addresses, rights, place in the file, device, inode, name.
    fields = [line.split(None, 5) for line in text.splitlines() if line.endswith(REMOVED)]
    return {int(words[4]) for words in fields if words[5].startswith(beginnings)}


def _unless_ended(task: str, look: Callable[[], Found]) -> Found | None:
    """Return what there is to see, or None where the thread has just ended, or has no memory left.

    Nobody may look at one that ends, though the others of its process go on.
    """
    try:
        return look()
    except PermissionError:
        if Path(task, "statm").read_bytes().startswith(b"0 "):
            return None
        raise
    except OSError:
        return None


def _filters(pid: str) -> int:
    """Return how many filters of seccomp a process is under: a child that is shut in has one more.

    Before that it changes its user, and cannot be looked at for a moment.
    """
    try:
        found = FILTERS.search(Path("/proc", pid, "status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0
