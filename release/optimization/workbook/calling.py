"""Call a student's function: whatever it does becomes an outcome, and nothing is raised."""

from __future__ import annotations

import contextlib
import io
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from workbook.limits import TOO_LONG, FirstLines, TookTooLong
from workbook.plain import plain
from workbook.restarted import FIRST_CELL, is_from_first_cell

# Frames in these are none of the student's own.
OTHERS = (str(Path(__file__).parent), str(Path(np.__file__).parent), "<program>")


class Status(StrEnum):
    """How a function stands."""

    RIGHT = "right"
    WRONG = "wrong"
    TODO = "not implemented yet"


@dataclass(frozen=True)
class Outcome:
    """What became of a call: the value it returned or, if it failed, the reason.

    `error` is what was raised, without the line, and `printed` the first lines that were printed.
    """

    value: Any = None
    status: Status = Status.RIGHT
    reason: str = ""
    printed: str = ""
    error: str = ""


def attempt(function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> Outcome:
    """Call a student's function, silently; whatever it raises becomes the outcome's reason.

    The value is what `plain` makes of what it returns.
    """
    if not callable(function):
        reason = "is not defined: run the cell that defines it, and see whether it gives an error"
        return Outcome(status=Status.TODO, reason=reason)
    stream = FirstLines()
    try:
        with _quiet(stream):
            value = plain(function(*arguments, **keywords))
        return Outcome(value, printed=_printed(stream))
    except NotImplementedError as error:
        return Outcome(None, Status.TODO, _describe_stub(function, error), _printed(stream))
    except TookTooLong:
        return Outcome(None, Status.WRONG, TOO_LONG, _printed(stream), "took too long")
    except (Exception, SystemExit) as error:
        said = _describe_error(error)
        reason = f"{said}{_where(error)}{_first_cell(error)}"
        return Outcome(None, Status.WRONG, reason, _printed(stream), said)


def _printed(stream: FirstLines) -> str:
    stream.finish()
    return stream.text


@contextlib.contextmanager
def _quiet(stream: FirstLines) -> Iterator[None]:
    """Keep what a student's function prints, and its warnings: neither makes an answer wrong."""
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield


def _describe_stub(function: Callable[..., Any], error: BaseException) -> str:
    frame = _own_frame(error)
    if frame is None or not frame.line:
        return "is not implemented yet"
    if frame.name != getattr(function, "__name__", frame.name):
        return f"calls `{frame.name}`, which is not implemented yet"
    return (
        f"is not implemented yet: it stops at `{frame.line}`. Put your code in place of that line"
    )


def _describe_error(error: BaseException) -> str:
    message = f": {error}" if str(error) else ""
    return f"stopped with {type(error).__name__}{message}"


def _where(error: BaseException) -> str:
    """Say in which line of the student's own code it stopped."""
    frame = _own_frame(error)
    return f" in `{frame.line}`" if frame and frame.line else ""


def _own_frame(error: BaseException) -> traceback.FrameSummary | None:
    """Return the last place in the student's own code, if there is one."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if not frame.filename.startswith(OTHERS)]
    return own[-1] if own else None


def _first_cell(error: BaseException) -> str:
    """Say what brings back the names that a restart of the kernel has taken away."""
    return f". {FIRST_CELL}" if is_from_first_cell(error) else ""
