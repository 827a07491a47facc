"""seccomp: the system calls that no notebook needs are refused."""

from __future__ import annotations

import ctypes
import errno
import functools
import socket
import struct

from autograder.sandbox.isolation.calls import apart, filters, reach, syscalls

# <linux/seccomp.h>
SET_MODE_FILTER = 1

# AUDIT_ARCH of <linux/audit.h>, and the lowest number of another set of calls on that machine.
MACHINES = {"x86_64": (0xC000003E, 0x40000000), "aarch64": (0xC00000B7, 0x80000000)}

NEW_NAMESPACES = (
    syscalls.CLONE_NEWNS
    | syscalls.CLONE_NEWCGROUP
    | syscalls.CLONE_NEWUTS
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWPID
    | syscalls.CLONE_NEWNET
)
# Typing into a terminal for its owner.
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
# Other families reach past the network namespace (vsock) or far into the kernel.
FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)

# Refused whatever their arguments; numbers on x86_64 and aarch64, None where there is no such call.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # What is mounted where, and other ways to another view of the files.
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_tree_attr": (467, 467),
    "statmount": (457, 457),
    "listmount": (458, 458),
    "listns": (470, 470),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "lookup_dcookie": (212, 18),
    # Namespaces.
    "unshare": (272, 97),
    "setns": (308, 268),
    # Other processes' memory and files.
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    # Keys, programs in the kernel, and other large interfaces to it.
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    # Memory that no limit of a process counts.
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    # The machine.
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "vhangup": (153, 58),
    "personality": (135, 92),
    "nfsservctl": (180, 42),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "uselib": (134, None),
    "ustat": (136, None),
    "sysfs": (139, None),
    "_sysctl": (156, None),
    **apart.REFUSED,
}
CLONE, CLONE3 = (56, 220), (435, 435)
SOCKET, SOCKETPAIR, IOCTL, PRCTL = (41, 198), (53, 199), (16, 29), (157, 167)


def available() -> bool:
    """Tell whether the kernel has seccomp, and the machine is one whose calls are known here."""
    try:
        syscalls.prctl(syscalls.PR_GET_SECCOMP)
    except syscalls.IsolationError:
        return False
    return syscalls.machine() in MACHINES


def restrict(beyond: reach.Reach | None = None) -> None:
    """Refuse the calls above to this process and all that it starts, for good, where possible.

    Parameters
    ----------
    beyond : Reach, optional
        What else to hold back, where there are no namespaces.
    """
    if not available():
        return
    program = ctypes.create_string_buffer(build_filter(syscalls.machine(), beyond))
    header = struct.pack("HxxxxxxP", (len(program) - 1) // 8, ctypes.addressof(program))
    syscalls.call("seccomp", SET_MODE_FILTER, 0, ctypes.c_char_p(header))


@functools.cache
def build_filter(machine: str, beyond: reach.Reach | None = None) -> bytes:
    """Return the filter for a machine as the kernel wants it: eight bytes an instruction."""
    identity, foreign = MACHINES[machine]
    column = list(MACHINES).index(machine)
    answers = _answers(column) | (_answers_beyond(column, beyond) if beyond else {})
    lines = [
        filters.line(filters.LOAD, filters.MACHINE),
        filters.line(filters.JUMP_EQUAL, identity, 1, 0),
        filters.refuse(errno.ENOSYS),
        filters.line(filters.LOAD, filters.NUMBER),
        filters.line(filters.JUMP_AT_LEAST, foreign, 0, 1),
        filters.refuse(errno.ENOSYS),
        *filters.search(sorted(answers.items())),
    ]
    return b"".join(lines)


def _answers(column: int) -> dict[int, list[bytes]]:
    """Return what to do on each call that is not simply allowed: lines that end in a return."""
    answers = {pair[column]: [filters.refuse(errno.EPERM)] for pair in REFUSED.values()}
    answers[CLONE3[column]] = [filters.refuse(errno.ENOSYS)]
    answers[apart.FLOCK[column]] = [filters.refuse(apart.DONE)]
    answers[CLONE[column]] = [filters.load(0), *filters.unless_any(NEW_NAMESPACES, errno.EPERM)]
    flags = filters.load(apart.PREADV2_FLAGS)
    answers[apart.PREADV2[column]] = [
        flags,
        *filters.unless_any(apart.RWF_NOWAIT, errno.EOPNOTSUPP),
    ]
    answers[IOCTL[column]] = [
        filters.load(1),
        *filters.unless_equal({TIOCSTI: errno.EPERM, TIOCLINUX: errno.EPERM}),
    ]
    for numbers, place, by_value in apart.BY_ARGUMENT.values():
        answers[numbers[column]] = [filters.load(place), *filters.unless_equal(by_value)]
    for call in (SOCKET, SOCKETPAIR):
        answers[call[column]] = [filters.load(0), *filters.only_equal(*FAMILIES)]
    return {number: lines for number, lines in answers.items() if number is not None}


def _answers_beyond(column: int, beyond: reach.Reach) -> dict[int, list[bytes]]:
    """Return the answers that take the place of those above where there are no namespaces."""
    answers = {pair[column]: [filters.refuse(errno.EPERM)] for pair in reach.REFUSED.values()}
    answers |= {
        pair[column]: [filters.refuse(apart.DONE)] for pair in reach.WITHOUT_EFFECT.values()
    }
    answers |= {
        pair[column]: [filters.refuse(errno.EOPNOTSUPP)] for pair in reach.UNSUPPORTED.values()
    }
    answers[reach.UTIMENSAT[column]] = filters.seeming_times(
        reach.UTIMENSAT_PATH, reach.UTIMENSAT_TIMES
    )
    answers[SOCKET[column]] = [filters.refuse(errno.EPERM)]
    answers[SOCKETPAIR[column]] = [
        *filters.unless_among((socket.AF_UNIX,), 0, errno.EAFNOSUPPORT),
        *filters.unless_among(reach.SOCKETPAIR_KINDS, 1, errno.EPERM),
        filters.line(filters.RETURN, filters.ALLOW),
    ]
    fcntl = apart.BY_ARGUMENT["fcntl"]
    answers[fcntl.numbers[column]] = [
        filters.load(1),
        *filters.unless_equal({**fcntl.answers, **reach.OWNERS}),
    ]
    only = [reach.Only(IOCTL, 1, reach.HARMLESS_CONTROLS, errno.ENOTTY), *reach.ONESELF]
    only += reach.signals_to(beyond.signals_from) if beyond.signals_from else ()
    for numbers, place, values, error in only:
        among = filters.unless_among(values, place, error)
        answers[numbers[column]] = [*among, filters.line(filters.RETURN, filters.ALLOW)]
    answers[PRCTL[column]] = [
        filters.load(0),
        *filters.unless_equal({reach.PR_SET_DUMPABLE: errno.EPERM}),
    ]
    if beyond.lengths:
        answers[reach.TRUNCATE[column]] = [filters.refuse(errno.EACCES)]
        answers[reach.OPENAT2[column]] = [filters.refuse(errno.ENOSYS)]
        answers[reach.OPEN[column]] = filters.no_cutting(1)
        answers[reach.OPENAT[column]] = filters.no_cutting(2)
    return {number: lines for number, lines in answers.items() if number is not None}
