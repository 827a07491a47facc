"""Keep what is shown while something is asked, and the time that it may take."""

from __future__ import annotations

import io
import signal
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

from autograder.sandbox.examining import describing
from autograder.sandbox.examining.travelling import tables
from autograder.sandbox.timing import BudgetExceeded

LONGEST_OUTPUT = 100_000
MOST_WARNINGS = 50


class Shown:
    """What is printed and warned of while something is asked."""

    def __init__(self) -> None:
        self._out, self._err = io.StringIO(), io.StringIO()
        self._warned: list[warnings.WarningMessage] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Keep what the block prints and warns of."""
        with (
            warnings.catch_warnings(record=True) as self._warned,
            redirect_stdout(self._out),
            redirect_stderr(self._err),
        ):
            warnings.simplefilter("always")
            yield

    def told(self) -> Any:
        """Return it as it is sent; None if there is nothing."""
        out, err = (io.StringIO.getvalue(one)[:LONGEST_OUTPUT] for one in (self._out, self._err))
        warned = [_warning(one) for one in self._warned[:MOST_WARNINGS]]
        return (out, err, warned) if out or err or warned else None


def _warning(one: warnings.WarningMessage) -> tuple[str, str, int]:
    return one.category.__name__, describing.text(str(one.message)), int(one.lineno)


def show_again(shown: Any, registry: dict[Any, Any]) -> None:
    """Print and warn here as was printed and warned of at the other end."""
    if shown is None:
        return
    out, err, warned = shown
    sys.stdout.write(str(out))
    if err:
        sys.stderr.write(str(err))
    for name, message, line in warned:
        kind = tables.ERRORS.get(name, UserWarning)
        kind = kind if issubclass(kind, Warning) else UserWarning
        warnings.warn_explicit(str(message), kind, "<notebook>", int(line), registry=registry)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `BudgetExceeded` in the block once it has run for so long."""

    def stop(*_args: Any) -> None:
        raise BudgetExceeded

    before = signal.signal(signal.SIGALRM, stop)
    left, _ = signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.01), 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:  # it was asked while it asked
            signal.setitimer(signal.ITIMER_REAL, left, 1.0)


@contextmanager
def unlimited() -> Iterator[None]:
    """Let no alarm end the wait for the examiner, half of whose answer might have been read."""
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, max(left, 0.01), 1.0)
