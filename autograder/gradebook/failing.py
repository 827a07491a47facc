"""What it means when the gradebook's database fails: in a sentence, and without its password."""

from __future__ import annotations

import re
from urllib.parse import unquote

from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from autograder.errors import UserError

# PostgreSQL's codes. Another program was in the way, and is not when the same is done again: a lock
# that was waited for, two that waited for each other, two that entered the same.
LOCKED = frozenset({"55P03"})
IN_THE_WAY = frozenset({"40001", "40P01", "23505", "42P07"})
# This user may not do that: nothing is wrong with what was asked.
FORBIDDEN = "42501"

SERVER = re.compile(r"[\w+]+://")
DRIVER = "pip install 'workbook-autograder[postgres]'"
EXAMPLE = "postgresql+psycopg://USER@HOST/DATABASE"


class GradebookLocked(UserError):
    """Another program writes to the gradebook: wait, and try again."""


class GradebookRaced(GradebookLocked):
    """Another program wrote to the gradebook at the same moment: try again."""


def check_address(db_url: str) -> None:
    """Refuse an address that would be taken apart at the wrong place.

    Raises
    ------
    UserError
        If a password in it holds an @ as it is: what follows would be shown as the server's name.
    """
    if SERVER.match(db_url) and db_url.count("@") > 1:
        raise UserError(
            "c.CourseDirectory.db_url has more than one @: write one that belongs to the user's "
            "name or password as %40."
        )


def no_driver(missing: str | None) -> UserError:
    """Return what is told where the module that speaks with the server is not installed."""
    return UserError(
        f"c.CourseDirectory.db_url asks for the driver {missing}, which is not installed. "
        f"For PostgreSQL: {DRIVER}, and begin the address as in {EXAMPLE}."
    )


def no_address() -> UserError:
    """Return what is told where no database has such an address."""
    return UserError(
        "c.CourseDirectory.db_url cannot be read as the address of a database: for PostgreSQL "
        f"write {EXAMPLE}, and every other sign in a name or password as a % and its number."
    )


def explained(error: DBAPIError, db_url: str) -> Exception:
    """Return what is to be raised instead: the error itself if it is a fault of ours."""
    code = getattr(error.orig, "sqlstate", None)
    reason = next(iter(str(error.orig).strip().splitlines()), type(error.orig).__name__)
    told = f"The gradebook fails: {without_password(reason, db_url)}."
    if code in IN_THE_WAY:
        return GradebookRaced(f"{told} Run the same command again: it goes on.")
    if code in LOCKED or "database is locked" in reason:
        return GradebookLocked(f"{told} Mend that, and run the same command again: it goes on.")
    if isinstance(error, (IntegrityError, ProgrammingError)) and code != FORBIDDEN:
        return error
    return UserError(f"{told} Mend that, and run the same command again: it goes on.")


def without_password(text: str, db_url: str) -> str:
    """Return a text in which the password of the address does not stand.

    Examples
    --------
    >>> without_password("no route to ada:secret@host", "postgresql://ada:secret@host/marks")
    'no route to ada:***@host'
    """
    found = re.match(r"[\w+]+://[^:/@]*:([^@]+)@", db_url)
    for written in (found[1], unquote(found[1])) if found else ():
        text = text.replace(written, "***")
    return text
