"""Keep each submission's verdict, so that nothing is graded twice and any can be replayed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import msgspec
import nbformat

from autograder.course import Course
from autograder.exercise import Verdict
from autograder.files import write_beside
from autograder.notebook import SIZE_LIMIT

FOLDER = ".autograder"
PACKAGE = "optimization-workbook"


@dataclass(frozen=True)
class Kept:
    """A verdict, and the digest of what it was reached from."""

    key: str
    verdict: Verdict


def keep(course: Course, name: str, kept: Kept) -> None:
    """Write a verdict beside the others."""
    path = _path(course, name, kept.verdict.student)
    # It holds the seed of the inputs: nobody else on this machine should read it.
    (course.root / FOLDER).mkdir(mode=0o700, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, msgspec.json.format(msgspec.json.encode(kept)).decode())


def recall(course: Course, name: str, student: str) -> Kept | None:
    """Return the verdict on a student's last graded hand-in, if there is one."""
    try:
        return msgspec.json.decode(_path(course, name, student).read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError):
        return None


def recall_all(course: Course, name: str) -> list[Verdict]:
    """Return the verdicts on everybody's last graded hand-in, ordered by student."""
    files = sorted((course.root / FOLDER / name).glob("*.json"))
    recalled = (recall(course, name, path.stem) for path in files)
    return [kept.verdict for kept in recalled if kept]


def fingerprint(course: Course, name: str) -> str:
    """Return a digest of what marks depend on beside the submission itself."""
    digest = hashlib.sha256()
    for cell in nbformat.read(course.notebook(name), as_version=4).cells:
        digest.update(f"{cell.get('id')}\0{cell.source}\0".encode())
    files = [path for path in course.source(name).iterdir() if path.suffix != ".ipynb"]
    exercises = find_spec(f"autograder.exercises.{name}")
    if exercises and exercises.origin:
        module = Path(exercises.origin)
        # Of a package, every module counts: its cases and misconceptions make the verdict.
        files += module.parent.rglob("*.py") if module.stem == "__init__" else [module]
    for path in sorted(files):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def version_of(course: Course, name: str) -> str:
    """Return the version of the package and, shortened, that of the assignment."""
    return f"{PACKAGE} {version(PACKAGE)}, {name} {fingerprint(course, name)[:8]}"


def key_of(submission: Path, known: str) -> str:
    """Return the digest of a submission and of all that its marks depend on."""
    digest = hashlib.sha256(known.encode())
    # What is no regular file is refused without looking into it.
    if submission.is_file() and not submission.is_symlink():
        with submission.open("rb") as file:
            digest.update(file.read(SIZE_LIMIT + 1))
    return digest.hexdigest()


def _path(course: Course, name: str, student: str) -> Path:
    return course.root / FOLDER / name / f"{student}.json"
