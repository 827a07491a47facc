"""The process that stays behind: it waits for the zygote, dies with it, and leaves nothing."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import time
from pathlib import Path
from typing import NoReturn

from autograder.sandbox.isolation import privileges
from autograder.sandbox.isolation.confined import ownership, reaping
from autograder.sandbox.isolation.places import close_all

POLL_SECONDS = 0.1


def split_namespaces(parent: int) -> None:
    """Go on as process 1 of the new namespace; the outer process dies with its parent.

    Parameters
    ----------
    parent : int
        The process that started this one.
    """
    gone, held = os.pipe()
    inner = os.fork()
    if inner:
        privileges.die_with_parent()
        if os.getppid() != parent:
            os._exit(1)
        _let_go(held)
        _end_as(os.waitpid(inner, 0)[1])
    os.close(held)
    privileges.die_with_parent()
    # The outer process may have died before that call: then nobody holds the pipe any more.
    if select.select([gone], [], [], 0)[0]:
        os._exit(1)
    os.close(gone)
    os.setsid()


def split_session(parent: int, folder: Path) -> None:
    """Go on in a session of one's own; the outer process ends it with its parent, and cleans up."""
    inner = os.fork()
    if inner == 0:
        os.setsid()
        return
    _let_go()
    ended, status = 0, 0
    while not ended:
        if os.getppid() != parent:
            os.kill(inner, signal.SIGKILL)
        time.sleep(POLL_SECONDS)
        ended, status = os.waitpid(inner, os.WNOHANG)
    shutil.rmtree(folder, ignore_errors=True)
    _end_as(status)


def split_reaper(place: Path, own: Path) -> int:
    """Go on in a session of one's own; the outer process ends all of it with its parent or its end.

    Parameters
    ----------
    place, own : Path
        The zygote's folder, and the one in it that belongs to the user of its children.

    Returns
    -------
    int
        What can be read from, in the process that goes on, when the outer one is gone.
    """
    parent = os.getppid()
    gone, held = os.pipe()
    inner = os.fork()
    if inner == 0:
        os.close(held)
        os.setsid()
        return gone
    reaping.become_subreaper()
    _let_go(held)
    _wait_for_one(inner, parent)
    with contextlib.suppress(ProcessLookupError):
        os.kill(inner, signal.SIGKILL)
    os.waitid(os.P_PID, inner, os.WEXITED | os.WNOWAIT)
    status = os.waitpid(inner, 0)[1]
    end_place(place, own)
    _end_as(status)


def end_place(place: Path, own: Path) -> None:
    """End what still runs below this process, and remove the folders of a zygote."""
    with contextlib.suppress(FileNotFoundError):
        with ownership.as_owner(own):
            reaping.end_all()
            ownership.empty(own)
        ownership.empty(place)
        os.chdir("/")
        place.rmdir()


def _wait_for_one(inner: int, parent: int) -> None:
    """Wait until the inner process or the parent ends, or this one is told to."""

    def stop(*_: object) -> None:
        raise InterruptedError

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    with contextlib.suppress(InterruptedError, ProcessLookupError):
        ends = [os.pidfd_open(pid) for pid in (inner, parent)]
        if os.getppid() == parent:
            select.select(ends, [], [])
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _let_go(*keep: int) -> None:
    """Hold no file of the zygote's open, and leave Ctrl-C to the grading process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir("/")
    close_all(keep)


def _end_as(status: int) -> NoReturn:
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        # Not a signal that leaves a core file: the inner process did that if it was wanted.
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(code)
