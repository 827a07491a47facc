"""The bytes of frames as they come over a socket, and the time there is to wait for them."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from autograder.sandbox.wire.frame import MAGIC, PREFIX, Bounds, Closed, WireError, check_bound

CHUNK = 1 << 16  # a header grows by this much, so that a lie about its size costs no memory

Came = TypeVar("Came", bytes, int)


class Frame(NamedTuple):
    """A message as it came, not yet taken apart by `unpack`."""

    header: bytes
    buffers: bytes


class Incoming:
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
def timed(sock: socket.socket, deadline: float | None) -> Iterator[Callable[[], None]]:
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
