"""Keep two sandboxes apart that run at once: both see the system's files, and might mark them.

A lock, a lease, a watch or what is cached of a file belongs to the file, whoever has opened it. Two
hand-ins could talk through them. Where a library asks for such a thing in good faith, it is told
that all went well, and nothing happens.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import NamedTuple

# <linux/fcntl.h>. Asking for locks is left alone: nobody inside can have set one.
SET_LOCKS = (6, 7, 37, 38)  # F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW
LEASES, WATCHES, HINTS = (1024, 1025), (1026,), (1035, 1036, 1037, 1038)
# <linux/fadvise.h>, <asm-generic/mman-common.h>: what is cached of a file may go.
FADV_DONTNEED, MADV_COLD, MADV_PAGEOUT = 4, 20, 21
RWF_NOWAIT = 8  # <linux/fs.h>: read only what is cached

DONE = 0


class ByArgument(NamedTuple):
    """A call that is answered by the value of one argument; any other value is allowed.

    Attributes
    ----------
    numbers : tuple of int
        Of the call, on x86_64 and aarch64.
    place : int
        Of the argument.
    answers : mapping
        The error by value, or `DONE` to do nothing and say that all went well.
    """

    numbers: tuple[int, int]
    place: int
    answers: Mapping[int, int]


# Refused whatever their arguments, as the table in `seccomp` has it.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # What others do to a file, and what is cached of it.
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "inotify_add_watch": (254, 27),
    "fanotify_mark": (301, 263),
    "mincore": (27, 232),
    "cachestat": (451, 451),
}
FLOCK = (73, 32)
BY_ARGUMENT = {
    "fcntl": ByArgument(
        (72, 25),
        1,
        {
            **dict.fromkeys(SET_LOCKS, DONE),
            **dict.fromkeys((*LEASES, *WATCHES, *HINTS), errno.EPERM),
        },
    ),
    "fadvise64": ByArgument((221, 223), 3, {FADV_DONTNEED: DONE}),
    "madvise": ByArgument((28, 233), 2, {MADV_COLD: DONE, MADV_PAGEOUT: DONE}),
}
PREADV2, PREADV2_FLAGS = (327, 286), 5
