"""The system calls that Python 3.11 does not offer, by way of the C library."""

from __future__ import annotations

import ctypes
import functools
import os
import platform

# <linux/sched.h>
CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
CLONE_NEWTIME = 0x00000080

# <sys/mount.h>, <linux/mount.h>
MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MADV_COLLAPSE = 25
MNT_DETACH = 2
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4
AT_FDCWD, AT_RECURSIVE = -100, 0x8000

# <linux/prctl.h>
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_GET_SECCOMP = 21
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4

# Calls without a wrapper in the C library: their numbers by machine, from <asm/unistd.h>.
NUMBERS = {
    "x86_64": {"pivot_root": 155, "capget": 125, "capset": 126, "seccomp": 317, "ptrace": 101},
    "aarch64": {"pivot_root": 41, "capget": 90, "capset": 91, "seccomp": 277, "ptrace": 117},
}
COMMON_NUMBERS = {
    "mount_setattr": 442,
    "landlock_create_ruleset": 444,
    "landlock_add_rule": 445,
    "landlock_restrict_self": 446,
}


class IsolationError(OSError):
    """A part of the isolation cannot be had; the message says which, and what the system said."""


@functools.cache
def machine() -> str:
    """Return the name of this machine's architecture, as `NUMBERS` has it."""
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine()
    )


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` names for new ones."""
    _check(_libc().unshare(ctypes.c_int(flags)), f"unshare({flags:#x})")


def setns(handle: int, kind: int) -> None:
    """Enter the namespace behind an open file."""
    _check(_libc().setns(handle, ctypes.c_int(kind)), "setns")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount `source` on `target`."""
    answer = _libc().mount(
        source.encode(),
        target.encode(),
        kind.encode() or None,
        ctypes.c_ulong(flags),
        options.encode() or None,
    )
    _check(answer, f"mount {kind or source} on {target}")


def unmount(target: str) -> None:
    """Take a mount and all below it away as soon as nobody uses them."""
    _check(_libc().umount2(target.encode(), MNT_DETACH), f"unmount {target}")


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root of this mount namespace."""
    call("pivot_root", ctypes.c_char_p(new.encode()), ctypes.c_char_p(old.encode()))


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]


def restrict_mount(target: str, attributes: int, *, recursive: bool = True) -> None:
    """Set attributes of a mount, such as read-only, and of all the mounts below it."""
    wanted = _MountAttributes(set=attributes)
    flags = AT_RECURSIVE if recursive else 0
    call(
        "mount_setattr",
        AT_FDCWD,
        ctypes.c_char_p(target.encode()),
        flags,
        ctypes.byref(wanted),
        ctypes.c_size_t(ctypes.sizeof(wanted)),
    )


def prctl(option: int, *arguments: int) -> None:
    """Set an attribute of this process."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    _check(_libc().prctl(option, *padded), f"prctl({option})")


def start_thread() -> int:
    """Start a thread that does nothing, wait for its end, and return the error, or 0."""
    library, thread = _libc(), ctypes.c_ulong()
    work = ctypes.cast(library.getppid, ctypes.c_void_p)
    error = library.pthread_create(ctypes.byref(thread), None, work, None)
    return error or library.pthread_join(thread, None)


def collapse(start: int, size: int) -> None:
    """Have the memory at `start` gathered into large pages, now."""
    answer = _libc().madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), MADV_COLLAPSE)
    _check(answer, "madvise")


def call(name: str, *arguments: object) -> int:
    """Make a system call by name; raise IsolationError if it fails."""
    number = NUMBERS.get(machine(), {}).get(name, COMMON_NUMBERS.get(name))
    if number is None:
        raise IsolationError(f"{name} is not known on {machine()}")
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    return _check(_libc().syscall(ctypes.c_long(number), *words), name)


@functools.cache
def _libc() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return library


def _check(answer: int, what: str) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise IsolationError(number, f"{what}: {os.strerror(number)}")
    return answer
