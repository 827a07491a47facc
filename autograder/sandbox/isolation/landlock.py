"""Landlock: a second lock on files, and on connections, that no later mount can open."""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
from collections.abc import Mapping, Sequence

from autograder.sandbox.isolation.calls import syscalls

# <linux/landlock.h>
VERSION = 1
PATH_BENEATH = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = (1 << bit for bit in range(4))
REMOVE_DIR = 1 << 4
MAKE_CHAR, MAKE_FIFO, MAKE_BLOCK = 1 << 6, 1 << 10, 1 << 11
# How many of the rights to files each version of the interface knows.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16, 6: 16}
# What is asked for at most; a test asks for less, as an older kernel would give.
NEWEST = max(FILE_RIGHTS)
# From these versions on a file that cannot be written cannot be cut short either, and signals and
# abstract sockets stay inside.
LENGTHS, SCOPES = 3, 6
ALL_CONNECTIONS = 0b11
ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

READ = EXECUTE | READ_FILE | READ_DIR
# What a rule on a single file may say.
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "connections", "scoped")]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """Return the version of Landlock's interface that the kernel has; 0 for none."""
    try:
        return syscalls.call("landlock_create_ruleset", None, 0, VERSION)
    except syscalls.IsolationError:
        return 0


def usable() -> int:
    """Return the version whose rights are asked for here; 0 for none."""
    return min(version(), NEWEST)


def restrict(writable: Sequence[str]) -> None:
    """Allow reading everywhere and writing in the folders given, if the kernel has Landlock."""
    if usable():
        confine(writable, {"/": READ, "/dev": READ | WRITE_FILE})


def confine(writable: Sequence[str], others: Mapping[str, int]) -> None:
    """Allow all that a notebook needs in some folders, a few rights elsewhere, and nothing more.

    Named pipes are left out on purpose: nothing else forbids them, so their lack shows Landlock.

    Parameters
    ----------
    others : mapping
        Rights by path; a path that is not there is left out.
    """
    rights = (1 << FILE_RIGHTS[usable()]) - 1
    ruleset = _create(rights)
    try:
        for place, allowed in others.items():
            with contextlib.suppress(FileNotFoundError):
                _allow(ruleset, place, allowed & rights)
        for folder in writable:
            _allow(ruleset, folder, rights & ~(MAKE_CHAR | MAKE_BLOCK | MAKE_FIFO))
        syscalls.call("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)


def _create(rights: int) -> int:
    connections = ALL_CONNECTIONS if usable() >= 4 else 0
    scoped = ABSTRACT_SOCKETS_AND_SIGNALS if usable() >= SCOPES else 0
    ruleset = _Ruleset(rights, connections, scoped)
    # An older kernel refuses a longer structure unless what it does not know is 0: it is.
    size = ctypes.sizeof(ruleset)
    return syscalls.call("landlock_create_ruleset", ctypes.byref(ruleset), size, 0)


def _allow(ruleset: int, place: str, rights: int) -> None:
    handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            rights &= OF_A_FILE
        rule = _PathBeneath(rights, handle)
        syscalls.call("landlock_add_rule", ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(handle)
