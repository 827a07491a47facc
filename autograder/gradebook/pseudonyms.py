"""Names that stay the same within a course, and that nobody without its key can lead back."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.kept import private_folder

KEY = "pseudonyms.key"
BYTES, LETTERS = 32, 10


def pseudonyms_of(course: Course) -> Callable[[str], str]:
    """Return what gives a student's pseudonym, by a key that the course keeps to itself.

    Raises
    ------
    UserError
        If the key is damaged: with a part of it anybody could lead the names back.
    """
    path = private_folder(course) / KEY
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != BYTES:
        raise UserError(
            f"{path} is no key for pseudonyms: restore it, or remove it to have new names."
        )

    def pseudonym(student: str) -> str:
        digest = hmac.new(key, student.encode("utf-8", "surrogatepass"), "sha256")
        return f"student-{digest.hexdigest()[:LETTERS]}"

    return pseudonym


def _make(path: Path) -> None:
    """Write a new key, whole or not at all; one that came meanwhile stays."""
    handle, name = tempfile.mkstemp(dir=path.parent)  # for nobody else to read
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(BYTES))
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
