"""One run at a time on one course."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import private_folder

if sys.platform != "win32":
    import fcntl

LOCK = "grading.lock"


@contextmanager
def only_run(course: Course) -> Iterator[None]:
    """Hold the lock of a course, which the system releases whatever becomes of this process.

    Raises
    ------
    UserError
        If another run holds it; the message says which.
    """
    path = private_folder(course) / LOCK
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "r+", encoding="utf-8") as file:
        if sys.platform != "win32":  # nbgrader does not grade on Windows
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = file.read(200).strip() or "it has just begun"
                raise UserError(
                    f"Another run grades this course ({holder}): wait until it has ended."
                ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {datetime.now():%Y-%m-%d %H:%M:%S}\n")
        file.flush()
        yield
