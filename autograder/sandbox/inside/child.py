"""The child that runs one submission: its cells first, then the questions of the grading process.

It knows what it is asked, one question at a time, and nothing of what is expected.
"""

from __future__ import annotations

import io
import os
import re
import socket
import time
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

import numpy as np

from autograder.sandbox import wire
from autograder.sandbox.examining.examiner.examiner import dispatch
from autograder.sandbox.examining.student.answering import Answerer
from autograder.sandbox.inside import noticing
from autograder.sandbox.inside.programs import play
from autograder.sandbox.inside.shell import CellShell, text_of
from autograder.sandbox.overlap import with_overlaps
from autograder.sandbox.sharing import Share
from autograder.sandbox.timing import BudgetExceeded, time_limit
from autograder.sandbox.wire.messages import Asked, CallReply, CellReply
from workbook.plain import plain

# What IPython calls the file of a cell that it compiles.
CELL_FILE = re.compile(r"<ipython-input-(\d{1,9})-")


def serve(sock: socket.socket, shell: CellShell) -> None:
    """Run the cells that the first message holds, then answer calls until the other end closes."""
    # A copy of this process must not answer too: it would use up the answers of the honest one.
    os.register_at_fork(after_in_child=sock.close)
    job: Any = wire.receive(sock, wire.JOB, deadline=None)
    if "prelude" in job:
        return dispatch(sock, shell, job["prelude"])
    _place_files(job["files"])
    noticed = noticing.watch()
    share = Share(*job["share"])
    answerer = Answerer(sock, shell.user_ns)
    cells: dict[int, int] = {}  # the place of each cell, by its number in Jupyter's count
    for index, cell in enumerate(job["cells"]):
        start = time.monotonic()
        cells[shell.execution_count] = index
        budget = share.budget(cell["budget"], shares=cell["shares"])
        status, outputs = shell.execute(cell["source"], budget)
        share.spend(time.monotonic() - start, shares=cell["shares"])
        count = shell.execution_count - 1
        reply = CellReply(index, status, outputs, count, shell.line, list(noticed))
        wire.send(sock, tuple(reply), deadline=None, bounds=wire.CELL)
        if cell["pauses"]:
            answerer.serve()
    ahead = bytearray()
    while True:
        asked = Asked(*wire.receive(sock, wire.Bounds(), deadline=None, ahead=ahead))
        came = answer(shell.user_ns, asked, cells)
        _reply(sock, CallReply(asked.number, *came, list(noticed)))


def _place_files(files: Mapping[str, np.ndarray]) -> None:
    """Write what the student handed in beside the notebook; what the instructor provides stays."""
    for name, content in files.items():
        with suppress(OSError):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            with open(name, "xb") as file:
                file.write(content.tobytes())


def answer(
    namespace: Mapping[str, Any], asked: Asked, cells: Mapping[int, int] | None = None
) -> tuple[str, str, Any]:
    """Call the student's function as asked.

    Parameters
    ----------
    cells : mapping, optional
        The place of each cell by its number, to tell where an error came from.

    Returns
    -------
    status, reason : str
        Whether it returned, and why it did not.
    value : object
        What it returned; if it raised, the place and the line of the cell it did so in.
    """
    function = namespace.get(asked.function)
    if not callable(function):
        return "missing", "is not defined", None
    try:
        with _quiet(), time_limit(asked.budget):
            if asked.program:
                return "returned", "", play(asked.program, function, asked.arguments)
            value = function(*asked.arguments, **asked.keywords)
            # Within its time, as a class of the student's may have a say in how it is read.
            shows = asked.shows_arguments
            return "returned", "", with_overlaps(value, asked.arguments) if shows else plain(value)
    except NotImplementedError:
        return "todo", "is not implemented yet", None
    except BudgetExceeded:
        return "late", f"ran past {asked.budget:g} s", None
    except BaseException as error:
        return "raised", _describe(error), _where(error, cells or {})


def _reply(sock: socket.socket, reply: CallReply) -> None:
    try:
        wire.send(sock, tuple(reply), deadline=None, bounds=wire.ANSWER)
    except wire.Closed:
        raise
    except wire.WireError:
        refused = reply._replace(status="unsendable", reason="", value=None)
        wire.send(sock, tuple(refused), deadline=None)


def _describe(error: BaseException) -> str:
    """Say what was raised. The grading process compares it; a student is told the type only."""
    message = text_of(error)
    return f"stopped with {type(error).__name__}{': ' * bool(message)}{message}"[:500]


def _where(error: BaseException, cells: Mapping[int, int]) -> tuple[int, int] | None:
    """Return the cell and the line of the innermost call that is the notebook's own."""
    where = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        found = CELL_FILE.match(frame.f_code.co_filename)
        if found and int(found[1]) in cells:
            where = cells[int(found[1])], line
    return where


class _Sink(io.TextIOBase):
    """Swallows what a function prints when it is asked for its answer."""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


@contextmanager
def _quiet() -> Iterator[None]:
    """Let neither prints nor warnings of a right answer matter."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        with redirect_stdout(_Sink()), redirect_stderr(_Sink()):
            yield
