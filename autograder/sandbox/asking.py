"""The grading process' side of a child: have it run cells, ask it questions."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.exercise import Answer
from autograder.sandbox import wire
from autograder.sandbox.noticing import REASONS

START_SECONDS = 60.0
# The child stops a cell or a call by itself; from outside it is given this much longer.
GRACE_SECONDS = 2.0
# So many bytes of calls are sent ahead: what the socket takes at once, so that sending them never
# waits for a child that itself waits for its answers to be read.
BYTES_AHEAD = 1 << 16
REASON_LENGTH = 500


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


def make_request(
    number: int,
    function: str,
    arguments: tuple[Any, ...],
    keywords: Mapping[str, Any],
    budget: float,
    shows_arguments: bool = False,
) -> Request:
    """Pack the call of a notebook's function, which may take `budget` seconds.

    With `shows_arguments` the answer is a list of what it returned and its arguments afterwards.
    """
    message = {"call": number, "function": function, "budget": budget}
    message |= {"arguments": arguments, "keywords": dict(keywords)}
    message |= {"shows_arguments": shows_arguments}
    return Request(number, budget, b"".join(wire.pack(message)))


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
            reply = self._receive(budget, wire.CELL)
            if reply.get("cell") != index or not isinstance(reply.get("outputs"), list):
                raise ChildLost("sent an answer that nobody asked for")
            yield CellRun(str(reply.get("status")), reply["outputs"], _number(reply.get("count")))

    def ask(self, request: Request) -> Answer:
        """Call a function of the notebook; raise ChildLost as `run` does."""
        return next(self.ask_all([request]))

    def ask_all(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Make several calls and yield the answer to each; raise ChildLost as `run` does.

        Some are sent ahead, so that the two processes do not wait for each other after each call.
        """
        for batch in _batches(requests):
            self._send([request.frame for request in batch], time.monotonic() + START_SECONDS)
            for request in batch:
                yield self._answer(request)

    def _answer(self, request: Request) -> Answer:
        reply = self._receive(request.budget, wire.ANSWER)
        if reply.get("answer") != request.number:
            raise ChildLost("sent an answer that nobody asked for")
        reason = str(reply.get("reason", ""))[:REASON_LENGTH]
        return Answer(str(reply.get("status")), reply.get("value"), reason)

    def _send(self, pieces: Sequence[bytes | memoryview], deadline: float) -> None:
        try:
            wire.send_frame(self._sock, pieces, deadline=deadline)
        except TimeoutError:
            raise ChildLost("stopped listening") from None
        except (wire.WireError, OSError):
            raise ChildLost("ended its own process") from None

    def _receive(self, budget: float, bounds: wire.Bounds) -> dict[Any, Any]:
        deadline = time.monotonic() + budget + GRACE_SECONDS
        try:
            reply = wire.receive(self._sock, bounds, deadline=deadline)
        except TimeoutError:
            raise ChildLost(f"ran past {budget:g} s and could not be interrupted") from None
        except wire.Closed:
            raise ChildLost("ended its own process") from None
        except (wire.WireError, OSError) as error:
            raise ChildLost(f"sent something that is no answer ({error})") from None
        if not isinstance(reply, dict):
            raise ChildLost("sent something that is no answer")
        self._note(reply.get("noticed"))
        return reply

    def _note(self, noticed: Any) -> None:
        if isinstance(noticed, list):
            self.noticed.update({said: None for said in noticed if said in REASONS})


def _batches(requests: Iterable[Request]) -> Iterator[list[Request]]:
    batch: list[Request] = []
    for request in requests:
        if sum(len(waiting.frame) for waiting in [*batch, request]) > BYTES_AHEAD and batch:
            yield batch
            batch = []
        batch.append(request)
    if batch:
        yield batch


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 1_000_000 else 0
