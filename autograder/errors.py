"""What a user sees as a sentence instead of a traceback."""

from __future__ import annotations

import errno

from autograder.names import printable

# The machine is short of something: never the fault of the file that was to be read or written.
SHORTAGES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EDQUOT})


class UserError(Exception):
    """Something the user can mend: the message names what is wrong and what to do."""


def fault_of_the_machine(error: OSError) -> str:
    """Say what the system refused: nothing that was recorded before is lost by it.

    Examples
    --------
    >>> fault_of_the_machine(OSError(28, "No space left on device", "marks"))
    "No space left on device ('marks'). Mend that, and run the same command again: it goes on."
    """
    where = f" ({printable(str(error.filename))!r})" if error.filename else ""
    what = f"{error.strerror or error}{where}"
    return f"{what}. Mend that, and run the same command again: it goes on."
