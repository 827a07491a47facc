"""The grading process' side of the examiner: its process, and one session for each hand-in."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, NamedTuple

from autograder.sandbox import wire
from autograder.sandbox.asking import START_SECONDS
from autograder.sandbox.client import Zygote, ZygoteLost
from autograder.sandbox.examining.bounds import CELL_PARTS, EXAM, GRACE_SECONDS
from autograder.sandbox.replies import CellRun, NoReply, read_cell_reply

# Beyond the examiner's own grace.
PATIENCE_SECONDS = 4.0


class Asked(NamedTuple):
    """An instructor's cell to run; the fields are what `CELL_PARTS` names."""

    number: int
    source: str
    budget: float
    given: list[str]
    forget: list[str]
    hide: list[str]
    shared: list[str]
    allowed: list[str] | None
    texts: list[str]
    shadowing: list[str]


assert Asked._fields == CELL_PARTS


class Came(NamedTuple):
    """What an instructor's cell showed and needed, and the sides of its failed assert."""

    run: CellRun
    used: tuple[str, ...]
    sides: tuple[str, ...]


class Examiner:
    """A process that forks one for each hand-in; it dies with the thread that made the zygote."""

    def __init__(self, zygote: Zygote, prelude: str) -> None:
        self._zygote, self._prelude = zygote, prelude
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._control: socket.socket | None = None

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give an examiner's process for one hand-in, which ends with the block."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            with self._lock:
                if self._control is None:
                    child = self._stack.enter_context(self._zygote.wait().child())
                    self._control = child.begin({"prelude": self._prelude})
                try:
                    socket.send_fds(self._control, [b"E"], [theirs.fileno()])
                except OSError:
                    raise ZygoteLost("the examiner's process is gone") from None
            theirs.close()
            yield Session(ours)

    def close(self) -> None:
        """End it, and all that it runs."""
        with suppress(ZygoteLost):
            self._stack.close()
        self._zygote.close()


class Session:
    """One hand-in's examiner."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def begin(self, asked: Asked) -> None:
        """Have a cell run."""
        self.send(("cell", *asked))

    def send(self, message: tuple[Any, ...]) -> None:
        """Send a message."""
        try:
            deadline = time.monotonic() + START_SECONDS
            wire.send(self._sock, message, deadline=deadline, bounds=EXAM)
        except (wire.WireError, OSError):
            raise ExaminerLost("ended its own process") from None

    def receive(self, seconds: float) -> Any:
        """Return what it says next: what it asks, or a `Came` where its cell has ended."""
        deadline = time.monotonic() + seconds + GRACE_SECONDS + PATIENCE_SECONDS
        try:
            frame = wire.receive_frame(self._sock, EXAM, deadline=deadline)
            message = wire.unpack(*frame, EXAM)
        except TimeoutError:
            raise ExaminerLost("could not be interrupted") from None
        except (wire.WireError, OSError):
            raise ExaminerLost("ended its own process") from None
        if message[0] == "broken":
            raise ExaminerLost(f"broke off with {message[1]}")
        return _came(message) if message[0] == "end" else message


class ExaminerLost(Exception):
    """The examiner's process is gone: a fault of an instructor's cell; the message says how."""


def _came(message: tuple[Any, ...]) -> Came:
    *reply, used, sides = message[1:]
    pieces = b"".join(map(bytes, wire.pack(tuple(reply), wire.CELL)))
    _, size, _ = wire.PREFIX.unpack_from(pieces)
    frame = wire.Frame(pieces[wire.PREFIX.size :][:size], pieces[wire.PREFIX.size + size :])
    try:
        said = read_cell_reply(frame)
    except NoReply as problem:
        raise ExaminerLost(str(problem)) from None
    return Came(said.came, tuple(map(str, used)), tuple(map(str, sides)))
