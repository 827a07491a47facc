"""What a mark depends on, by parts: which of them has changed is what `grade` tells.

Points, due dates, extensions, late policies and what a person entered are no part of it: they are
applied anew without running anything.
"""

from __future__ import annotations

import ast
import json
import os
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat.notebooknode import NotebookNode

import workbook
from autograder import __version__
from autograder.authoring import exercises, known
from autograder.authoring.headings import without_heading
from autograder.course import Course
from autograder.files import digest_of
from autograder.gradebook.kept import PACKAGE
from autograder.handin.notebook import read_own
from workbook import practice

if TYPE_CHECKING:
    from autograder.grading.settings import Settings

HAND_IN = "the hand-in"
# Under this the digest of what is asked is known.
ASKED = "asked"
OF_ANOTHER_VERSION = "a verdict whose grounds are not known"
# The rooms that decide on marks: with another version of one of them a mark may be another.
ROOMS = ("assignment", "grading", "handin", "judging", "sandbox")
REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*) ?[=<>~!]=?")


def basis_of(course: Course, name: str, settings: Settings) -> dict[str, str]:
    """Return a digest of each part that the marks of all hand-ins depend on."""
    limits = {"budgets": asdict(settings.budgets), "limits": asdict(settings.limits)}
    grader = digest_of([("", __version__.encode()), *_grader()])
    return {
        "the exercises": _asked_by(course, name, grader),
        "the limits": digest_of([("", json.dumps(limits, sort_keys=True).encode())]),
        "the environment": digest_of([("", line.encode()) for line in _environment(course)]),
        "the grader": grader,
    }


def with_hand_in(basis: Mapping[str, str], digest: str) -> dict[str, str]:
    """Return what the mark of one hand-in depends on, given its digest."""
    return {**basis, HAND_IN: digest}


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the parts that are not as they were; of a mark of an earlier format nothing is known.

    >>> changed({"the limits": "a", "the hand-in": "b"}, {"the limits": "c", "the hand-in": "b"})
    ['the limits']
    """
    if not before:
        return [OF_ANOTHER_VERSION]
    return [part for part in now if before.get(part) != now[part]]


def _asked_by(course: Course, name: str, grader: str) -> str:
    """Return a digest of what is asked, as it was if no byte has changed that it is made from."""
    files = digest_of([("", grader.encode()), *_as_they_are(course, name)])
    if asked := known.recall(course, name, ASKED, files):
        return asked
    asked = digest_of(_asked(course, name))
    known.remember(course, name, ASKED, files, asked)
    return asked


def _as_they_are(course: Course, name: str) -> Iterable[tuple[str, bytes]]:
    source, notebooks = course.source(name), course.notebooks(name)
    yield "", json.dumps(notebooks).encode()
    yield from _files(source, source.rglob("*"))
    for notebook in notebooks:
        yield from _files(course.root, course.exercise_files(notebook))
        yield from _files(course.root, course.student_files(notebook).values())


def _files(root: Path, paths: Iterable[Path]) -> Iterable[tuple[str, bytes]]:
    for path in sorted(filter(Path.is_file, paths)):
        yield os.path.relpath(path, root), path.read_bytes()


def _asked(course: Course, name: str) -> Iterable[tuple[str, bytes]]:
    """Yield what is asked: cells that are run or answered, hidden cases, and what lies beside."""
    source = course.source(name)
    for notebook in course.notebooks(name):
        cells = read_own(source / f"{notebook}.ipynb").cells
        yield notebook, json.dumps([_essence(cell) for cell in cells if _matters(cell)]).encode()
        points = points_asked(course, notebook)
        for path in course.exercise_files(notebook):
            yield path.name, _without_points(path, points)
    for path in sorted(source.rglob("*")):
        # The environment has a part of its own; no mark depends on the check's public cases.
        named = path.name not in (course.environment.name, practice.FILE)
        if path.suffix != ".ipynb" and path.is_file() and named:
            yield str(path.relative_to(source)), path.read_bytes()


def _matters(cell: NotebookNode) -> bool:
    """Tell whether marks depend on a cell: a given text may be corrected for nothing."""
    role = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" or any(role.get(key) for key in ("grade", "solution", "task"))


def _essence(cell: NotebookNode) -> list[Any]:
    role = {
        key: cell.metadata.get("nbgrader", {}).get(key) for key in ("grade", "solution", "task")
    }
    source = without_heading(cell.source)
    return [cell.get("id"), cell.cell_type, source, cell.metadata.get("tags", []), role]


def points_asked(course: Course, notebook: str) -> dict[str, int]:
    """Return what each exercise of a notebook carries; nothing where no exercises are known."""
    if notebook not in exercises.available(course):
        return {}
    return {one.id: one.points for one in exercises.load(course, notebook).exercises}


def _without_points(path: Path, points: Mapping[str, int]) -> bytes:
    """Return the code of a module without its comments, and without the exercises' points.

    Those are numbers beside an exercise's name, in one call, that are what the exercise carries.
    """
    data = path.read_bytes()
    if path.suffix != ".py":
        return data
    tree = ast.parse(data)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        values = (*call.args, *(word.value for word in call.keywords))
        constants = [value for value in values if isinstance(value, ast.Constant)]
        carried = {
            points[one.value]
            for one in constants
            if isinstance(one.value, str) and one.value in points
        }
        for constant in constants:
            if type(constant.value) is int and constant.value in carried:
                constant.value = 0
    return ast.dump(tree).encode()


def _environment(course: Course) -> Iterable[str]:
    """Yield the versions of Python and of what the course and the package name."""
    yield platform.python_version()
    named = set()
    if course.environment.is_file():
        named |= set(PIN.findall(course.environment.read_text(encoding="utf-8")))
    try:
        wanted = [line for line in requires(PACKAGE) or () if "extra ==" not in line]
    except PackageNotFoundError:
        wanted = []
    named |= {match[0] for line in wanted if (match := REQUIREMENT.match(line))}
    for name in sorted(named):
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def _grader() -> Iterable[tuple[str, bytes]]:
    ours = Path(__file__).parents[2]
    places = [*(ours / room for room in ROOMS), Path(workbook.__file__).parent]
    for place in places:
        for path in sorted(place.rglob("*.py")):
            yield path.name, path.read_bytes()
