"""Bounds on what a student's function may take: seconds, and lines that it prints."""

from __future__ import annotations

import contextlib
import io
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any, TextIO

# A right function takes a thousandth of it.
SECONDS = 5.0
# One round of a training takes a hundredth of it.
PATIENCE = 10.0
TOO_LONG = (
    "did not come to an end: is there a loop whose condition never becomes false? If a cell of "
    "yours goes on and on, press ■ or choose Kernel → Interrupt"
)
# What is caught by the function itself is raised again so soon.
AGAIN = 0.25
MOST_LINES = 12
LONGEST_LINE = 200


class TookTooLong(BaseException):
    """Raised in the middle of a student's function; no `except Exception` of theirs catches it."""


@contextlib.contextmanager
def time_limit(seconds: float = SECONDS) -> Iterator[None]:
    """Raise `TookTooLong` in what runs inside, once it has run for so long.

    Where the system has no alarm, or another thread asks, the lines of Python are watched instead.
    """
    limit = _alarm if _is_main_thread() and hasattr(signal, "setitimer") else _watch
    with limit(seconds):
        yield


def _is_main_thread() -> bool:
    try:
        return threading.current_thread() is threading.main_thread()
    except RuntimeError:  # no threads here
        return False


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    is_running = True

    def ring(_signal: int, _frame: Any) -> None:
        if is_running:
            raise TookTooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        is_running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _watch(seconds: float) -> Iterator[None]:
    end, before = perf_counter() + seconds, sys.gettrace()

    def look(_frame: Any, _event: str, _argument: Any) -> Callable[..., Any]:
        if perf_counter() > end:
            raise TookTooLong
        return look

    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)


@contextlib.contextmanager
def patience(seconds: float = PATIENCE) -> Iterator[None]:
    """Give up on a training inside that calls `go_on` no more; say so, and go on behind it.

    Where the system has no alarm it is waited for: to watch each line would take too long there.
    """
    if not hasattr(signal, "setitimer") or not _is_main_thread():
        yield
        return
    try:
        with _alarm(seconds):
            yield
    except TookTooLong:
        print(f"The training was given up: a function of yours {TOO_LONG}.")


def go_on(seconds: float = PATIENCE) -> None:
    """Tell `patience` that a round of the training is over."""
    if hasattr(signal, "getitimer") and signal.getitimer(signal.ITIMER_REAL)[0]:
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)


class FirstLines(io.TextIOBase):
    """A stream that keeps the first lines that are written to it, and counts the others."""

    def __init__(self, passes_on: TextIO | None = None) -> None:
        self.kept: list[str] = []
        self.more = 0
        self._begun = ""
        self._passes_on = passes_on

    def writable(self) -> bool:
        """Tell that this is a stream to write to."""
        return True

    def write(self, text: str) -> int:
        """Take text in; a line counts when it is complete."""
        text = str(text)
        *lines, rest = text.split("\n")
        if lines:
            lines[0], self._begun = self._begun + lines[0], ""
        # Of a line that never ends no more is kept than can be shown.
        self._begun = (self._begun + rest)[: LONGEST_LINE + 1]
        for line in lines:
            self._take(line)
        return len(text)

    def _take(self, line: str) -> None:
        if len(self.kept) >= MOST_LINES:
            self.more += 1
            return
        self.kept.append(line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …")
        if self._passes_on is not None:
            self._passes_on.write(f"{self.kept[-1]}\n")

    def finish(self) -> None:
        """Count what was written behind the last line."""
        if self._begun:
            self._take(self._begun)
        self._begun = ""

    @property
    def text(self) -> str:
        """What was kept, and how much more there was."""
        more = [f"… and {self.more:,} more lines"] if self.more else []
        return "\n".join([*self.kept, *more])


@contextlib.contextmanager
def few_prints() -> Iterator[Callable[..., None]]:
    """Let only the first lines through that are printed inside, and count the others.

    Yields
    ------
    callable
        What prints past the bound: for what the notebook itself has to say.
    """
    shown = sys.stdout
    stream = FirstLines(shown)

    def say(*values: Any) -> None:
        print(*values, file=shown, flush=True)

    with contextlib.redirect_stdout(stream):
        yield say
    stream.finish()
    if stream.more:
        say(f"… and {stream.more:,} more lines that your functions printed")
