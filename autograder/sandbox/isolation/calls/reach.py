"""What is refused where no namespace holds it back: whatever reaches beyond a process.

Landlock says which files can be opened. It says nothing of their owners, rights, times and
attributes, and before its third version nothing of their length. Nor does it stop a socket, a queue
or a segment of memory that others have a name for, or a process that changes how another is
scheduled.
"""

from __future__ import annotations

import errno
import socket
from typing import NamedTuple

# As the table in `seccomp` has them: refused whatever their arguments.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # Whoever listens. Descriptors that are sent and not yet received would keep files from sight.
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    # Queues and memory that others have made.
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "semop": (65, 193),
    "semctl": (66, 191),
    "semtimedop": (220, 192),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    # Other processes, as far as the same user may act on them.
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    # Attributes of files: a library that sets them expects to be refused now and then.
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "setxattrat": (463, 463),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}
# Told that all went well, because a plain copy of a file asks for it in good faith.
WITHOUT_EFFECT: dict[str, tuple[int | None, int | None]] = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "sync": (162, 81),
    "syncfs": (306, 267),
}
# Times of files: a copy sets those of the file it copies and is told that it did. Whoever asks for
# the present time may do so to see whether there is such a file at all.
UTIMENSAT, UTIMENSAT_PATH, UTIMENSAT_TIMES = (280, 88), 1, 2
# Room on the disk for nothing: faster than any watch. The C library then writes instead.
UNSUPPORTED: dict[str, tuple[int | None, int | None]] = {"fallocate": (285, 47)}
# Signals that a file sends to whom it is told to: F_SETOWN, F_SETSIG, F_SETOWN_EX.
OWNERS = dict.fromkeys((8, 10, 15), errno.EPERM)
# TCGETS, TCGETS2, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: of <asm-generic/ioctls.h>.
HARMLESS_CONTROLS = (0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
PR_SET_DUMPABLE = 4
TRUNCATE = (76, 45)
OPEN, OPENAT, OPENAT2 = (2, None), (257, 56), (437, 437)
SOCKETPAIR_KINDS = tuple(
    socket.SOCK_STREAM | cloexec | nonblock
    for cloexec in (0, getattr(socket, "SOCK_CLOEXEC", 0))
    for nonblock in (0, getattr(socket, "SOCK_NONBLOCK", 0))
)


class Only(NamedTuple):
    """A call that is allowed for some values of one argument, and refused for all others."""

    numbers: tuple[int | None, int | None]
    place: int
    values: tuple[int, ...]
    error: int = errno.EPERM


# How oneself is scheduled, limited and grouped, in a call that could name another process. Which
# processors one may use stays open: threads ask for it by their number.
ONESELF = (
    Only((302, 261), 0, (0,)),  # prlimit64
    Only((203, 122), 0, (0,)),  # sched_setaffinity
    Only((142, 118), 0, (0,)),  # sched_setparam
    Only((144, 119), 0, (0,)),  # sched_setscheduler
    Only((314, 274), 0, (0,)),  # sched_setattr
    Only((143, 121), 0, (0,)),  # sched_getparam
    Only((145, 120), 0, (0,)),  # sched_getscheduler
    Only((148, 127), 0, (0,)),  # sched_rr_get_interval
    Only((315, 275), 0, (0,)),  # sched_getattr
    Only((140, 141), 1, (0,)),  # getpriority
    Only((252, 31), 1, (0,)),  # ioprio_get
    Only((121, 155), 0, (0,)),  # getpgid
    Only((124, 156), 0, (0,)),  # getsid
    Only((274, 100), 0, (0,)),  # get_robust_list
)
SIGNALS = ((62, 129), (200, 130), (234, 131), (129, 138), (297, 240))
KILL = SIGNALS[0]


class Reach(NamedTuple):
    """What the filter has to hold back because nothing else does.

    Parameters
    ----------
    lengths : bool
        Whether files could be cut short that cannot be written (Landlock before version 3).
    signals_from : int
        The process that may signal only itself; 0 where Landlock or the user holds signals back.
    """

    lengths: bool = False
    signals_from: int = 0


def signals_to(pid: int) -> tuple[Only, ...]:
    """Return the calls by which a process may signal itself and its group, and nobody else."""
    own = Only(KILL, 0, (0, pid, (1 << 32) - pid))
    return (own, *(Only(numbers, 0, (pid,)) for numbers in SIGNALS[1:]))
