"""Keep each submission's verdict, so that nothing is graded twice and any can be replayed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from autograder import __version__
from autograder.assignment.verdict import Verdict, combined
from autograder.course import Course
from autograder.files import digest_of, write_beside

# Of the files in the private folder. A change in what they mean makes it another number.
FORMAT = 2
PACKAGE = "workbook-autograder"


@dataclass(frozen=True)
class Kept:
    """A verdict, and digests of what it was reached from, by parts.

    Without a basis the next run grades again: that of an earlier version of the package, of
    nbgrader's own door, and of what the grader itself has failed at.
    """

    basis: Mapping[str, str]
    verdict: Verdict


@dataclass(frozen=True)
class _File:
    """What is written of it. Files of the first version bear no number."""

    verdict: Verdict
    format: int = 1
    basis: Mapping[str, str] = field(default_factory=dict)


def keep(course: Course, name: str, kept: Kept) -> None:
    """Write a verdict beside the others."""
    private_folder(course)
    write_data(course.verdict(name, kept.verdict.student), _File(kept.verdict, FORMAT, kept.basis))


def keep_on_notebook(course: Course, name: str, verdict: Verdict) -> None:
    """Write the verdict on one notebook, with those on the hand-in's others.

    Without a key: what nbgrader does after it may yet fail.
    """
    notebooks = course.notebooks(name)
    if len(notebooks) > 1:
        known = recall(course, name, verdict.student)
        judged = {part.notebook: part for part in known.verdict.parts} if known else {}
        judged[verdict.notebook] = verdict
        folder = course.submitted() / verdict.student / name
        there = [one for one in notebooks if os.path.lexists(folder / f"{one}.ipynb")]
        parts = tuple(judged[one] for one in there if one in judged)
        verdict = combined(parts) if len(parts) > 1 else replace(verdict, parts=parts)
    keep(course, name, Kept({}, verdict))


def write_data(path: Path, data: Any) -> None:
    """Write data as JSON that people can read, in a folder that is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, msgspec.json.format(msgspec.json.encode(data)).decode())


def private_folder(course: Course) -> Path:
    """Return the folder of the verdicts, made if need be.

    It holds the seed of the inputs: nobody else on this machine should read it.
    """
    course.private.mkdir(mode=0o700, exist_ok=True)
    return course.private


def recall(course: Course, name: str, student: str) -> Kept | None:
    """Return the verdict on a student's last graded hand-in, if there is one that can be read.

    One of an earlier format is read, but its basis is not known; of a later one nothing is.
    """
    try:
        file = msgspec.json.decode(course.verdict(name, student).read_bytes(), type=_File)
    except (OSError, msgspec.MsgspecError):
        return None
    if file.format > FORMAT:
        return None
    return Kept(file.basis if file.format == FORMAT else {}, file.verdict)


def is_kept(course: Course, name: str, student: str) -> bool:
    """Tell whether there is a verdict, be it one that cannot be read."""
    return course.verdict(name, student).is_file()


def files_on(course: Course, student: str) -> list[Path]:
    """Return the verdicts on a student, in all assignments, those that cannot be read too.

    What the course keeps on an assignment lies in folders beside them, and an assignment may be
    called as a student is.
    """
    files = sorted(path / f"{student}.json" for path in course.private.glob("*/"))
    return [path for path in files if os.path.lexists(path) and not _is_the_courses(path)]


def _is_the_courses(path: Path) -> bool:
    """Tell whether a file is certainly on something else than a student."""
    try:
        return "verdict" not in msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.MsgspecError):
        return False


def recall_all(course: Course, name: str) -> Iterator[Verdict]:
    """Yield the verdicts on everybody's last graded hand-in, ordered by student.

    What many have in common is in memory once; the pictures of single hand-ins are left out.
    """
    known: dict[Any, Any] = {}
    for path in sorted((course.private / name).glob("*.json")):
        if kept := recall(course, name, path.stem):
            yield _shared(kept.verdict, known)


def _shared(verdict: Verdict, known: dict[Any, Any]) -> Verdict:
    parts = (replace(exercise, demonstration=None) for exercise in verdict.exercises)
    return replace(
        verdict,
        exercises=tuple(known.setdefault(part, part) for part in parts),
        isolation=known.setdefault(verdict.isolation, verdict.isolation),
        graded_by=known.setdefault(verdict.graded_by, verdict.graded_by),
        parts=tuple(_shared(part, known) for part in verdict.parts),
    )


def fingerprint(course: Course, name: str) -> str:
    """Return a digest of the files that an assignment is made from."""
    return digest_of(_made_from(course, name))


def _made_from(course: Course, name: str) -> Iterator[tuple[str, bytes]]:
    notebooks = course.notebooks(name)
    for notebook in notebooks:
        text = (course.source(name) / f"{notebook}.ipynb").read_text(encoding="utf-8")
        cells = [(cell.get("id"), cell["source"]) for cell in json.loads(text)["cells"]]
        yield notebook, json.dumps(cells).encode()
    files = [path for path in course.source(name).rglob("*") if path.suffix != ".ipynb"]
    for notebook in notebooks:
        files += course.exercise_files(notebook)
    for path in sorted(filter(Path.is_file, files)):
        yield path.name, path.read_bytes()


def version_of(course: Course, name: str) -> str:
    """Return the version of the package and, shortened, that of the assignment."""
    return f"{PACKAGE} {__version__}, {name} {fingerprint(course, name)[:8]}"
