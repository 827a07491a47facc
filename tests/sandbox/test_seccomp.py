"""What the seccomp filter says to each call, read by a machine of one's own, for each machine."""

from __future__ import annotations

import errno
import socket
import struct

import pytest

from autograder.sandbox.isolation import apart, filters, seccomp, syscalls

EXTRA = {"x86_64": 0, "aarch64": 1}
ALLOWED = {"x86_64": range(0, 16), "aarch64": (56, 57, 63, 64, 215, 222, 260)}


NOTHING_DONE = "nothing done"


def answer(machine: str, number: int, *arguments: int, identity: int | None = None) -> int | str:
    """Run the filter: 0 if it allows the call, else the error it gives, or that nothing is done."""
    program = list(struct.iter_unpack("HBBI", seccomp.build_filter(machine)))
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("IIQ6Q", number, identity or seccomp.MACHINES[machine][0], 0, *padded)
    place = value = 0
    while True:
        code, if_true, if_false, operand = program[place]
        place += 1
        if code == filters.RETURN:
            return 0 if operand == filters.ALLOW else operand & 0xFFFF or NOTHING_DONE
        if code == filters.LOAD:
            (value,) = struct.unpack_from("I", data, operand)
            continue
        if code == filters.JUMP:
            place += operand
            continue
        if code == filters.MASK:
            value &= operand
            continue
        holds = {
            filters.JUMP_EQUAL: value == operand,
            filters.JUMP_AT_LEAST: value >= operand,
            filters.JUMP_ANY: bool(value & operand),
        }[code]
        place += if_true if holds else if_false


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
