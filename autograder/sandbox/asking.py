"""The grading process' side of a child: have it run cells, ask it questions."""

from __future__ import annotations

import math
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from autograder.assignment.exercise import Answer, Call
from autograder.sandbox import wire
from autograder.sandbox.examining.bounds import EXAM
from autograder.sandbox.forms import OUTPUTS_BYTES
from autograder.sandbox.replies import (
    NO_ANSWER,
    CellRun,
    NoReply,
    Said,
    read_call_reply,
    read_cell_reply,
    weight_of,
)
from autograder.sandbox.sharing import Share, Task
from autograder.sandbox.wire.messages import Asked

START_SECONDS = 60.0
# The child stops a cell or a call by itself; from outside it is given this much longer.
GRACE_SECONDS = 2.0
# So many bytes of calls are sent ahead: what the socket takes at once, so that sending them never
# waits for a child that itself waits for its answers to be read.
BYTES_AHEAD = 1 << 16
# What the reply to a cell takes beside its outputs: an error is told even where there is no room.
BESIDE_OUTPUTS = 4096
# What a child's answers may weigh together: forty times what those of an honest one do.
ANSWERS_WEIGHT = 64 << 20
# Of the header of an answer, which tells its parts: some hundreds more than the right one has.
LEAST_HEADER, TIMES_LARGER = 3072, 4


class ChildLost(Exception):
    """The child is gone or no longer follows the protocol; the message says how."""


@dataclass(frozen=True)
class Request:
    """One call, packed once for all submissions.

    Attributes
    ----------
    is_known : bool
        Whether anyone may see its inputs.
    most : int
        An answer of more header bytes is not read; 0 where any is.
    """

    number: int
    budget: float
    frame: bytes
    is_known: bool = False
    most: int = 0


def most_beside(expected: Any) -> int:
    """Return of how many header bytes an answer may be where the right one is this.

    A wrong one may well have more parts, such as a mini-batch for each example. But each takes time
    to be read and to be judged.
    """
    return LEAST_HEADER + TIMES_LARGER * len(wire.pack(expected)[0])


def make_request(number: int, function: str, call: Call, budget: float) -> Request:
    """Pack the call of a notebook's function, which may take `budget` seconds."""
    what = call.arguments, dict(call.keywords), call.shows_arguments, call.program
    asked = Asked(number, function, budget, *what)
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
        # The child keeps its outputs within bounds by itself, unless its code was changed.
        left = OUTPUTS_BYTES + len(cells) * BESIDE_OUTPUTS
        for index, task in enumerate(tasks):
            start = time.monotonic()
            budget = share.budget(task.budget, shares=task.shares)
            bounds = replace(wire.CELL, header_bytes=min(wire.CELL.header_bytes, left))
            frame = self._receive(budget, bounds)
            left -= len(frame.header)
            share.spend(time.monotonic() - start, shares=task.shares)
            run = self._checked(partial(read_cell_reply, frame, bounds), index)
            yield replace(run, budget=budget)
            if task.pauses:
                self._send(wire.pack((0.0, "go")), time.monotonic() + START_SECONDS)

    def begin(self, job: dict[str, Any]) -> socket.socket:
        """Send another job than a notebook's cells; return the socket that it goes on by."""
        self._send(wire.pack(job, wire.JOB), time.monotonic() + START_SECONDS)
        return self._sock

    def relay(self, message: tuple[Any, ...], seconds: float) -> Any:
        """Send what an examiner asks to a child that pauses; return its reply, as plain data.

        Raises
        ------
        ChildLost
            If it does not reply in time, or with something else than a message.
        """
        self._send(wire.pack((seconds, *message), EXAM), time.monotonic() + START_SECONDS)
        try:
            return wire.unpack(*self._receive(seconds, EXAM), EXAM)
        except wire.WireError:
            raise ChildLost(NO_ANSWER) from None

    def _send_job(self, tasks: Sequence[Task], share: Share, files: Mapping[str, bytes]) -> None:
        arrays = {name: np.frombuffer(data, np.uint8) for name, data in files.items()}
        asked = ("source", "budget", "shares", "pauses")
        cells = [{name: getattr(task, name) for name in asked} for task in tasks]
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
        weight = 0
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
            answer = self._answer(request)
            weight += answer.weight
            if weight > ANSWERS_WEIGHT:
                raise ChildLost("sent answers that are too large together")
            yield answer
            size -= len(request.frame)

    def _answer(self, request: Request) -> Answer:
        frame = self._receive(request.budget, wire.ANSWER)
        if request.most and len(frame.header) > request.most:
            return Answer("unsendable", weight=weight_of(frame))
        answer = self._checked(partial(read_call_reply, frame), request.number)
        if answer.status == "late":  # in our words, as what a reply says may be anything
            return Answer("late", reason=f"ran past {request.budget:g} s")
        return answer

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
        except (wire.WireError, OSError):
            raise ChildLost(NO_ANSWER) from None

    def _ended(self) -> ChildLost:
        """Return how the child ended: the zygote knows, if it was not by itself."""
        return ChildLost(self._end() or "ended its own process")

    def _checked(self, read: Callable[[], Said], asked: int) -> Any:
        """Return what came of the question of that number; keep what was noticed.

        What is no reply to that question loses the child.
        """
        try:
            said = read()
        except NoReply as problem:
            raise ChildLost(str(problem)) from None
        self.noticed.update(dict.fromkeys(said.noticed))
        if said.number != asked:
            raise ChildLost("sent an answer that nobody asked for")
        return said.came
