"""A command that is kept busy still looks who is there, and records what came before it fails.

The cluster answers at once here, as a real one does that is much faster than the command; the clock
goes on by a tenth of a second with each hand-in that is recorded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.assignment.verdict import Verdict
from autograder.cluster import crew, dispatching
from autograder.cluster.batches import Batch, HandedOver
from autograder.cluster.bench import prove
from autograder.cluster.crew import LOOK, Crew
from autograder.cluster.dispatching import LARGEST, Dispatcher
from autograder.cluster.packing import Parcel, Seen
from autograder.cluster.wire import Reply
from autograder.gradebook.kept import Kept
from autograder.grading.marks.recording import Graded
from autograder.handin.submission import Submission

TENTH = 0.1


class Clock:
    """What is asked for the time."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Cluster:
    """Workers that have done what they are asked before it is asked whether they have."""

    def __init__(self, clock: Clock, workers: int = 2) -> None:
        self._clock, self._workers = clock, workers
        self._done: deque[str] = deque()
        self.looks: list[float] = []
        self.given: list[str] = []

    def threads(self) -> dict[str, int]:
        self.looks.append(self._clock.now)
        return {f"worker {number}": 4 for number in range(self._workers)}

    def call(self, function: Any, _data: bytes, worker: str) -> str:
        if function is not prove:
            self.given.append(worker)
        self._done.append(key := f"{function.__name__} {len(self.given)} {worker}")
        return key

    def done(self, seconds: float) -> Iterator[str]:
        if not self._done:
            self._clock.now += seconds
        while self._done:
            yield self._done.popleft()

    def reply(self, _key: str) -> Reply:
        return Reply(level="namespaces")

    def forget(self, _key: str) -> None:
        pass


class Packer:
    """What stands for packing: a batch is answered by the names in it."""

    def batch(self, hand_ins: list[HandedOver]) -> Batch:
        return Batch(hand_ins, b"")

    def unpack(self, batch: Batch, _found: Any) -> Iterator[Graded]:
        for hand_in in batch.hand_ins:
            verdict = Verdict(hand_in.submission.student, (), seed=1)
            yield Graded(hand_in.submission, Kept({}, verdict), {})


def parcels(count: int, fails_at: int = -1) -> Iterator[tuple[Submission, Parcel]]:
    for number in range(count):
        if number == fails_at:
            raise OSError("Too many open files")
        student = f"student {number}"
        yield Submission(student, "week1", None), Parcel(student, "", b"1", {"week1": Seen()})  # type: ignore[arg-type]


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    for module in (crew, dispatching):
        monkeypatch.setattr(module, "time", clock)
    return clock


def dispatched(cluster: Cluster, hand_ins: Iterator[Any], total: int) -> Iterator[Graded]:
    of_workers = Crew(cluster, b"", lambda _sentence: None)  # type: ignore[arg-type]
    known: Any = (cluster, of_workers, Packer(), hand_ins, total, lambda _level: None)
    return Dispatcher(*known).results()


def test_a_busy_command_still_looks_who_is_there(clock):
    cluster, graded = Cluster(clock), []
    for one in dispatched(cluster, parcels(2000), 2000):
        graded.append(one.submission.student)
        clock.now += TENTH
    assert sorted(graded) == sorted(f"student {number}" for number in range(2000))
    gaps = [later - look for look, later in zip(cluster.looks, cluster.looks[1:], strict=False)]
    assert max(gaps) <= LOOK + (LARGEST + 1) * TENTH  # it looks after a batch at the latest
    assert len(set(cluster.given)) == 2


def test_what_came_before_reading_fails_is_graded(clock):
    results = dispatched(Cluster(clock), parcels(2000, fails_at=700), 2000)
    graded: list[Graded] = []
    with pytest.raises(OSError, match="Too many"):
        graded.extend(results)
    # All but those that were being read, and those at workers, who have room for so many.
    assert len(graded) >= 700 - LARGEST - 2 * (4 + crew.SPARE) * LARGEST
