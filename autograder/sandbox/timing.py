"""How long a cell or a call may run, as its own process sees it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn


class BudgetExceeded(BaseException):
    """A cell or a call ran past its time; no ``except Exception`` of a student's catches it."""


_SENT_BY = {signal.ITIMER_REAL: signal.SIGALRM, signal.ITIMER_PROF: signal.SIGPROF}


@contextmanager
def time_limit(seconds: float, timer: int = signal.ITIMER_REAL) -> Iterator[None]:
    """Raise BudgetExceeded in the block once it has run for `seconds`.

    It repeats every second in case a student's code swallows it. This is a courtesy to the cells
    that follow; the grading process enforces its own limits from outside. With ITIMER_PROF the
    processor's time counts, so that a busy machine decides nothing.
    """

    def stop(*_args: Any) -> NoReturn:
        raise BudgetExceeded

    signal.signal(_SENT_BY[timer], stop)
    signal.setitimer(timer, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
