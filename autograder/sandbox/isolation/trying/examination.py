"""The zygote and the child that `autograder doctor` starts, to try each part for real."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.sandbox.isolation import parts
from autograder.sandbox.isolation.enclosure import Enclosure
from autograder.sandbox.isolation.entering import enter_zygote
from autograder.sandbox.isolation.limits import Limits
from autograder.sandbox.isolation.places import close_all_but
from autograder.sandbox.isolation.probing import Level
from autograder.sandbox.isolation.trying import attempts, checks
from autograder.sandbox.isolation.trying.facts import Check, Facts, NotArmed

# A spinning child stops by itself after this much processor time, or this long.
SPIN_CPU_SECONDS, SPIN_SECONDS = 3, 20
DEATH_SECONDS = 1.0
PAUSE_SECONDS = 0.02


def main(level: Level, shown: Sequence[str]) -> None:
    """Read the facts from standard input; write what each check found, a line of JSON each."""
    words = json.load(sys.stdin)
    facts = Facts(**words | {"limits": Limits(**words["limits"])})
    try:
        enclosure = enter_zygote(level, [Path(path) for path in shown])
    except OSError as error:
        say("start", str(error))
        return
    _in_child(enclosure, facts.limits, lambda: _try_all(facts, checks.checks_of(level)))
    if level is Level.LANDLOCK:
        say(checks.FOLDER, _filling(enclosure, facts.limits))
    if facts.quick:
        return
    say("outliving", _outliving(enclosure, facts.limits))
    say("processor time", _spinning(enclosure, replace(facts.limits, cpu_seconds=1)))


def say(name: str, found: str, *, armed: bool = True) -> None:
    """Write a line of the result at once: the next check may end this process."""
    print(json.dumps({"name": name, "found": found, "armed": armed}), flush=True)


def _in_child(enclosure: Enclosure, limits: Limits, work: Callable[[], None], keep: int = 2) -> int:
    """Do `work` in an isolated child that ends of itself, and return how it ended."""
    sys.stdout.flush()
    pid = enclosure.fork()
    if pid == 0:
        try:
            close_all_but({keep})
            enclosure.enter(limits)
            work()
        except Exception as error:
            say("start", f"{type(error).__name__}: {error}")
            os._exit(1)
        os._exit(0)
    # It stays to be waited for until its folder is cleared.
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    enclosure.kill(pid)
    status = os.waitpid(pid, 0)[1]
    enclosure.clear()
    return os.waitstatus_to_exitcode(status)


def _try_all(facts: Facts, tried: Mapping[str, Check]) -> None:
    for name, check in tried.items():
        try:
            say(name, check(facts))
        except NotArmed as reason:
            say(name, f"not armed: {reason}", armed=False)
        except Exception as error:
            say(name, f"the check failed: {type(error).__name__}: {error}")
    say("parts", ", ".join(parts.measure(facts.namespaces)))


def _filling(enclosure: Enclosure, limits: Limits) -> str:
    """Write more than the folder may hold, and see whether that is noticed."""
    pid = enclosure.fork()
    if pid == 0:
        try:
            close_all_but(())
            enclosure.enter(limits)
            attempts.write_on(limits.folder_bytes)
        finally:
            os._exit(0)
    found, end = "", time.monotonic() + attempts.NAP_SECONDS
    while not found and time.monotonic() < end:
        time.sleep(PAUSE_SECONDS)
        found = enclosure.excess(limits, enclosure.others() or [])
    enclosure.kill(pid)
    os.waitpid(pid, 0)
    enclosure.clear()
    return "" if found else "the working folder can be filled without bound"


def _outliving(enclosure: Enclosure, limits: Limits) -> str:
    """End a child that has left a process behind, and see whether that one is gone too."""
    reader, writer = os.pipe()
    _in_child(enclosure, limits, lambda: attempts.outlive(writer), keep=writer)
    os.close(writer)
    if _read(reader) != attempts.ALIVE:
        return "the process that should have tried did not start"
    return "" if _read(reader) == b"" else "a process can live on after its notebook"


def _read(reader: int) -> bytes | None:
    """Return what a pipe has to say within a second; nothing at all is None, its end is empty."""
    ready = select.select([reader], [], [], DEATH_SECONDS)[0]
    return os.read(reader, len(attempts.ALIVE)) if ready else None


def _spinning(enclosure: Enclosure, limits: Limits) -> str:
    """Use more processor time than allowed."""
    ended = -_in_child(enclosure, limits, _spin)
    return "" if ended in (signal.SIGKILL, signal.SIGXCPU) else "processor time is not limited"


def _spin() -> None:
    end = time.monotonic() + SPIN_SECONDS
    while time.process_time() < SPIN_CPU_SECONDS and time.monotonic() < end:
        pass
