"""The process that stays behind: it waits for the zygote, dies with it, and leaves nothing."""

from __future__ import annotations

import os
import select
import shutil
import signal
import time
from pathlib import Path
from typing import NoReturn

from autograder.sandbox.isolation import privileges
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
