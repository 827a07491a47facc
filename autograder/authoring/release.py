"""Make the student version through nbgrader, and prove that it gives nothing away."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from autograder.authoring import exercises
from autograder.authoring.build import differences, not_as_written, place_support
from autograder.authoring.strays import refuse_strays
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import replace_folder
from autograder.gradebook.cells import follow_notebooks, known_points
from autograder.gradebook.nbgrader_api import open_api, why_failed
from autograder.handin.repairing import HIDDEN

SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)
MARKS = ("BEGIN SOLUTION", "BEGIN HIDDEN", "autograder.hidden")

# A shorter line, such as `L = len(v)`, may well stand elsewhere for good reasons.
TELLTALE_LENGTH = 20


@dataclass(frozen=True)
class Released:
    """A release: its folder, the points of each notebook, and what the gradebook took over."""

    folder: Path
    points: Mapping[str, float]
    changes: tuple[str, ...] = ()


def release(course: Course, name: str) -> Released:
    """Write the student version of an assignment; one that fails leaves the old one untouched.

    nbgrader makes it from the instructor version and enters the assignment in the gradebook, which
    keeps the marks of what was handed in.

    Raises
    ------
    UserError
        If the instructor version is missing or older than what it is made from, if a notebook lies
        astray, if nbgrader fails, or if the release would leak a solution.
    """
    require_releasable(course, name)
    if course.text(name).is_file():
        place_support(course, name)
    before = known_points(course, name)
    with _workshop(course, name) as place:
        _generate(place, name, enters=False)
        if found := leaks(course, name, place.release(name)):
            raise UserError(f"The release of {name} leaks: {'; '.join(found)}.")
        follow_notebooks(course, name, course.notebooks(name))
        _generate(place, name, enters=True)
        course.release(name).parent.mkdir(parents=True, exist_ok=True)
        replace_folder(course.release(name), place.release(name))
    exercises.remember_no_slips(course, course.notebooks(name))
    now = known_points(course, name)
    points = {notebook: sum(cells.values()) for notebook, cells in now.items()}
    return Released(course.release(name), points, tuple(_changes(before, now)))


def require_releasable(course: Course, name: str) -> None:
    """Refuse an assignment of which no release can be made, before anything of it is run.

    Raises
    ------
    UserError
        If the instructor version is missing, unreadable or older than what it is made from, or if
        a notebook lies astray.
    """
    if not course.notebooks(name):
        raise UserError(f"{course.notebook(name)} is missing: run `autograder build {name}` first.")
    for notebook in course.notebooks(name):
        path = course.source(name) / f"{notebook}.ipynb"
        try:
            nbformat.read(path, as_version=4)
        except Exception:  # whatever nbformat makes of a file that is no notebook
            raise UserError(
                f"{path} is no notebook: build or restore it, or move it away."
            ) from None
    if found := not_as_written(course, name):
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise UserError(
            f"{course.notebook(name)} is older than its text or exercises ({found[0]}{more}): "
            f"run `autograder build {name}` first."
        )
    refuse_strays(course, name)


@contextmanager
def _workshop(course: Course, name: str) -> Iterator[Course]:
    """Yield the course with another folder for the release, beside the true one."""
    config = copy.deepcopy(course.config)
    beside = f".{course.release(name).parent.name}.part"
    config.CourseDirectory.release_directory = beside
    shutil.rmtree(course.root / beside, ignore_errors=True)  # what a killed run has left
    try:
        yield replace(course, config=config)
    finally:
        shutil.rmtree(course.root / beside, ignore_errors=True)


def _generate(course: Course, name: str, *, enters: bool) -> None:
    """Have nbgrader make the release; only if it `enters` it, the gradebook hears of it."""
    config = copy.deepcopy(course.config)
    config.GenerateAssignment.no_database = not enters
    config.SaveCells.enabled = enters
    outcome = open_api(replace(course, config=config)).generate_assignment(name)
    if not outcome["success"]:
        raise UserError(f"nbgrader could not release {name}: {why_failed(outcome)}")


def _changes(
    before: Mapping[str, Mapping[str, float]], now: Mapping[str, Mapping[str, float]]
) -> Iterator[str]:
    """Say what is worth something else than in the release before; nothing for the first one."""
    for notebook in sorted(before.keys() | now.keys()) if before else ():
        old, new = before.get(notebook, {}), now.get(notebook, {})
        if notebook not in before or notebook not in now:
            yield f"{notebook}.ipynb was {'removed' if notebook in before else 'added'}."
        for cell in new.keys() - old.keys():
            yield f"{cell} was added, for {new[cell]:g} points; hand-ins without it earn 0 there."
        for cell in old.keys() - new.keys():
            yield f"{cell} was removed; what it earned is put aside, and returns with its name."
        for cell in new.keys() & old.keys():
            if new[cell] != old[cell]:
                yield f"{cell} carries {new[cell]:g} points; it had {old[cell]:g}."


def leaks(course: Course, name: str, folder: Path) -> list[str]:
    """Say what of the solutions and hidden tests can be read in the student's folder."""
    secrets: set[str] = set()
    for notebook in course.notebooks(name):
        secrets |= _secret_lines(course.source(name) / f"{notebook}.ipynb")
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
        return _compare_folders(committed, release(elsewhere, name).folder)


def _compare_folders(committed: Path, fresh: Path) -> list[str]:
    old, new = (
        {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        for folder in (committed, fresh)
    )
    notebooks = sorted(file for file in new if file.endswith(".ipynb"))
    if missing := [file for file in notebooks if file not in old]:
        return [f"{file} is missing" for file in missing]
    found = [
        f"{file} differs"
        for file in sorted(old.keys() | new.keys())
        if file not in notebooks and old.get(file) != new.get(file)
    ]
    for notebook in notebooks:
        read = (nbformat.read(folder / notebook, as_version=4) for folder in (committed, fresh))
        found += differences(*read)
    return found


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
