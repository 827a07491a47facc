"""The few things that are asked of Dask: who is there, a function called on one worker, its bytes.

A call goes to one worker and to no other, and is not tried again there: that is decided by us.
"""

from __future__ import annotations

import logging
import queue
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import msgspec

from autograder.cluster.wire import Reply, decode
from autograder.errors import UserError

CONNECT_SECONDS, FETCH_SECONDS = 30, 20
MISSING = (
    "Many machines need Dask distributed, which is not installed here: "
    "pip install 'workbook-autograder[cluster]'."
)


class SchedulerGone(Exception):
    """The scheduler cannot be asked any more."""


class Connection:
    """A client of a scheduler that runs."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._futures: dict[str, Any] = {}
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()

    @property
    def dashboard(self) -> str:
        """Where a browser can look on."""
        return self._client.dashboard_link

    def threads(self) -> dict[str, int]:
        """Return the workers that are there, by address, with their threads.

        Raises
        ------
        SchedulerGone
            If nobody answers.
        """
        try:
            if self._client.status == "running":
                return dict(self._client.nthreads())
        except Exception as error:  # what Dask raises then is not one thing
            raise SchedulerGone(str(error)) from None
        raise SchedulerGone(self._client.status)

    def call(self, function: Callable[[bytes], Any], data: bytes, worker: str) -> str:
        """Have a worker call a function, and return the key by which it will be known."""
        key = f"autograder-{secrets.token_hex(8)}"
        # Dask pickles the call here. What is inside of it is bytes, which stay bytes over there.
        future = self._client.submit(
            function, data, key=key, workers=[worker], allow_other_workers=False, pure=False
        )
        self._futures[key] = future
        future.add_done_callback(lambda _future: self._done.put(key))
        return key

    def done(self, seconds: float) -> Iterator[str]:
        """Yield the calls that have ended, or were lost, waiting so long for the first."""
        with suppress(queue.Empty):
            yield self._done.get(timeout=seconds)
            while True:
                yield self._done.get_nowait()

    def reply(self, key: str) -> Reply | None:
        """Return what a call gave; None if it was lost with its worker."""
        future = self._futures[key]
        try:
            if future.status == "error":
                return _fault(future.exception(timeout=FETCH_SECONDS))
            if future.status != "finished":
                return None
            data = future.result(timeout=FETCH_SECONDS)
        except Exception:  # the worker was lost between the call's end and now
            return None
        try:
            return decode(data, Reply)
        except (msgspec.MsgspecError, TypeError) as error:
            return Reply(error=f"what it sends is no answer: {error}")

    def forget(self, key: str) -> None:
        """Give up a call, be it done or not."""
        future = self._futures.pop(key, None)
        if future is not None:
            with suppress(Exception):
                future.cancel() if not future.done() else future.release()

    def tell(self, function: Callable[[bytes], Any], data: bytes, workers: list[str]) -> None:
        """Have workers call a function for the last time; nobody waits for it."""
        from distributed import fire_and_forget

        with suppress(Exception):
            for worker in workers:
                fire_and_forget(self._client.submit(function, data, workers=[worker], pure=False))


def _fault(error: BaseException | None) -> Reply | None:
    from distributed import KilledWorker

    if error is None or isinstance(error, KilledWorker):
        return None
    return Reply(error=f"{type(error).__name__}: {error}")


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    """Connect to a scheduler; TLS is as Dask's own configuration has it.

    Raises
    ------
    UserError
        If Dask is not installed, or no scheduler answers at that address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UserError(MISSING) from None
    # What it says about lost connections, we say in a sentence of our own.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError) as error:
        reason = str(error).partition("\n")[0]
        raise UserError(f"No scheduler answers at {address!r}: {reason}") from None
    try:
        yield Connection(client)
    finally:
        with suppress(Exception):
            client.close(timeout=2)
