"""What was worked out of an assignment's files, kept from one command to the next.

It holds as long as it is asked for with the same digest: that of all it was worked out from.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec

from autograder.course import Course
from autograder.gradebook.kept import private_folder, write_data

# In the course's private folder, a file an assignment.
PLACE = "known"


def recall(course: Course, name: str, what: str, digest: str) -> str | None:
    """Return what was worked out; None if that does not hold any more."""
    of, found = _read(course, name).get(what, ("", ""))
    return found if of == digest else None


def remember(course: Course, name: str, what: str, digest: str, found: str) -> None:
    """Keep what was worked out; where it cannot be written, it is worked out again."""
    known = _read(course, name)
    if known.get(what) == (digest, found):
        return
    path = course.private / PLACE / f"{name}.json"
    with suppress(OSError):
        private_folder(course)
        write_data(path, {**known, what: (digest, found)})


def _read(course: Course, name: str) -> dict[str, tuple[str, str]]:
    try:
        data = (course.private / PLACE / f"{name}.json").read_bytes()
        return msgspec.json.decode(data, type=dict[str, tuple[str, str]])
    except (OSError, msgspec.MsgspecError):
        return {}
