"""The grading process' side of a child: have it run cells, ask it questions."""

from __future__ import annotations

import socket
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from autograder.exercise import Answer, Call
from autograder.sandbox import wire
from autograder.sandbox.messages import Asked, CallReply, CellReply
from autograder.sandbox.noticing import REASONS

START_SECONDS = 60.0
# The child stops a cell or a call by itself; from outside it is given this much longer.
GRACE_SECONDS = 2.0
# So many bytes of calls are sent ahead: what the socket takes at once, so that sending them never
# waits for a child that itself waits for its answers to be read.
BYTES_AHEAD = 1 << 16
REASON_LENGTH = 500

Reply = TypeVar("Reply", CellReply, CallReply)


class ChildLost(Exception):
    """The child is gone or no longer follows the protocol; the message says how."""


@dataclass(frozen=True)
class CellRun:
    """What came of one cell: how it ended, its outputs in nbformat's form, its number."""

    status: str
    outputs: list[dict[str, Any]]
    count: int


@dataclass(frozen=True)
class Request:
    """One call, packed once for all submissions."""

    number: int
    budget: float
    frame: bytes


def make_request(number: int, function: str, call: Call, budget: float) -> Request:
    """Pack the call of a notebook's function, which may take `budget` seconds."""
    arguments = call.arguments, dict(call.keywords), call.shows_arguments
    asked = Asked(number, function, budget, *arguments)
    return Request(number, budget, b"".join(wire.pack(tuple(asked))))


@dataclass(frozen=True)
class Child:
    """One submission's process, as far as the grading process sees it.

    Attributes
    ----------
    noticed : dict
        What the process noticed of itself, each in words of ours.
    """

    _sock: socket.socket
    noticed: dict[str, None] = field(default_factory=dict)
    _ahead: bytearray = field(default_factory=bytearray)

    def run(
        self, cells: Sequence[tuple[str, float]], files: Mapping[str, bytes] | None = None
    ) -> Iterator[CellRun]:
        """Run cells, given as (source, seconds), beside `files`; yield what comes of each.

        Raises
        ------
        ChildLost
            If the child ends, overruns its time by more than the grace, or sends nonsense.
        """
        job = [{"source": source, "budget": budget} for source, budget in cells]
        arrays = {name: np.frombuffer(data, np.uint8) for name, data in (files or {}).items()}
        message = wire.pack({"cells": job, "files": arrays}, wire.JOB)
        self._send(message, time.monotonic() + START_SECONDS)
        for index, (_, budget) in enumerate(cells):
            reply = self._receive(CellReply, index, budget, wire.CELL)
            if not isinstance(reply.outputs, list):
                raise ChildLost("sent an answer that nobody asked for")
            yield CellRun(str(reply.status), reply.outputs, _number(reply.count))

    def ask(self, request: Request) -> Answer:
        """Call a function of the notebook; raise ChildLost as `run` does."""
        return next(self.ask_all([request]))

    def ask_all(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Make several calls and yield the answer to each; raise ChildLost as `run` does.

        Some are sent ahead, so that the two processes do not wait for each other after each call.
        """
        left, sent, size = deque(requests), deque[Request](), 0
        while left or sent:
            batch: list[Request] = []
            while left and (size + len(left[0].frame) <= BYTES_AHEAD or not size):
                batch.append(left.popleft())
                size += len(batch[-1].frame)
            if batch:
                frames = [request.frame for request in batch]
                self._send(frames, time.monotonic() + START_SECONDS)
                sent.extend(batch)
            request = sent.popleft()
            yield self._answer(request)
            size -= len(request.frame)

    def _answer(self, request: Request) -> Answer:
        reply = self._receive(CallReply, request.number, request.budget, wire.ANSWER)
        return Answer(str(reply.status), reply.value, str(reply.reason)[:REASON_LENGTH])

    def _send(self, pieces: Sequence[bytes | memoryview], deadline: float) -> None:
        try:
            wire.send_frame(self._sock, pieces, deadline=deadline)
        except TimeoutError:
            raise ChildLost("stopped listening") from None
        except (wire.WireError, OSError):
            raise ChildLost("ended its own process") from None

    def _receive(self, kind: type[Reply], number: int, budget: float, bounds: wire.Bounds) -> Reply:
        """Return the reply to what was asked under that number."""
        deadline = time.monotonic() + budget + GRACE_SECONDS
        try:
            got = wire.receive(self._sock, bounds, deadline=deadline, ahead=self._ahead)
        except TimeoutError:
            raise ChildLost(f"ran past {budget:g} s and could not be interrupted") from None
        except wire.Closed:
            raise ChildLost("ended its own process") from None
        except (wire.WireError, OSError) as error:
            raise ChildLost(f"sent something that is no answer ({error})") from None
        if type(got) is not tuple or len(got) != len(kind._fields):
            raise ChildLost("sent something that is no answer")
        reply = kind(*got)
        self._note(reply.noticed)
        if type(reply.number) is not int or reply.number != number:
            raise ChildLost("sent an answer that nobody asked for")
        return reply

    def _note(self, noticed: Any) -> None:
        """Keep what is one of our own sentences; the child may have put anything at all there."""
        words = (said for said in noticed if isinstance(said, str)) if type(noticed) is list else ()
        self.noticed.update({said: None for said in words if said in REASONS})


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 1_000_000 else 0
