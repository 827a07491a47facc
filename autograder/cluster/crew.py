"""The workers of a run: who has come, who has proved to be fit, who is gone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from autograder.cluster.batches import Batch
from autograder.cluster.bench import prove
from autograder.cluster.connecting import Connection
from autograder.cluster.wire import Reply
from autograder.errors import UserError
from autograder.names import printable

# Seconds between looks at who is there; how long a run without a worker waits for one, and how
# long where there are some but none is fit.
LOOK, PATIENCE, GRACE = 0.5, 60.0, 10.0
# Batches that wait at a worker beside those that its threads are at.
SPARE = 1


@dataclass
class Worker:
    """A worker: what is out at it by key, and why it is not used, if so."""

    address: str
    threads: int
    is_ready: bool = False
    refused: str = ""
    out: dict[str, Batch] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """How many batches more it gets."""
        return self.threads + SPARE - len(self.out) if self.is_ready else 0


class Crew:
    """Looks who is there, and has everybody who comes prove the isolation of the machine.

    Parameters
    ----------
    notice : callable
        Told at once what there is to say about workers.
    revive : callable, optional
        Called at each look: starts workers that have ended, where that is ours to do.
    """

    def __init__(
        self,
        connection: Connection,
        order: bytes,
        notice: Callable[[str], None],
        revive: Callable[[], None] | None = None,
    ) -> None:
        self._connection, self._order, self._notice = connection, order, notice
        self._known: dict[str, Worker] = {}
        self._proving: dict[str, Worker] = {}
        self._looked, self._alone_since = 0.0, time.monotonic()
        self._has_told = False
        self._revive = revive

    def __iter__(self) -> Iterator[Worker]:
        return iter([*self._known.values()])

    @property
    def fit(self) -> list[Worker]:
        """Those that take part."""
        return [worker for worker in self if worker.is_ready]

    def look(self) -> list[Worker]:
        """Ask whom the scheduler knows; return those that are gone since.

        Raises
        ------
        UserError
            If there has been nobody for too long.
        SchedulerGone
            If the scheduler does not answer.
        """
        now = time.monotonic()
        if now - self._looked < LOOK:
            return []
        self._looked = now
        if self._revive:
            self._revive()
        there = self._connection.threads()
        gone = [self._known.pop(address) for address in [*self._known] if address not in there]
        for worker in gone:
            if not worker.refused:
                self._notice(f"The worker {worker.address} is gone; others take over.")
        for address, threads in there.items():
            if address not in self._known:
                self._known[address] = worker = Worker(address, threads)
                self._proving[self._connection.call(prove, self._order, address)] = worker
        self._require_somebody(now)
        return gone

    def proved(self, key: str, reply: Reply | None) -> str:
        """Take in what a worker's proof gave; return the level of isolation that it has."""
        worker = self._proving.pop(key)
        if reply and not reply.error:
            worker.is_ready = True
            return reply.level
        if reply:
            self.refuse(worker, reply.error)
        elif worker.address in self._known:  # it was lost on the way, or has a new life
            del self._known[worker.address]
        return ""

    def is_proof(self, key: str) -> bool:
        """Tell whether a call was a worker's proof."""
        return key in self._proving

    def refuse(self, worker: Worker, reason: str) -> None:
        """Use a worker no more."""
        worker.is_ready, worker.refused = False, reason
        self._notice(printable(f"The worker {worker.address} is not used: {reason}."))

    def _require_somebody(self, now: float) -> None:
        if any(not worker.refused for worker in self):
            self._alone_since, self._has_told = now, False
            return
        refused = {worker.refused for worker in self}
        patience = GRACE if refused else PATIENCE
        if now - self._alone_since > patience:
            reasons = "; ".join(sorted(refused)) or f"none has come within {patience:g} s"
            raise UserError(
                f"There is no worker that can grade: {printable(reasons)}. What is graded is "
                "kept; mend that, and the same command goes on."
            )
        if not self._has_told:
            self._notice(f"No worker is there: waiting {patience:g} s for one.")
            self._has_told = True
