"""nbgrader's own API, ready to call, and the reason when one of its calls fails."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import text
from sqlalchemy.exc import ArgumentError, DBAPIError

from autograder.course import Course
from autograder.gradebook.failing import (
    GradebookLocked,
    GradebookRaced,
    check_address,
    explained,
    no_address,
    no_driver,
)

if TYPE_CHECKING:
    from nbgrader.apps.api import NbGraderAPI

P = ParamSpec("P")
T = TypeVar("T")
LOG = logging.getLogger(__name__)
# The driver of PostgreSQL warns of a lost connection beside raising what we tell.
logging.getLogger("psycopg").setLevel(logging.ERROR)
# SQLite waits for five seconds each time; a server is told to.
LOCKED_TRIES = 12
# SQLite allows 32766 parameters in a query, older ones 999; and everybody's rows are read sooner
# than those of so many.
STUDENTS_AT_ONCE = 500
IMPATIENCE = text("SET lock_timeout = '5s'")

LAST_LINE_OF_TRACEBACK = re.compile(r"^\s*([\w.]*(?:Error|Exception|Entry)\b.*)$", re.MULTILINE)


def in_pieces(some: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield as many at a time as a query takes."""
    for start in range(0, len(some), STUDENTS_AT_ONCE):
        yield some[start : start + STUDENTS_AT_ONCE]


def open_api(course: Course) -> NbGraderAPI:
    """Return nbgrader's API on a course."""
    from nbgrader.apps.api import NbGraderAPI  # with all its commands

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
        with _opened(directory) as gradebook:
            yield gradebook
    except DBAPIError as error:
        instead = explained(error, directory.db_url)
        if instead is error:
            raise
        raise instead from None


def _opened(directory: CourseDirectory) -> Gradebook:
    check_address(directory.db_url)
    try:
        gradebook = Gradebook(directory.db_url, directory.course_id)
    except ModuleNotFoundError as error:
        raise no_driver(error.name) from None
    except ArgumentError:  # its message may quote the address, and a password in it
        raise no_address() from None
    if gradebook.engine.dialect.name == "postgresql":
        gradebook.db.execute(IMPATIENCE)
        gradebook.db.commit()
    return gradebook


def patient(work: Callable[P, T]) -> Callable[P, T]:
    """Have `work`, which opens the gradebook, done again while another program is in its way."""

    @wraps(work)
    def work_patiently(*args: P.args, **keywords: P.kwargs) -> T:
        for left in range(LOCKED_TRIES - 1, 0, -1):
            try:
                return work(*args, **keywords)
            except GradebookRaced:
                LOG.info("Another program wrote to the gradebook meanwhile; again, %s× more.", left)
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
