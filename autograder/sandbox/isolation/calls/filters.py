"""The lines of a seccomp filter: a small program that the kernel runs on every system call."""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Mapping

# <linux/seccomp.h>, <linux/filter.h>
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
LOAD, JUMP, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY, RETURN = 0x20, 0x05, 0x15, 0x35, 0x45, 0x06
MASK = 0x54
# Places in struct seccomp_data; eight bytes for each argument.
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16


def no_cutting(flags: int) -> list[bytes]:
    """Refuse to cut a file short that is not opened for writing."""
    writes = line(JUMP_EQUAL, os.O_WRONLY, 1, 0), line(JUMP_EQUAL, os.O_RDWR, 0, 1)
    return [
        load(flags),
        line(JUMP_ANY, os.O_TRUNC, 1, 0),
        line(RETURN, ALLOW),
        line(MASK, os.O_ACCMODE),
        *writes,
        line(RETURN, ALLOW),
        refuse(errno.EACCES),
    ]


def seeming_times(path: int, times: int) -> list[bytes]:
    """Say that times were set, and set none; refuse where a file by its path gets the present one.

    Half a pointer is looked at: nothing is set either way.
    """
    return [
        load(times),
        line(JUMP_EQUAL, 0, 1, 0),
        refuse(0),
        load(path),
        line(JUMP_EQUAL, 0, 0, 1),
        refuse(0),
        refuse(errno.EPERM),
    ]


def unless_among(values: tuple[int, ...], place: int, error: int) -> list[bytes]:
    """Go on where an argument is one of the values; refuse the call otherwise."""
    tests = [line(JUMP_EQUAL, v, len(values) - n, 0) for n, v in enumerate(values)]
    return [load(place), *tests, refuse(error)]


def search(answers: list[tuple[int, list[bytes]]]) -> list[bytes]:
    """Find a call's answer by halving: the kernel tries the filter on every call there is."""
    if len(answers) == 1:
        ((number, body),) = answers
        return [line(JUMP_EQUAL, number, 0, len(body)), *body, line(RETURN, ALLOW)]
    middle = len(answers) // 2
    lower, upper = search(answers[:middle]), search(answers[middle:])
    # Only this jump reaches further than 255 lines.
    over = [line(JUMP_AT_LEAST, answers[middle][0], 0, 1), line(JUMP, len(lower))]
    return [*over, *lower, *upper]


def load(argument: int) -> bytes:
    """Load an argument of the call."""
    return line(LOAD, ARGUMENTS + 8 * argument)


def unless_any(bits: int, number: int) -> list[bytes]:
    """Allow the call unless any of the bits is set; then give an error."""
    return [line(JUMP_ANY, bits, 0, 1), refuse(number), line(RETURN, ALLOW)]


def unless_equal(answers: Mapping[int, int]) -> list[bytes]:
    """Allow the call unless an argument has one of the values; each has its error."""
    pairs = [(line(JUMP_EQUAL, value, 0, 1), refuse(number)) for value, number in answers.items()]
    return [one for pair in pairs for one in pair] + [line(RETURN, ALLOW)]


def only_equal(*values: int) -> list[bytes]:
    """Allow the call for the families given, and give an error for all others."""
    pairs = [(line(JUMP_EQUAL, value, 0, 1), line(RETURN, ALLOW)) for value in values]
    return [one for pair in pairs for one in pair] + [refuse(errno.EAFNOSUPPORT)]


def refuse(number: int) -> bytes:
    """Do nothing and return an error; with number 0 it is a success, and nothing is done either."""
    return line(RETURN, REFUSE | number)


def line(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return one instruction: eight bytes, as the kernel wants it."""
    return struct.pack("HBBI", code, if_true, if_false, value)
