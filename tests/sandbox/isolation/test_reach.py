"""What the filter says beyond its table where there are no namespaces, read and run for real."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys

import pytest

from autograder.sandbox.isolation.calls import apart, reach, seccomp
from autograder.sandbox.isolation.calls.reach import Reach
from tests import ROOT
from tests.support.filter_reading import EXTRA, NOTHING_DONE, answer

NEW, OLD = Reach(), Reach(lengths=True, signals_from=77)
TABLES = {
    errno.EPERM: {**seccomp.REFUSED, **reach.REFUSED},
    errno.EOPNOTSUPP: reach.UNSUPPORTED,
    NOTHING_DONE: reach.WITHOUT_EFFECT,
}
# Under the filter alone, in a process that is nobody's: what each line does, and what comes of it.
HEAD = """
import ctypes, fcntl, os, resource, socket, sys, termios, time
sys.path.insert(0, sys.argv[1])
from autograder.sandbox.isolation import privileges
from autograder.sandbox.isolation.calls import reach, seccomp, syscalls
libc = ctypes.CDLL(None, use_errno=True)
def called(name, *arguments):
    if libc[name](*map(ctypes.c_long, arguments)) < 0:
        raise OSError(ctypes.get_errno(), "")
def raw(number, *arguments):
    called("syscall", number, *arguments)
column = list(seccomp.MACHINES).index(syscalls.machine())
others = os.getppid()
os.chdir(sys.argv[3])
file = open("file", "w+"); print("text", file=file, flush=True); before = os.stat("file")
privileges.forbid_new_privileges()
lengths, signals = eval(sys.argv[2])
seccomp.restrict(reach.Reach(lengths, os.getpid() if signals else 0))
def tried(action, *arguments):
    try:
        action(*arguments)
    except OSError as error:
        return error.errno
    return 0
"""
ALWAYS = """
left, right = socket.socketpair()
left.send(b"x"); assert right.recv(1) == b"x"
print("pairs", tried(socket.socketpair, socket.AF_UNIX, socket.SOCK_DGRAM),
      tried(socket.socketpair, socket.AF_UNIX, socket.SOCK_SEQPACKET))
print("sockets", *(tried(socket.socket, family) for family in (socket.AF_UNIX, socket.AF_INET)))
print("handing over", tried(socket.send_fds, left, [b"x"], [file.fileno()]))
print("marks", tried(os.chmod, "file", 0), tried(os.chown, "file", 1, 1), tried(os.utime, "file"),
      tried(os.utime, "file", (1, 1)), tried(os.utime, file.fileno()),
      tried(os.setxattr, "file", "user.x", b"y"))
assert os.stat("file") == before
print("terminals", tried(fcntl.ioctl, 0, 0x5414, b"12345678"), tried(fcntl.ioctl, file, 0x40049409))
ready = bytearray(4); right.sendall(b"abc"); fcntl.ioctl(left, termios.FIONREAD, ready)
assert ready[0] == 3
print("owners", tried(fcntl.fcntl, left, fcntl.F_SETOWN, others))
print("dumping", tried(called, "prctl", 4, 0, 0, 0, 0), tried(called, "prctl", 3, 0, 0, 0, 0))
for action in (os.getpgid, os.getsid, os.sched_getscheduler, os.sched_getparam):
    assert tried(action, 0) == 0 and tried(action, others) == 1, action
print("limits", tried(resource.prlimit, others, resource.RLIMIT_CPU),
      tried(resource.prlimit, 0, resource.RLIMIT_CPU))
print("priorities", tried(os.setpriority, 0, 0, 5), tried(os.getpriority, 0, others))
print("handles", tried(os.pidfd_open, os.getpid()))
for name, pair in {**reach.REFUSED, **seccomp.REFUSED}.items():
    if pair[column] is not None and tried(raw, pair[column], -1, -1, -1, -1, -1, -1) != 1:
        print(name, "is let through")
"""
SAYS = """
pairs 1 1
sockets 1 1
handing over 1
marks 0 0 1 0 0 1
terminals 25 25
owners 1
dumping 1 0
limits 1 0
priorities 1 1
handles 1
"""
OLDER = """
print("signals", tried(os.kill, others, 0), tried(os.kill, os.getpid(), 0), tried(os.kill, 0, 0),
      tried(os.kill, -1, 0), tried(called, "tgkill", others, others, 0))
print("cutting", tried(os.truncate, "file", 0), tried(os.open, "file", os.O_TRUNC),
      tried(os.open, "file", os.O_TRUNC | 3), os.path.getsize("file"))
print("writing", tried(os.open, "file", os.O_TRUNC | os.O_RDWR), os.path.getsize("file"))
"""
OLDER_SAYS = """
signals 1 0 0 1 1
cutting 13 13 13 5
writing 0 0
"""


@pytest.mark.parametrize("beyond", [NEW, OLD])
@pytest.mark.parametrize("machine", EXTRA)
def test_each_line_of_the_tables(machine, beyond):
    wrong = [
        name
        for expected, table in TABLES.items()
        for name, pair in table.items()
        if (number := pair[EXTRA[machine]]) is not None
        and answer(machine, number, beyond=beyond) != expected
    ]
    assert not wrong


@pytest.mark.parametrize("machine", EXTRA)
def test_oneself_alone(machine):
    for numbers, place, values, error in reach.ONESELF:
        other = [0] * 6
        other[place] = 4711
        number = numbers[EXTRA[machine]]
        assert values == (0,)
        assert answer(machine, number, beyond=NEW) == 0
        assert answer(machine, number, *other, beyond=NEW) == error


@pytest.mark.parametrize("machine", EXTRA)
def test_signals_and_lengths_where_landlock_is_old(machine):
    column = EXTRA[machine]
    kill = reach.KILL[column]
    found = [answer(machine, kill, pid & 0xFFFFFFFF, beyond=OLD) for pid in (0, 77, -77, 78, -1)]
    assert found == [0, 0, 0, errno.EPERM, errno.EPERM]
    for numbers in reach.SIGNALS[1:]:
        found = [answer(machine, numbers[column], pid, beyond=OLD) for pid in (77, 78, 0)]
        assert found == [0, errno.EPERM, errno.EPERM]
    for numbers, flags in ((reach.OPEN, 1), (reach.OPENAT, 2)):
        if numbers[column] is None:
            continue
        ways = (os.O_RDONLY, os.O_WRONLY, os.O_RDWR, 3)
        for cut, expected in ((0, [0] * 4), (os.O_TRUNC, [errno.EACCES, 0, 0, errno.EACCES])):
            arguments = [[0] * flags + [way | cut] for way in ways]
            found = [answer(machine, numbers[column], *some, beyond=OLD) for some in arguments]
            assert found == expected
    assert answer(machine, reach.TRUNCATE[column], beyond=OLD) == errno.EACCES
    assert answer(machine, reach.OPENAT2[column], beyond=OLD) == errno.ENOSYS
    for numbers in (*reach.SIGNALS, reach.TRUNCATE, reach.OPENAT2):
        assert answer(machine, numbers[column], 78, beyond=NEW) == 0


@pytest.mark.parametrize("machine", EXTRA)
def test_times_only_seem_to_be_set(machine):
    number = reach.UTIMENSAT[EXTRA[machine]]
    found = [
        answer(machine, number, 3, path, times, beyond=NEW)
        for path, times in ((9, 9), (0, 9), (0, 0), (9, 0))
    ]
    assert found == [NOTHING_DONE] * 3 + [errno.EPERM]


@pytest.mark.parametrize("machine", EXTRA)
def test_all_other_calls_are_as_with_namespaces(machine):
    column = EXTRA[machine]
    special = {pair[column] for table in TABLES.values() for pair in table.values()}
    special |= {numbers[column] for numbers, *_ in reach.ONESELF}
    special.add(reach.UTIMENSAT[column])
    special |= {seccomp.SOCKET[column], seccomp.SOCKETPAIR[column], seccomp.IOCTL[column]}
    wrong = [
        number
        for number in range(600)
        if number not in special and answer(machine, number, beyond=NEW) != answer(machine, number)
    ]
    assert not wrong
    fcntl = apart.BY_ARGUMENT["fcntl"].numbers[column]
    assert [answer(machine, fcntl, 3, n, beyond=NEW) for n in (3, 6, 8, 1024)] == [
        0, NOTHING_DONE, errno.EPERM, errno.EPERM,
    ]  # fmt: skip
    pair = seccomp.SOCKETPAIR[column]
    assert answer(machine, pair, socket.AF_UNIX, socket.SOCK_STREAM, beyond=NEW) == 0
    assert answer(machine, pair, socket.AF_INET, socket.SOCK_STREAM, beyond=NEW) != 0


@pytest.mark.skipif(
    not (sys.platform == "linux" and seccomp.available()), reason="this kernel has no seccomp"
)
@pytest.mark.parametrize(
    ("beyond", "lines", "expected"),
    [((False, False), ALWAYS, SAYS), ((True, True), ALWAYS + OLDER, SAYS.rstrip() + OLDER_SAYS)],
)
def test_real_calls(beyond, lines, expected, tmp_path):
    outcome = subprocess.run(
        [sys.executable, "-I", "-c", HEAD + lines, ROOT, repr(beyond), tmp_path],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (outcome.stdout.strip(), outcome.stderr) == (expected.strip(), "")
