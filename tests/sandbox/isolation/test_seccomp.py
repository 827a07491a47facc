"""What the seccomp filter says to each call, read by a machine of one's own, for each machine."""

from __future__ import annotations

import errno
import socket

import pytest

from autograder.sandbox.isolation.calls import apart, seccomp, syscalls
from tests.support.filter_reading import EXTRA, NOTHING_DONE, answer

CASES = [
    (machine, name, pair[EXTRA[machine]])
    for machine in EXTRA
    for name, pair in seccomp.REFUSED.items()
    if pair[EXTRA[machine]] is not None
]


@pytest.mark.parametrize(("machine", "name", "number"), CASES)
def test_refused(machine, name, number):
    assert answer(machine, number) == errno.EPERM


@pytest.mark.parametrize("machine", EXTRA)
def test_all_others_are_allowed(machine):
    special = {pair[EXTRA[machine]] for pair in seccomp.REFUSED.values()}
    special |= {getattr(seccomp, name)[EXTRA[machine]] for name in ("CLONE3", "SOCKET")}
    special |= {seccomp.SOCKETPAIR[EXTRA[machine]], apart.FLOCK[EXTRA[machine]]}
    wrong = [number for number in range(600) if number not in special and answer(machine, number)]
    assert not wrong


@pytest.mark.parametrize("machine", EXTRA)
def test_judged_by_their_arguments(machine):
    column = EXTRA[machine]
    clone, ioctl = seccomp.CLONE[column], seccomp.IOCTL[column]
    assert answer(machine, clone, 0x3D0F00) == 0
    assert answer(machine, clone, syscalls.CLONE_NEWUSER | 17) == errno.EPERM
    assert answer(machine, ioctl, 0, 0x5401) == 0
    assert answer(machine, ioctl, 0, seccomp.TIOCSTI) == errno.EPERM
    assert answer(machine, seccomp.CLONE3[column]) == errno.ENOSYS
    for number in (seccomp.SOCKET[column], seccomp.SOCKETPAIR[column]):
        assert answer(machine, number, socket.AF_UNIX) == 0
        assert answer(machine, number, 16) == errno.EAFNOSUPPORT


@pytest.mark.parametrize("machine", EXTRA)
def test_what_marks_a_file_that_others_see_does_nothing(machine):
    column = EXTRA[machine]
    fcntl = apart.BY_ARGUMENT["fcntl"].numbers[column]
    assert answer(machine, apart.FLOCK[column], 3, 2) == NOTHING_DONE
    assert [answer(machine, fcntl, 3, command) for command in (6, 7, 37, 38)] == [NOTHING_DONE] * 4
    assert [answer(machine, fcntl, 3, command) for command in (1024, 1026)] == [errno.EPERM] * 2
    assert [answer(machine, fcntl, 3, command) for command in (0, 1, 2, 3, 4, 5, 1030)] == [0] * 7
    fadvise, madvise = (apart.BY_ARGUMENT[n].numbers[column] for n in ("fadvise64", "madvise"))
    assert [answer(machine, fadvise, 3, 0, 0, n) for n in (2, 4)] == [0, NOTHING_DONE]
    assert [answer(machine, madvise, 0, 0, n) for n in (4, 14, 21)] == [0, 0, NOTHING_DONE]
    read = apart.PREADV2[column]
    assert answer(machine, read, 3, 0, 0, 0, 0, 8) == errno.EOPNOTSUPP
    assert answer(machine, read, 3, 0, 0, 0, 0, 0) == 0


@pytest.mark.parametrize("machine", EXTRA)
def test_calls_of_another_kind_of_program_are_not_there(machine):
    assert answer(machine, 1, identity=0x40000003) == errno.ENOSYS
    assert answer(machine, seccomp.MACHINES[machine][1] + 1) == errno.ENOSYS
