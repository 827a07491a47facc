"""The grading process' side of a child: have it run cells, ask it questions."""

from __future__ import annotations

import math
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import numpy as np

from autograder.assignment.exercise import Answer, Call
from autograder.sandbox import wire
from autograder.sandbox.messages import Asked, CallReply, CellReply
from autograder.sandbox.noticing import REASONS
from autograder.sandbox.sharing import Share, Task

START_SECONDS = 60.0
# The child stops a cell or a call by itself; from outside it is given this much longer.
GRACE_SECONDS = 2.0
# So many bytes of calls are sent ahead: what the socket takes at once, so that sending them never
# waits for a child that itself waits for its answers to be read.
BYTES_AHEAD = 1 << 16
REASON_LENGTH = 500
# Most of a class answer alike. So many answers are remembered of those that have at most so many
# bytes: some 50 MB in all, whatever a class sends.
SMALL, SMALL_BYTES = 1024, 1 << 14
LARGE, LARGE_BYTES = 64, 1 << 17

Reply = TypeVar("Reply", CellReply, CallReply)


class ChildLost(Exception):
    """The child is gone or no longer follows the protocol; the message says how."""


@dataclass(frozen=True)
class CellRun:
    """What came of one cell: how it ended, its outputs in nbformat's form, its number.

    The line is the one that an exception went through; 0 where it is not known. The budget is
    what the cell was given.
    """

    status: str
    outputs: list[dict[str, Any]]
    count: int
    line: int = 0
    budget: float = 0.0


@dataclass(frozen=True)
class Request:
    """One call, packed once for all submissions."""

    number: int
    budget: float
    frame: bytes


def make_request(number: int, function: str, call: Call, budget: float) -> Request:
    """Pack the call of a notebook's function, which may take `budget` seconds."""
    arguments = call.arguments, dict(call.keywords), call.shows_arguments
    asked = Asked(number, function, budget, *arguments, tuple(call.walk or ()))
    return Request(number, budget, b"".join(wire.pack(tuple(asked))))


class Said(NamedTuple):
    """What the reply to a call says: the number of the call, the answer, what was noticed."""

    number: Any
    answer: Answer
    noticed: Any


@dataclass(frozen=True)
class Child:
    """One submission's process, as far as the grading process sees it.

    Attributes
    ----------
    noticed : dict
        What the process noticed of itself, each in words of ours.
    """

    _sock: socket.socket
    _end: Callable[[], str] = str
    noticed: dict[str, None] = field(default_factory=dict)
    _ahead: bytearray = field(default_factory=bytearray)

    def run(
        self,
        cells: Sequence[tuple[str, float] | Task],
        files: Mapping[str, bytes] | None = None,
        seconds: float = math.inf,
    ) -> Iterator[CellRun]:
        """Run cells, given as (source, seconds), beside `files`; yield what comes of each.

        Parameters
        ----------
        seconds : float
            What is left for all of the submission, of which the cells that share have a part.

        Raises
        ------
        ChildLost
            If the child ends, overruns its time by more than the grace, or sends nonsense.
        """
        tasks = [cell if isinstance(cell, Task) else Task(*cell) for cell in cells]
        share = Share.of(seconds, tasks)
        self._send_job(tasks, share, files or {})
        for index, task in enumerate(tasks):
            start = time.monotonic()
            budget = share.budget(task.budget, shares=task.shares)
            frame = self._receive(budget, wire.CELL)
            reply = _parsed(CellReply, frame, wire.CELL)
            self._check(reply.number, index, reply.noticed)
            if not isinstance(reply.outputs, list):
                raise ChildLost("sent an answer that nobody asked for")
            share.spend(time.monotonic() - start, shares=task.shares)
            count, line = _number(reply.count), _number(reply.line)
            yield CellRun(str(reply.status), reply.outputs, count, line, budget)

    def _send_job(self, tasks: Sequence[Task], share: Share, files: Mapping[str, bytes]) -> None:
        arrays = {name: np.frombuffer(data, np.uint8) for name, data in files.items()}
        cells = [task._asdict() for task in tasks]
        job = {"cells": cells, "share": [share.whole, share.least], "files": arrays}
        self._send(wire.pack(job, wire.JOB), time.monotonic() + START_SECONDS)

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
        frame = self._receive(request.budget, wire.ANSWER)
        said = _take(frame)
        self._check(said.number, request.number, said.noticed)
        return said.answer

    def _send(self, pieces: Sequence[bytes | memoryview], deadline: float) -> None:
        try:
            wire.send_frame(self._sock, pieces, deadline=deadline)
        except TimeoutError:
            raise ChildLost("stopped listening") from None
        except (wire.WireError, OSError):
            raise self._ended() from None

    def _receive(self, budget: float, bounds: wire.Bounds) -> wire.Frame:
        """Return what comes next within the time that it may take."""
        deadline = time.monotonic() + budget + GRACE_SECONDS
        try:
            return wire.receive_frame(self._sock, bounds, deadline=deadline, ahead=self._ahead)
        except TimeoutError:
            raise ChildLost(f"ran past {budget:g} s and could not be interrupted") from None
        except wire.Closed:
            raise self._ended() from None
        except (wire.WireError, OSError) as error:
            raise ChildLost(f"sent something that is no answer ({error})") from None

    def _ended(self) -> ChildLost:
        """Return how the child ended: the zygote knows, if it was not by itself."""
        return ChildLost(self._end() or "ended its own process")

    def _check(self, number: Any, asked: int, noticed: Any) -> None:
        """Refuse what is no reply to the question of that number, but keep what was noticed.

        Of that only our own sentences: the child may have put anything at all there.
        """
        words = (said for said in noticed if isinstance(said, str)) if type(noticed) is list else ()
        self.noticed.update({said: None for said in words if said in REASONS})
        if type(number) is not int or number != asked:
            raise ChildLost("sent an answer that nobody asked for")


def _parsed(kind: type[Reply], frame: wire.Frame, bounds: wire.Bounds) -> Reply:
    """Take a reply apart; raise ChildLost if it is none."""
    try:
        # Nobody may change what many students' answers share.
        got = wire.unpack(*frame, bounds, writeable=False)
    except wire.WireError as error:
        raise ChildLost(f"sent something that is no answer ({error})") from None
    if type(got) is not tuple or len(got) != len(kind._fields):
        raise ChildLost("sent something that is no answer")
    return kind(*got)


def _said(frame: wire.Frame) -> Said:
    """Take the reply to a call apart; raise ChildLost if it is none."""
    reply = _parsed(CallReply, frame, wire.ANSWER)
    reason = str(reply.reason)[:REASON_LENGTH]
    return Said(reply.number, Answer(str(reply.status), reply.value, reason), reply.noticed)


# The same bytes are the same object: what is known of an answer is known of all that are alike.
_small, _large = lru_cache(SMALL)(_said), lru_cache(LARGE)(_said)


def _take(frame: wire.Frame) -> Said:
    """Return what a reply says, which may be known from another that was the same."""
    size = len(frame.header) + len(frame.buffers)
    if size > LARGE_BYTES:
        return _said(frame)
    return (_small if size <= SMALL_BYTES else _large)(frame)


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 1_000_000 else 0
