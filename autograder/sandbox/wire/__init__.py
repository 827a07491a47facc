"""Plain data over a socket, between processes of which one is not trusted.

A frame is a prefix with two lengths, a msgpack header and the bytes of the arrays.
"""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Sequence
from typing import Any

import msgspec

from autograder.sandbox.wire.frame import (
    DEFAULT,
    MAGIC,
    PREFIX,
    Bounds,
    Closed,
    WireError,
    check_bound,
)
from autograder.sandbox.wire.incoming import CHUNK, Frame, Incoming, timed
from autograder.sandbox.wire.reader import read
from autograder.sandbox.wire.writer import Writer
from workbook.plain import Opaque

__all__ = [
    "ANSWER",
    "CELL",
    "CHUNK",
    "JOB",
    "MAGIC",
    "PREFIX",
    "Bounds",
    "Closed",
    "Frame",
    "Opaque",
    "WireError",
    "pack",
    "receive",
    "receive_frame",
    "send",
    "send_frame",
    "unpack",
]

PIECES = 512  # of one writev; the system's IOV_MAX is 1024

# A job holds the cells of a whole hand-in, whose file may have 20 MB.
JOB = Bounds(header_bytes=64 << 20)
# What a cell shows is text and pictures, as much as the shell keeps of it.
CELL = Bounds(header_bytes=6 << 20, buffer_bytes=0, values=1 << 14)
# A class must not fill the grader's memory: an honest answer has some ten arrays and 0.1 MB.
ANSWER = Bounds(
    header_bytes=1 << 16, buffer_bytes=8 << 20, arrays=1024, values=1 << 13, containers=1024
)

_ENCODER = msgspec.msgpack.Encoder()


def pack(message: Any, bounds: Bounds = DEFAULT) -> list[bytes | memoryview]:
    """Return the pieces of a frame; what is no plain data becomes `Opaque`.

    Raises
    ------
    WireError
        If the message is larger than `bounds` allow: nothing else about a value raises.
    """
    writer = Writer(bounds)
    writer.write(message)
    header = _ENCODER.encode(writer.header())
    check_bound("header_bytes", len(header), bounds.header_bytes)
    return [PREFIX.pack(MAGIC, len(header), writer.size) + header, *writer.buffers]


def unpack(
    header: bytes | bytearray | memoryview,
    buffers: bytes | bytearray | memoryview,
    bounds: Bounds = DEFAULT,
    *,
    writeable: bool = True,
) -> Any:
    """Return the message that `pack` made this header and these array bytes of.

    Parameters
    ----------
    writeable : bool
        Whether its arrays may be changed: not if many are to share them.

    Raises
    ------
    WireError
        If they are no message within `bounds`.

    Examples
    --------
    >>> frame = b"".join(pack({"W1": [1.5, 2], "odd": object()}))
    >>> _, size, _ = PREFIX.unpack_from(frame)
    >>> unpack(frame[PREFIX.size :][:size], frame[PREFIX.size + size :])
    {'W1': [1.5, 2], 'odd': Opaque(kind='object')}
    """
    check_bound("header_bytes", len(header), bounds.header_bytes)
    check_bound("buffer_bytes", len(buffers), bounds.buffer_bytes)
    rest = memoryview(buffers)

    def fill(target: memoryview) -> None:
        nonlocal rest
        target[:] = rest[: len(target)]
        rest = rest[len(target) :]

    return read(header, len(buffers), bounds, fill, writeable=writeable)


def send(
    sock: socket.socket, message: Any, *, deadline: float | None, bounds: Bounds = DEFAULT
) -> None:
    """Send a message; after `Closed` or `TimeoutError` the connection is of no more use.

    Parameters
    ----------
    deadline : float or None
        When to give up with `TimeoutError`, as `time.monotonic` counts; None waits for ever.
    """
    send_frame(sock, pack(message, bounds), deadline=deadline)


def send_frame(
    sock: socket.socket, pieces: Sequence[bytes | memoryview], *, deadline: float | None
) -> None:
    """Send what `pack` returned, perhaps not for the first time."""
    views = [memoryview(piece) for piece in pieces]
    with timed(sock, deadline) as wait:
        while views:
            wait()
            views = _unsent(views, _write(sock, views[:PIECES]))


def receive(
    sock: socket.socket,
    bounds: Bounds = DEFAULT,
    *,
    deadline: float | None,
    ahead: bytearray | None = None,
) -> Any:
    """Return the next message; after any error the connection is of no more use.

    Parameters
    ----------
    deadline : float or None
        When to give up with `TimeoutError`, as `time.monotonic` counts; None waits for ever.
    ahead : bytearray, optional
        Kept by the caller from one message to the next, for what has come beyond this one: then
        many small messages take one system call. Without it not a byte more is read.
    """
    with timed(sock, deadline) as wait:
        incoming = Incoming(sock, wait, ahead)
        if frame := incoming.whole(bounds):
            return unpack(*frame, bounds)
        header_size, buffer_size = incoming.sizes(bounds)
        return read(incoming.take(header_size), buffer_size, bounds, incoming.fill)


def receive_frame(
    sock: socket.socket,
    bounds: Bounds = DEFAULT,
    *,
    deadline: float | None,
    ahead: bytearray | None = None,
) -> Frame:
    """Return the next message as `receive` would, but not yet taken apart."""
    with timed(sock, deadline) as wait:
        incoming = Incoming(sock, wait, ahead)
        if frame := incoming.whole(bounds):
            return frame
        header_size, buffer_size = incoming.sizes(bounds)
        return Frame(bytes(incoming.take(header_size)), bytes(incoming.take(buffer_size)))


def _write(sock: socket.socket, views: list[memoryview]) -> int:
    """Write as to a file: where there are no namespaces, a child may not send messages."""
    while True:
        try:
            return os.writev(sock.fileno(), views)
        except BlockingIOError:
            ready, seconds = select.poll(), sock.gettimeout()
            ready.register(sock, select.POLLOUT)
            if not ready.poll(seconds if seconds is None else 1000 * seconds):
                raise TimeoutError("timed out") from None


def _unsent(views: list[memoryview], sent: int) -> list[memoryview]:
    for place, view in enumerate(views):
        if sent < len(view):
            return [view[sent:], *views[place + 1 :]]
        sent -= len(view)
    return []
