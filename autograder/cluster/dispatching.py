"""Send batches to workers that may be slow, wrong or gone, until each has come back once.

Which worker has what is decided here: each is given little more than it can do at once, so one
that is slow takes less, and what one had that is gone is sent to another. A batch gives the same
verdicts wherever and however often it is graded, so the first answer counts.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from statistics import median

from autograder.cluster.batches import Batch, HandedOver, Packer
from autograder.cluster.bench import grade_chunk
from autograder.cluster.connecting import Connection
from autograder.cluster.crew import LOOK, Crew, Worker
from autograder.cluster.packing import Parcel
from autograder.grading.marks.recording import Graded
from autograder.handin.submission import Submission

# Hand-ins in a batch, and the bytes that they may take together.
LARGEST, MOST_BYTES = 32, 4_000_000
# Batches that a thread gets at least in a class that is small.
PORTIONS = 4
# A batch that is out for so many times what others took, and some seconds, is sent once more.
LATE, LATE_SECONDS = 3.0, 2.0
# After so many losses a batch is sent in pieces of one; and after so many a hand-in no more.
LOSSES, LAST_LOSSES = 3, 10


class Dispatcher:
    """A class on the workers of a cluster.

    Parameters
    ----------
    parcels : iterator
        The hand-ins with what is sent of them.
    total : int
        How many they are.
    tell_level : callable
        Told the level of isolation of each worker that has proved one.
    """

    def __init__(
        self,
        connection: Connection,
        crew: Crew,
        packer: Packer,
        parcels: Iterator[tuple[Submission, Parcel]],
        total: int,
        tell_level: Callable[[str], None],
    ) -> None:
        self._connection, self._crew, self._packer = connection, crew, packer
        self._tell_level = tell_level
        self._total, self._unsent = total, parcels
        self._waiting: deque[Batch] = deque()
        self._out: dict[str, tuple[Worker, Batch, float]] = {}
        self._seconds: deque[float] = deque(maxlen=50)
        self._graded: deque[Graded] = deque()

    def results(self) -> Iterator[Graded]:
        """Yield what came of each submission, as it comes.

        Raises
        ------
        UserError
            If nobody can grade.
        SchedulerGone
            If the scheduler does not answer.
        """
        while True:
            for worker in self._crew.look():
                self._lose(worker)
            is_read = self._fill()
            yield from self._taken()
            if is_read and not self._waiting and not self._out:
                return
            until = time.monotonic() + LOOK
            for key in self._connection.done(LOOK):
                worker = self._handle(key)
                yield from self._taken()  # before others are read, which may fail
                if worker:  # it has room, by the batch that it has done
                    self._give(worker)
                if time.monotonic() > until:  # workers come and go meanwhile
                    break

    def _taken(self) -> Iterator[Graded]:
        while self._graded:
            yield self._graded.popleft()

    def _fill(self) -> bool:
        """Give every worker what it has room for; tell whether all hand-ins have been read."""
        is_read = False
        for _round in range(max((worker.room for worker in self._crew.fit), default=0)):
            for worker in self._crew.fit:
                if worker.room > 0 and not self._give(worker):
                    is_read = True
                    if not worker.out and (batch := self._late()):
                        self._send(worker, batch)
        return is_read

    def _give(self, worker: Worker) -> bool:
        """Send a worker that has room what is next; tell whether there was anything."""
        batch = self._next()
        if batch:
            self._send(worker, batch)
        return batch is not None

    def _next(self) -> Batch | None:
        """Return what is to be sent next: what came back, or what has not been sent yet."""
        while self._waiting:
            batch = self._waiting.popleft()
            if not batch.is_done:
                return batch
        hand_ins: list[HandedOver] = []
        most, size = self._size(), 0
        for submission, parcel in self._unsent:
            hand_in = HandedOver(submission, parcel)
            if not parcel.parts:
                self._graded.append(self._packer.unread(hand_in))
                continue
            hand_ins.append(hand_in)
            size += len(parcel.asked)
            if len(hand_ins) >= most or size >= MOST_BYTES:
                break
        return self._packer.batch(hand_ins) if hand_ins else None

    def _size(self) -> int:
        threads = sum(worker.threads for worker in self._crew.fit)
        return max(1, min(LARGEST, math.ceil(self._total / (PORTIONS * max(1, threads)))))

    def _late(self) -> Batch | None:
        """Return a batch that is out for too long at one worker only."""
        usual = median(self._seconds) if self._seconds else 0.0
        late = time.monotonic() - LATE * usual - LATE_SECONDS
        old = [(since, batch) for _, batch, since in self._out.values() if batch.copies == 1]
        return next((batch for since, batch in old if since < late), None)

    def _send(self, worker: Worker, batch: Batch) -> None:
        key = self._connection.call(grade_chunk, batch.chunk, worker.address)
        worker.out[key] = batch
        batch.copies += 1
        self._out[key] = worker, batch, time.monotonic()

    def _handle(self, key: str) -> Worker | None:
        """Take in what came of a call; return the worker if it has done a batch."""
        if self._crew.is_proof(key):
            if level := self._crew.proved(key, self._connection.reply(key)):
                self._tell_level(level)
            self._connection.forget(key)
            return None
        if key not in self._out:  # another was faster
            return None
        worker, batch, since = self._out[key]
        reply = self._connection.reply(key)
        if reply is None:
            self._back(key)
        elif reply.error:
            self._crew.refuse(worker, reply.error)
            self._lose(worker)
        else:
            try:
                self._graded += [*self._packer.unpack(batch, reply.hand_ins)]
            except ValueError as error:
                self._crew.refuse(worker, f"what it sends is no answer: {error}")
                self._lose(worker)
                return None
            self._seconds.append(time.monotonic() - since)
            self._end(batch)
            return worker
        return None

    def _end(self, batch: Batch) -> None:
        """Give up what else is out of a batch that is done."""
        batch.is_done = True
        for key in [key for key, (_, other, _) in self._out.items() if other is batch]:
            self._take_back(key)

    def _lose(self, worker: Worker) -> None:
        """Send elsewhere what was out at a worker."""
        for key in [*worker.out]:
            self._back(key)

    def _back(self, key: str) -> None:
        """Send a batch again; one that was lost often in pieces, and at last not at all."""
        batch = self._take_back(key)
        batch.losses += 1
        if batch.is_done or batch.copies:
            return
        if len(batch.hand_ins) > 1 and batch.losses >= LOSSES:
            self._waiting += [self._packer.batch([hand_in]) for hand_in in batch.hand_ins]
        elif batch.losses >= LAST_LOSSES:
            batch.is_done = True
            self._graded += [self._packer.lost(hand_in) for hand_in in batch.hand_ins]
        else:
            self._waiting.append(batch)

    def _take_back(self, key: str) -> Batch:
        worker, batch, _since = self._out.pop(key)
        worker.out.pop(key, None)
        batch.copies -= 1
        self._connection.forget(key)
        return batch
