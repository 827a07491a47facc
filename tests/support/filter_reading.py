"""Run a seccomp filter as the kernel does, for any machine."""

from __future__ import annotations

import struct

from autograder.sandbox.isolation.calls import filters, seccomp
from autograder.sandbox.isolation.calls.reach import Reach

# The place of each machine's number in the tables.
EXTRA = {"x86_64": 0, "aarch64": 1}
NOTHING_DONE = "nothing done"


def answer(
    machine: str,
    number: int | None,
    *arguments: int,
    identity: int | None = None,
    beyond: Reach | None = None,
) -> int | str:
    """Return 0 if the filter allows the call, else the error it gives, or that nothing is done."""
    assert number is not None
    program = list(struct.iter_unpack("HBBI", seccomp.build_filter(machine, beyond)))
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
