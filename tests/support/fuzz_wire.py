"""Throw forged frames at the wire: ``python tests/support/fuzz_wire.py -runs=1000000``.

It needs atheris. An input is either the frame itself or, after four bytes that seed it, a recipe
for changing a true one. Anything but a message or a `WireError` is a finding. What is read is
packed again and must come out the same. tests/sandbox/wire runs the same on hypothesis' inputs.
"""

from __future__ import annotations

import random
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from autograder.sandbox import wire
from autograder.sandbox.wire import Bounds, Opaque, WireError

SMALL = Bounds(header_bytes=1 << 12, buffer_bytes=1 << 12, depth=4, arrays=4, keys=4)
BIG = Bounds(header_bytes=1 << 24)  # what is read may take more when it is packed again
BOUNDS = Bounds(header_bytes=1 << 14, buffer_bytes=1 << 14, depth=8, arrays=16, keys=64)
SEEDS: list[Any] = [
    None,
    ["call", {"W1": np.arange(4.0), 2: (None, True, False, 1j)}, np.float32(1), Opaque("x")],
    [np.ones(2, bool), np.zeros((0, 3)), np.array(1 + 2j), -1, 2**64 - 1, "é", 0.5],
    {"a": [[[[1]]]], "b": ({}, [], ())},
]


class Ends:
    """A socket whose other end has sent some bytes and closed."""

    def __init__(self, data: bytes) -> None:
        self.rest = memoryview(data)

    def fileno(self) -> int:
        return -1

    def gettimeout(self) -> None:
        return None

    def settimeout(self, timeout: float | None) -> None:
        pass

    def recv_into(self, target: memoryview) -> int:
        count = min(len(target), len(self.rest))
        target[:count], self.rest = self.rest[:count], self.rest[count:]
        return count

    def recv(self, size: int) -> bytes:
        data, self.rest = self.rest[:size], self.rest[size:]
        return bytes(data)


def receive_frame(data: bytes, bounds: Bounds) -> Any:
    """Return the message in `data`, after which the connection closes."""
    return wire.receive(Ends(data), bounds, deadline=None)  # type: ignore[arg-type]


def in_two_steps(data: bytes, bounds: Bounds) -> Any:
    """Return the same, first received and then taken apart, as answers are."""
    frame = wire.receive_frame(Ends(data), bounds, deadline=None, ahead=bytearray())  # type: ignore
    return wire.unpack(*frame, bounds, writeable=False)


def try_frame(data: bytes, bounds: Bounds) -> None:
    """Raise if `data` makes the wire do anything but what it promises."""
    try:
        message = receive_frame(data, bounds)
    except WireError:
        _refuse(data, bounds)
        return
    _same(message, in_two_steps(data, bounds))
    again = wire.pack(message, BIG)
    _same(message, receive_frame(b"".join(again), BIG))


def _refuse(data: bytes, bounds: Bounds) -> None:
    try:
        message = in_two_steps(data, bounds)
    except WireError:
        return
    raise AssertionError(f"{message!r} was refused when it was read at once")


def _same(one: Any, other: Any) -> None:
    if type(one) is not type(other) or _outline(one) != _outline(other):
        raise AssertionError(f"{one!r} came back as {other!r}")
    if isinstance(one, list | tuple):
        for left, right in zip(one, other, strict=True):
            _same(left, right)
    elif isinstance(one, dict):
        _same(list(one.values()), list(other.values()))


def _outline(value: Any) -> Any:
    """Return what must be equal of a value, its items aside."""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype, value.shape, value.tobytes()
    if isinstance(value, list | tuple):
        return len(value)
    return list(value) if isinstance(value, dict) else repr(value)


def changed_frame(recipe: bytes) -> bytes:
    """Return a frame with one of the columns of a true one changed as `recipe` says."""
    dice = random.Random(recipe[:4])
    head, *buffers = wire.pack(dice.choice(SEEDS))
    columns = msgspec.msgpack.decode(head[wire.PREFIX.size :])
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(columns))
        columns[place] = _changed(columns[place], dice, recipe[4:])
    header = msgspec.msgpack.encode(columns)
    body = b"".join(buffers)
    if dice.random() < 0.2:
        body = body[: dice.randint(0, len(body))] + recipe[4:]
    return wire.PREFIX.pack(wire.MAGIC, len(header), len(body)) + header + body


def _changed(column: Any, dice: random.Random, extra: bytes) -> Any:
    if not isinstance(column, bytes | list):
        return dice.choice([0, 1, -1, 2, 3, 13, 14, 2**31, 2**63, 2**64 - 1, 0.5, "x", extra, None])
    low = dice.randint(0, len(column))
    high = min(len(column), low + dice.randint(0, 2))
    if isinstance(column, bytes):
        return column[:low] + extra[: dice.randint(0, 8)] + column[high:]
    middle = [_changed(item, dice, extra) for item in column[low:high]]
    return column[:low] + middle * dice.randint(0, 2) + column[high:]


def try_changed(data: bytes) -> None:
    """Try a frame made by `changed_frame`."""
    try_frame(changed_frame(data), BOUNDS)


def one_input(data: bytes) -> None:
    """Try one input of the fuzzer: raw, as a header with a true prefix, or as a recipe."""
    way, rest = data[:1], data[1:]
    if way < b"\x20":
        try_frame(rest, BOUNDS)
    elif way < b"\xa0":
        cut = len(rest) if way < b"\x60" else len(rest) - len(rest) // 4
        try_frame(wire.PREFIX.pack(wire.MAGIC, cut, len(rest) - cut) + rest, BOUNDS)
    else:
        try_changed(rest)


def main() -> None:
    """Fuzz with the code of the wire instrumented, from true frames if no corpus is given."""
    atheris = import_module("atheris")  # no dependency of ours
    atheris.instrument_all()
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
