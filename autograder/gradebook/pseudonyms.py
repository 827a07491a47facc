"""Names that stay the same within a course, and that nobody without its key can lead back."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable

from autograder.course import Course
from autograder.gradebook.kept import private_folder

KEY = "pseudonyms.key"
BYTES, LETTERS = 32, 10


def pseudonyms_of(course: Course) -> Callable[[str], str]:
    """Return what gives a student's pseudonym, by a key that the course keeps to itself."""
    path = private_folder(course) / KEY
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
    else:
        key = secrets.token_bytes(BYTES)
        with os.fdopen(handle, "wb") as file:
            file.write(key)

    def pseudonym(student: str) -> str:
        digest = hmac.new(key, student.encode("utf-8", "surrogatepass"), "sha256")
        return f"student-{digest.hexdigest()[:LETTERS]}"

    return pseudonym
