"""Make the student version through nbgrader, and prove that it gives nothing away."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from autograder.authoring.build import differences
from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.nbgrader_api import open_api, why_failed
from autograder.handin.repairing import HIDDEN

SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)
MARKS = ("BEGIN SOLUTION", "BEGIN HIDDEN", "autograder.hidden")

# A shorter line, such as `L = len(v)`, may well stand elsewhere for good reasons.
TELLTALE_LENGTH = 20


def release(course: Course, name: str) -> Path:
    """Write the student version of an assignment and return its folder.

    nbgrader makes it from the instructor version and enters the assignment in the gradebook.

    Raises
    ------
    UserError
        If there is no instructor version, nbgrader fails, or the release would leak a solution.
    """
    if not course.notebook(name).is_file():
        raise UserError(f"{course.notebook(name)} is missing: run `autograder build {name}` first.")
    outcome = open_api(course).generate_assignment(name)
    if not outcome["success"]:
        raise UserError(f"nbgrader could not release {name}: {why_failed(outcome)}")
    if found := leaks(course, name, course.release(name)):
        raise UserError(f"The release of {name} leaks: {'; '.join(found)}.")
    return course.release(name)


def leaks(course: Course, name: str, folder: Path) -> list[str]:
    """Say what of the solutions and hidden tests can be read in the student's folder."""
    secrets = _secret_lines(course.notebook(name))
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.name} holds {mark!r}" for mark in MARKS if mark in text]
        lines = _lines(text if path.suffix != ".ipynb" else _sources(path))
        found += [f"{path.name} holds {line!r}" for line in sorted(lines & secrets)]
    return found


def outdated(course: Course, name: str) -> list[str]:
    """Release afresh, elsewhere, and say how the release on disk differs."""
    committed = course.release(name)
    if not committed.is_dir():
        return ["it is missing"]
    with TemporaryDirectory() as folder:
        elsewhere = course.copy_to(Path(folder))
        return _compare_folders(committed, release(elsewhere, name), f"{name}.ipynb")


def _compare_folders(committed: Path, fresh: Path, notebook: str) -> list[str]:
    old, new = (
        {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        for folder in (committed, fresh)
    )
    if notebook not in old:
        return [f"{notebook} is missing"]
    found = [
        f"{file} differs"
        for file in sorted(old.keys() | new.keys())
        if file != notebook and old.get(file) != new.get(file)
    ]
    notebooks = (nbformat.read(folder / notebook, as_version=4) for folder in (committed, fresh))
    return found + differences(*notebooks)


def _secret_lines(instructor: Path) -> set[str]:
    """Return the telling lines of all solutions and hidden tests that stand nowhere in the open."""
    source = _sources(instructor)
    secret = "\n".join(SOLUTION.findall(source) + HIDDEN.findall(source))
    given = HIDDEN.sub("", SOLUTION.sub("", source))
    return {line for line in _lines(secret) - _lines(given) if len(line) >= TELLTALE_LENGTH}


def _sources(path: Path) -> str:
    return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)


def _lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}
