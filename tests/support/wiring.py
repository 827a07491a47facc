"""Messages carried over the wire, and whether they arrive as they were."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing

import numpy as np

from autograder.sandbox import wire
from autograder.sandbox.wire import Bounds


def soon() -> float:
    return time.monotonic() + 20


def over_the_wire(message, bounds=Bounds()):  # noqa: B008  (frozen)
    """Return `message` as the other end gets it, whatever its size."""
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        sending = threading.Thread(
            target=wire.send, args=(ours, message), kwargs={"deadline": soon()}
        )
        sending.start()
        received = wire.receive(theirs, bounds, deadline=soon())
        sending.join()
    return received


def unpacked(message, bounds=Bounds()):  # noqa: B008  (frozen)
    frame = b"".join(wire.pack(message))
    _, size, _ = wire.PREFIX.unpack_from(frame)
    body = frame[wire.PREFIX.size :]
    return wire.unpack(body[:size], body[size:], bounds)


def assert_same(one, other):
    """Same types, bits, order of keys, and dtype but for its byte order."""
    assert type(one) is type(other)
    if isinstance(one, np.ndarray):
        assert one.shape == other.shape and other.dtype == one.dtype.newbyteorder("<")
        assert one.astype(other.dtype).tobytes() == other.tobytes()
    elif isinstance(one, np.generic):
        assert one.tobytes() == other.tobytes()
    elif isinstance(one, dict):
        assert list(one) == list(other)
        assert_same(list(one.values()), list(other.values()))
    elif isinstance(one, list | tuple):
        assert len(one) == len(other)
        for left, right in zip(one, other, strict=True):
            assert_same(left, right)
    else:
        assert repr(one) == repr(other)
