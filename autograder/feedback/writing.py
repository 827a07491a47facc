"""Write the pages of a class where nbgrader's feedback belongs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.course import Course
from autograder.feedback.facts import Facts, collect
from autograder.feedback.rendering import DIGEST, render
from autograder.files import UnreadableFile, read_untrusted, write_beside

# The digest stands within the first so many characters.
HEAD = 2000
# By what it holds a student's own nbgrader finds the pages in the exchange: the hash of it and of
# a notebook's name.
SECRET = "submission_secret.txt"
LONGEST_SECRET = 10_000


def write_pages(course: Course, name: str, students: Sequence[str]) -> Iterator[tuple[Path, bool]]:
    """Write the page of each student who is graded; yield its path and whether it is new.

    It stands there under the assignment's name, and under that of each notebook, where nbgrader
    looks for it. A page that was made from the same facts by the same templates stays as it is.
    """
    others = [f"{notebook}.html" for notebook in course.notebooks(name)]
    for facts in collect(course, name, students):
        path = page_path(course, name, facts.verdict.student)
        paths = dict.fromkeys([path, *map(path.with_name, others)])
        digest = facts.digest()
        outdated = [one for one in paths if _digest_of(one) != digest]
        if outdated:
            _write(course, name, outdated, facts)
        yield path, bool(outdated)


def page_path(course: Course, name: str, student: str) -> Path:
    """Return where a student's page belongs."""
    return course.feedback() / student / name / f"{name}.html"


def secret_of(course: Course, name: str, student: str) -> bytes:
    """Return what nbgrader's exchange put beside a hand-in; nothing where there is no such file."""
    try:
        return read_untrusted(course.submitted() / student / name / SECRET, LONGEST_SECRET)
    except UnreadableFile:
        return b""


def _write(course: Course, name: str, paths: Sequence[Path], facts: Facts) -> None:
    folder, student = paths[0].parent, facts.verdict.student
    folder.mkdir(parents=True, exist_ok=True)
    page = render(facts)
    for path in paths:
        write_beside(path, page)
    # nbgrader tells by it whether its feedback is older than the graded hand-in.
    stamp = course.autograded() / student / name / "timestamp.txt"
    if stamp.is_file():
        shutil.copyfile(stamp, folder / stamp.name)
    if secret := secret_of(course, name, student):
        write_beside(folder / SECRET, secret)


def _digest_of(path: Path) -> str:
    """Return the digest that stands in a page, or nothing."""
    try:
        with path.open(encoding="utf-8") as file:
            found = DIGEST.search(file.read(HEAD))
    except (OSError, UnicodeDecodeError):
        return ""
    return found.group(1) if found else ""
