"""How fast a long run is: hand-ins done, a second, and the time that the others will take."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# The rate is that of the last seconds, in which so many moments are remembered.
MOMENTS, EVERY = 30, 1.0
# Where no terminal shows it, a line is written so often.
LINE_SECONDS = 10.0


class Pace:
    """Counts what is done, and says in a line how it goes on.

    Parameters
    ----------
    say : callable
        Told the line, not more often than `seconds` and once at the end.
    clock : callable
        Returns the time in seconds.
    """

    def __init__(
        self,
        total: int,
        say: Callable[[str], None],
        seconds: float = LINE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total, self._say, self._seconds, self._clock = total, say, seconds, clock
        self._done = 0
        self._said = clock()
        self._moments = deque([(self._said, 0)], maxlen=MOMENTS)

    def advance(self) -> None:
        """Count one more."""
        self._done += 1
        now = self._clock()
        if now - self._moments[-1][0] >= EVERY:
            self._moments.append((now, self._done))
        if now - self._said >= self._seconds or self._done == self._total:
            self._said = now
            self._say(self._line(now))

    def _line(self, now: float) -> str:
        since, before = self._moments[0]
        rate = (self._done - before) / max(now - since, 1e-9)
        left = (self._total - self._done) / rate if rate else float("inf")
        return f"{self._done} of {self._total} hand-ins, {rate:.3g} a second, {left:.0f} s left"


def counting(bar: Progress, task: TaskID, in_lines: bool) -> Callable[[str], None]:
    """Return what counts a hand-in on the bar, and how fast: in lines where no bar is shown."""

    def say(line: str) -> None:
        if bar.console.is_terminal:
            bar.update(task, description=line)
        elif in_lines:
            notice(bar, line)

    seconds = 1.0 if bar.console.is_terminal else LINE_SECONDS
    pace = Pace(int(bar.tasks[task].total or 0), say, seconds)

    def progress(_student: str) -> None:
        bar.advance(task)
        pace.advance()

    return progress


def notice(bar: Progress, line: str) -> None:
    """Say a sentence at once, above the bar."""
    if bar.console.is_terminal:
        bar.console.print(line, markup=False, highlight=False)
    else:
        print(line, file=sys.stderr, flush=True)
