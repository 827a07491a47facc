"""Write the pages of a class where nbgrader's feedback belongs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.course import Course
from autograder.feedback.facts import Facts, collect
from autograder.feedback.rendering import DIGEST, render
from autograder.files import write_beside

# The digest stands within the first so many characters.
HEAD = 2000


def write_pages(course: Course, name: str, students: Sequence[str]) -> Iterator[tuple[Path, bool]]:
    """Write the page of each student who is graded; yield its path and whether it is new.

    A page that was made from the same facts by the same templates stays as it is.
    """
    for facts in collect(course, name, students):
        path = page_path(course, name, facts.verdict.student)
        is_outdated = _digest_of(path) != facts.digest()
        if is_outdated:
            _write(course, name, path, facts)
        yield path, is_outdated


def page_path(course: Course, name: str, student: str) -> Path:
    """Return where a student's page belongs."""
    return course.feedback() / student / name / f"{name}.html"


def _write(course: Course, name: str, path: Path, facts: Facts) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, render(facts))
    # nbgrader tells by it whether its feedback is older than the graded hand-in.
    stamp = course.autograded() / facts.verdict.student / name / "timestamp.txt"
    if stamp.is_file():
        shutil.copyfile(stamp, path.with_name(stamp.name))


def _digest_of(path: Path) -> str:
    """Return the digest that stands in a page, or nothing."""
    try:
        with path.open(encoding="utf-8") as file:
            found = DIGEST.search(file.read(HEAD))
    except (OSError, UnicodeDecodeError):
        return ""
    return found.group(1) if found else ""
