"""An interruption ends a run, whatever it interrupts."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.grading.here import _as_done
from autograder.grading.interruption import noticing_interrupts


@pytest.fixture(autouse=True)
def _interruptible():
    """Who starts a program in the background may have it ignore interruptions."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


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
        pool: Any = SimpleNamespace(workers=1, enlarge=lambda wanted: None)
        results = _as_done(threads, lambda _one: go_on.wait(), [None], pool, interrupted)  # type: ignore[arg-type]
        one = Interrupted()
        del one  # Python prints what is raised here, and goes on
        try:
            with pytest.raises(KeyboardInterrupt):
                next(results)
        finally:
            go_on.set()
