"""Ctrl-C, also where Python cannot pass on the exception that it raises."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def noticing_interrupts() -> Iterator[Callable[[], bool]]:
    """Yield what says whether the process was interrupted; the exception is raised as ever.

    In a destructor, or in what the database calls back, Python prints the exception and goes on:
    a run that waits would then never end.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield lambda: False
        return
    came = threading.Event()

    def notice(number: int, frame: Any) -> None:
        came.set()
        before(number, frame)

    signal.signal(signal.SIGINT, notice)
    try:
        yield came.is_set
    finally:
        signal.signal(signal.SIGINT, before)
