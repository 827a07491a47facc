"""Who a process is, and what it may do: user namespaces, capabilities, ties to its parent."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal

from autograder.sandbox.isolation.calls import syscalls

# Root takes this user before it does anything for a student: limits on the number of processes do
# not bind root. systemd's table of users leaves 65520 to 65533 unused, and containers map them.
UNPRIVILEGED = 65530
# The user and group that a student's process sees itself as.
STUDENT = 1000
CAPABILITY_VERSION_3 = 0x20080522
MOST_CAPABILITIES = 64


def become_unprivileged() -> None:
    """Give root up for a user who owns nothing."""
    os.setgroups([])
    os.setresgid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED)
    os.setresuid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED)
    # A change of user hides /proc/self from its owner, who has to write to it.
    be_visible()


def be_visible() -> None:
    """Let a change of user not hide this process from who has to look after it."""
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)


def effective_capabilities() -> int:
    """Return the set of capabilities in force, a bit for each."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # in force, permitted and inherited: low halves, then high ones
    syscalls.call("capget", ctypes.byref(header), ctypes.byref(sets))
    return sets[3] << 32 | sets[0]


def give_up_capabilities() -> None:
    """Give up every capability, and the chance of regaining one by starting a program.

    The set that bounds them needs one to be emptied, and bounds nothing for a process that may not
    gain any.
    """
    with contextlib.suppress(syscalls.IsolationError):
        _empty_bounding_set()
    _clear_capabilities()


def map_user(uid: int, gid: int) -> None:
    """Appear as STUDENT in the user namespace just entered; outside it remain uid and gid."""
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{STUDENT} {uid} 1")
    _write("/proc/self/gid_map", f"{STUDENT} {gid} 1")


def drop_capabilities() -> None:
    """Give up every capability, the chance of regaining one, and being looked at by others."""
    _empty_bounding_set()
    _clear_capabilities()
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)


def _clear_capabilities() -> None:
    syscalls.prctl(syscalls.PR_CAP_AMBIENT, syscalls.PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    syscalls.call("capset", ctypes.byref(header), ctypes.byref(none))
    forbid_new_privileges()


def forbid_new_privileges() -> None:
    """Let no program that this process starts bring privileges of its own."""
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent() -> None:
    """Be killed when the thread that started this process ends. A change of user undoes it."""
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)


def prefer_as_victim() -> None:
    """When the machine runs out of memory, this process and its children go first."""
    _write("/proc/self/oom_score_adj", "1000")


def _empty_bounding_set() -> None:
    """Drop capability after capability until the kernel knows no more."""
    for capability in range(MOST_CAPABILITIES):
        try:
            syscalls.prctl(syscalls.PR_CAPBSET_DROP, capability)
        except syscalls.IsolationError as error:
            if error.errno != errno.EINVAL:
                raise
            return


def _write(path: str, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(handle, text.encode())
    finally:
        os.close(handle)
