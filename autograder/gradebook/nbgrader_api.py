"""nbgrader's own API, ready to call, and the reason when one of its calls fails."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError

from autograder.course import Course
from autograder.errors import UserError

P = ParamSpec("P")
T = TypeVar("T")
LOG = logging.getLogger(__name__)
LOCKED_TRIES = 12

LAST_LINE_OF_TRACEBACK = re.compile(r"^\s*([\w.]*(?:Error|Exception|Entry)\b.*)$", re.MULTILINE)


def open_api(course: Course) -> NbGraderAPI:
    """Return nbgrader's API on a course."""
    _find_alembic()
    return NbGraderAPI(config=course.config)


@contextmanager
def open_gradebook(course: Course) -> Iterator[Gradebook]:
    """Open the gradebook of a course.

    Raises
    ------
    UserError
        If the database fails: the disk is full, it may not be written, the server is away.
    """
    _find_alembic()
    directory = CourseDirectory(config=course.config)
    try:
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            yield gradebook
    except DatabaseError as error:
        if isinstance(error, (IntegrityError, ProgrammingError)):  # a fault of ours
            raise
        reason = str(error.orig).strip().splitlines()[0]
        kind = GradebookLocked if "database is locked" in reason else UserError
        raise kind(
            f"The gradebook fails: {reason}. Mend that, and run the same command again: it goes on."
        ) from None


class GradebookLocked(UserError):
    """Another program writes to the gradebook."""


def patient(work: Callable[P, T]) -> Callable[P, T]:
    """Have `work`, which opens the gradebook, done again while another program has it locked.

    SQLite itself waits for five seconds each time.
    """

    @wraps(work)
    def work_patiently(*args: P.args, **keywords: P.kwargs) -> T:
        for left in range(LOCKED_TRIES - 1, 0, -1):
            try:
                return work(*args, **keywords)
            except GradebookLocked:
                LOG.warning("Another program has locked the gradebook; waiting, %s× more.", left)
        return work(*args, **keywords)

    return work_patiently


def why_failed(outcome: Mapping[str, Any]) -> str:
    """Return the first error in what a call of the API returned, without its traceback."""
    report = f"{outcome.get('log', '')}\n{outcome.get('error', '')}"
    found = LAST_LINE_OF_TRACEBACK.search(report)
    return found.group(1).strip() if found else "no reason given"


def _find_alembic() -> None:
    """Put the environment's commands on the path.

    nbgrader calls alembic by name, and an environment that is not activated is not on the path.
    """
    folder = str(Path(sys.executable).parent)
    if folder not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
