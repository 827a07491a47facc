"""An interruption ends a run, whatever it interrupts."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.grading.here import _as_done
from autograder.grading.interruption import noticing_interrupts


class Interrupted:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)


def test_an_interruption_is_raised_as_ever_and_noticed():
    with noticing_interrupts() as interrupted:
        assert not interrupted()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert interrupted()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interruption_of_a_destructor_ends_the_wait():
    go_on = threading.Event()
    with ThreadPoolExecutor(1) as threads, noticing_interrupts() as interrupted:
        results = _as_done(threads, lambda _one: go_on.wait(), [None], 1, interrupted)  # type: ignore[arg-type]
        one = Interrupted()
        del one  # Python prints what is raised here, and goes on
        try:
            with pytest.raises(KeyboardInterrupt):
                next(results)
        finally:
            go_on.set()
