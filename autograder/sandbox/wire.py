"""Plain data over a socket, between processes of which one is not trusted.

A frame is a prefix with two lengths, a msgpack header and the bytes of the arrays.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

import msgspec

from autograder.sandbox.frame import DEFAULT, Bounds, Closed, WireError, check_bound
from autograder.sandbox.frame_reader import read
from autograder.sandbox.frame_writer import Writer
from workbook.plain import Opaque

__all__ = [
    "ANSWER",
    "CELL",
    "JOB",
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

PREFIX = struct.Struct("<4sIQ")  # the magic bytes, the size of the header, that of the arrays
MAGIC = b"wbk1"
CHUNK = 1 << 16  # a header grows by this much, so that a lie about its size costs no memory
PIECES = 512  # of one sendmsg; the system's IOV_MAX is 1024

# A job holds the cells of a whole hand-in, whose file may have 20 MB.
JOB = Bounds(header_bytes=64 << 20)
# What a cell shows is text and pictures, as much as the shell keeps of it.
CELL = Bounds(header_bytes=6 << 20, buffer_bytes=0, values=1 << 14)
# A class must not fill the grader's memory: an honest answer has some ten arrays and 0.1 MB.
ANSWER = Bounds(header_bytes=1 << 16, buffer_bytes=8 << 20, arrays=1024, values=1 << 13)

Came = TypeVar("Came", bytes, int)

_ENCODER = msgspec.msgpack.Encoder()


class Frame(NamedTuple):
    """A message as it came, not yet taken apart by `unpack`."""

    header: bytes
    buffers: bytes


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
    with _timed(sock, deadline) as wait:
        while views:
            wait()
            views = _unsent(views, sock.sendmsg(views[:PIECES]))


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
    with _timed(sock, deadline) as wait:
        incoming = _Incoming(sock, wait, ahead)
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
    with _timed(sock, deadline) as wait:
        incoming = _Incoming(sock, wait, ahead)
        if frame := incoming.whole(bounds):
            return frame
        header_size, buffer_size = incoming.sizes(bounds)
        return Frame(bytes(incoming.take(header_size)), bytes(incoming.take(buffer_size)))


class _Incoming:
    """The bytes that come next: those in `ahead`, then those of the socket."""

    def __init__(
        self, sock: socket.socket, wait: Callable[[], None], ahead: bytearray | None
    ) -> None:
        self._sock, self._wait, self._ahead = sock, wait, ahead

    def whole(self, bounds: Bounds) -> Frame | None:
        """Return the next frame if all of it is ahead, as small ones are after one read."""
        if self._ahead is None:
            return None
        if not self._ahead:
            self._wait()
            self._ahead += _some(self._sock.recv(CHUNK))
        if len(self._ahead) < PREFIX.size:
            return None
        header_size, buffer_size = _checked_sizes(self._ahead, bounds)
        middle = PREFIX.size + header_size
        end = middle + buffer_size
        if len(self._ahead) < end:
            return None
        frame = Frame(bytes(self._ahead[PREFIX.size : middle]), bytes(self._ahead[middle:end]))
        del self._ahead[:end]
        return frame

    def sizes(self, bounds: Bounds) -> tuple[int, int]:
        """Read a prefix; return the sizes that it promises, of the header and of the arrays."""
        return _checked_sizes(self.take(PREFIX.size), bounds)

    def take(self, size: int) -> bytearray:
        """Return the next bytes, for which memory is taken only as they come."""
        data = bytearray()
        while len(data) < size:
            chunk = bytearray(min(size - len(data), CHUNK))
            self.fill(memoryview(chunk))
            data += chunk
        return data

    def fill(self, target: memoryview) -> None:
        """Write the next bytes into memory, all of it."""
        while target:
            if self._ahead:
                count = min(len(self._ahead), len(target))
                target[:count] = self._ahead[:count]
                del self._ahead[:count]
            else:
                self._wait()
                count = _some(self._sock.recv_into(target))
            target = target[count:]


def _some(came: Came) -> Came:
    """Return what came, or raise if that is nothing, which says that there will be no more."""
    if not came:
        raise Closed("the other end closed the connection")
    return came


def _checked_sizes(prefix: bytearray, bounds: Bounds) -> tuple[int, int]:
    """Return the sizes that a prefix promises, of the header and of the arrays."""
    magic, header_size, buffer_size = PREFIX.unpack_from(prefix)
    if magic != MAGIC:
        raise WireError("this is not the beginning of a frame")
    check_bound("header_bytes", header_size, bounds.header_bytes)
    check_bound("buffer_bytes", buffer_size, bounds.buffer_bytes)
    return header_size, buffer_size


@contextmanager
def _timed(sock: socket.socket, deadline: float | None) -> Iterator[Callable[[], None]]:
    """Give a function to call before each wait on `sock`; leave the socket's time-out as it was."""
    before = now = sock.gettimeout()

    def wait() -> None:
        nonlocal now
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            raise TimeoutError("timed out")
        if left != now:  # it takes a system call
            sock.settimeout(left)
            now = left

    try:
        yield wait
    except ConnectionError as error:
        raise Closed(f"the other end is gone: {error}") from error
    finally:
        if now != before and sock.fileno() != -1:  # not closed by another thread of ours meanwhile
            sock.settimeout(before)


def _unsent(views: list[memoryview], sent: int) -> list[memoryview]:
    for place, view in enumerate(views):
        if sent < len(view):
            return [view[sent:], *views[place + 1 :]]
        sent -= len(view)
    return []
