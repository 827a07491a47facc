"""The grading process' side of the sandbox: start a zygote, have it fork a child."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np

from autograder.errors import UserError
from autograder.sandbox import wire
from autograder.sandbox.asking import START_SECONDS, Child
from autograder.sandbox.inside.zygote import BEGUN, JOB, KILL
from autograder.sandbox.isolation import Level, Limits
from autograder.sandbox.launching import Launched


class ZygoteLost(Exception):
    """The zygote is gone: a fault of the machine, not of a submission."""


@dataclass(eq=False)
class Zygote:
    """A warm process that forks a child for each submission, one at a time.

    It dies with the thread that made it. It gets warm by itself; `wait` until it is, before the
    first child.

    Parameters
    ----------
    support : mapping
        The files that lie beside every submission, by name.
    warm : sequence of str
        Cells that it runs once to get warm. They must hold nothing that a student may not see.
    hidden : sequence of Path
        What must not be seen although it may lie inside something that is: the course.
    launched : Launched, optional
        Its process, if it is under way already, with the same `level` and `hidden`.

    Attributes
    ----------
    last_end : str
        What the last child was ended for, if it was before it was asked for; in our words.
    left_running : bool
        Whether the last child still had others running when it was asked to end.
    cold : str
        Why it is not warm, if it is not: then every child is slower, and nothing else.
    """

    support: Mapping[str, bytes]
    warm: Sequence[str] = ()
    level: Level = Level.NAMESPACES
    limits: Limits = field(default_factory=Limits)
    hidden: Sequence[Path] = ()
    launched: Launched | None = None
    parts: tuple[str, ...] = ()
    last_end: str = ""
    left_running: bool = False
    cold: str = ""

    def __post_init__(self) -> None:
        self._is_ready = self._has_child = False
        self._next: socket.socket | None = None
        self._start()

    def _start(self) -> None:
        self._process = self.launched or Launched(self.level, self.hidden)
        self.launched, self._control = None, self._process.control
        # It takes the files when it has imported what it needs; others can be started meanwhile.
        self._sending = Thread(target=self._send_setup, daemon=True)
        self._sending.start()

    @contextmanager
    def child(self) -> Iterator[Child]:
        """Give a child for one submission; it and all it started are gone at the end.

        The next one is forked right then, to be ready by the time that it is wanted.
        """
        sock, self._next = self._next or self._fork(), None
        self._has_child = True
        try:
            _wait_until_begun(sock)
            yield Child(sock, self._end_child)
        finally:
            # First the end, then the socket: a child that sees it closed would end by itself, and
            # nobody would see what it had left running.
            try:
                self._end_child()
            finally:
                sock.close()
        with suppress(ZygoteLost):  # whoever wants it will be told
            self._next = self._fork()

    def close(self) -> None:
        """End the zygote and whatever it still runs."""
        if self._next:
            self._next.close()
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)  # or what is being sent would wait for it
        self._sending.join()
        self._process.close()

    def wait(self) -> Zygote:
        """Wait until the zygote is ready: warm or, where the warming-up fails, cold.

        Raises
        ------
        UserError
            If it does not start.
        """
        if self._is_ready:
            return self
        ready, reason = self._answer()
        if ready is None and self.warm:  # to warm up is a convenience
            self.close()
            self.warm, cold = (), reason
            self._start()
            ready, reason = self._answer()
            self.cold = cold
        if ready is None:
            self.close()
            raise UserError(
                f"The sandbox does not start ({reason}): run `autograder doctor` to see why."
            )
        self.parts = tuple(ready["ready"])
        self.cold = self.cold or str(ready["cold"])
        self._is_ready = True
        return self

    def _answer(self) -> tuple[Any, str]:
        """Return what the zygote says when it is ready; or None, and why it says nothing."""
        deadline = time.monotonic() + START_SECONDS
        # Two threads at one socket would each set the other's time-out.
        self._sending.join(START_SECONDS)
        try:
            return wire.receive(self._control, wire.Bounds(), deadline=deadline), ""
        except TimeoutError:
            return None, f"it was not ready within {START_SECONDS:g} s"
        except (wire.WireError, OSError):
            return None, self._process.why_ended()

    def _fork(self) -> socket.socket:
        """Have a child forked; return our end of its socket."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [JOB], [theirs.fileno()])
        except OSError:
            ours.close()
            raise ZygoteLost("the sandbox's zygote is gone") from None
        return ours

    def _send_setup(self) -> None:
        files = {name: np.frombuffer(data, np.uint8) for name, data in self.support.items()}
        setup = {
            "support": files,
            "preload": _modules(self.support),
            "limits": asdict(self.limits),
            "warm": list(self.warm),
        }
        with suppress(wire.WireError, TimeoutError, OSError):  # `wait` will tell
            wire.send(self._control, setup, deadline=time.monotonic() + START_SECONDS)

    def _end_child(self) -> str:
        """End the child, if it has not been ended; return why that was before it was asked for."""
        if not self._has_child:
            return self.last_end
        self._has_child = False
        try:
            self._control.sendall(KILL)
            deadline = time.monotonic() + START_SECONDS
            ended: Any = wire.receive(self._control, wire.Bounds(), deadline=deadline)
        except (wire.WireError, TimeoutError, OSError):
            raise ZygoteLost("the sandbox's zygote is gone") from None
        self.last_end, self.left_running = str(ended["ended"]), bool(ended["left_running"])
        return self.last_end


def _wait_until_begun(sock: socket.socket) -> None:
    """Wait until a child can be given something: what the last one left may take long to remove.

    From then on time counts. If it never begins, whoever asks it finds out.
    """
    sock.settimeout(START_SECONDS)
    with suppress(OSError):
        sock.recv(len(BEGUN))
    sock.settimeout(None)


def _modules(support: Iterable[str]) -> list[str]:
    """Return the names under which notebooks import the files that lie beside them."""
    names = (name[:-3].removesuffix("/__init__") for name in support if name.endswith(".py"))
    return [name.replace("/", ".") for name in names]
