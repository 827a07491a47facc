"""A small nbgrader course with every kind of cell, a class, and both ways to grade it."""

from __future__ import annotations

import shutil
import sqlite3
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_api, open_gradebook, why_failed
from autograder.gradebook.writer import GradedNotebook, GradedSubmission, write_grades

NAME = "week1"
DUE = "2026-03-01T12:00:00"
ON_TIME = "2026-03-01T11:59:59"
LATE = "2026-03-01T15:30:00"

CONFIG = """
from pathlib import Path
c = get_config()
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "tiny"
"""
# nbgrader's steps without the kernel: a test cell's outcome stands in the notebook handed in.
NO_KERNEL = """
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
]
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]
"""
DEFAULT_STEPS = "c.Autograde.clear()\n"
ZERO_IF_LATE = "c.LateSubmissionPlugin.penalty_method = 'zero'\n"
OWN_PLUGIN = "c.AssignLatePenalties.plugin_class = 'late_rule.LateRule'\n"
LATE_RULE = """
from nbgrader.plugins import BasePlugin

class LateRule(BasePlugin):
    calls = 0

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        self.calls += 1  # of this instance: nbgrader makes a new one for each notebook
        by_hour = {"nothing": None, "negative": -1.0, "too much": score + 1}
        return by_hour.get(student_id, self.calls * 0.1 * total_seconds_late / 3600)
"""

ANSWERS = {"one": ("function", "essay", "project"), "two": ("formula",)}
POINTS = {"one": 2.0, "two": 5.0}


@dataclass(frozen=True)
class Work:
    """What a student did in a notebook: the cells written in, and what the test cell says."""

    answered: tuple[str, ...]
    test: float


@dataclass(frozen=True)
class HandIn:
    student: str
    timestamp: str | None
    one: Work | None = None
    two: Work | None = None

    @property
    def notebooks(self) -> dict[str, Work]:
        pairs = {"one": self.one, "two": self.two}
        return {name: work for name, work in pairs.items() if work}


ALL_OF_ONE = Work(ANSWERS["one"], 2.0)
ALL_OF_TWO = Work(ANSWERS["two"], 5.0)
NOTHING = Work((), 0.0)

CLASS = [
    HandIn("everything right", ON_TIME, ALL_OF_ONE, ALL_OF_TWO),
    HandIn("nothing done", ON_TIME, NOTHING, NOTHING),
    HandIn("partly right", ON_TIME, Work(("function",), 0.7), Work(("formula",), 3.3)),
    HandIn("only the essay", ON_TIME, Work(("essay",), 0.0), NOTHING),
    HandIn("only the project", ON_TIME, Work(("project",), 0.0), NOTHING),
    HandIn("one notebook missing", ON_TIME, None, ALL_OF_TWO),
    HandIn("no timestamp", None, ALL_OF_ONE, NOTHING),
    HandIn("other time zone", "2026-03-01T13:30:00+02:00", ALL_OF_ONE, ALL_OF_TWO),
    HandIn("late", LATE, ALL_OF_ONE, Work(("formula",), 0.1)),
    HandIn("late and empty", LATE, NOTHING, NOTHING),
    HandIn("late and one missing", LATE, ALL_OF_ONE, None),
]


def cell(kind: str, name: str, source: str, **role: Any) -> NotebookNode:
    role = {"grade": False, "solution": False, "task": False, "locked": False} | role
    metadata = {"nbgrader": {"grade_id": name, "schema_version": 3, **role}}
    new = new_code_cell if kind == "code" else new_markdown_cell
    return new(source, id=name, metadata=metadata)


def source_notebook(name: str) -> NotebookNode:
    """A notebook with every kind of cell that nbgrader knows, or one with code only."""
    test = cell("code", f"test_{name}", "assert f", grade=True, locked=True, points=POINTS[name])
    if name == "two":
        return with_kernel([cell("code", "formula", "f = 1", solution=True), test])
    return with_kernel(
        [
            cell("markdown", "rules", "Read only.", locked=True),
            cell("code", "function", "f = 1", solution=True),
            test,
            cell("markdown", "essay", "Write here.", grade=True, solution=True, points=3),
            cell("markdown", "project", "Work on this.", task=True, locked=True, points=4),
        ]
    )


def with_kernel(cells: list[NotebookNode]) -> NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def released(folder: Path, config: str) -> Course:
    """Make a course and release it with nbgrader."""
    (folder / "source" / NAME).mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(config)
    (folder / "late_rule.py").write_text(LATE_RULE)
    for name in ANSWERS:
        nbformat.write(source_notebook(name), folder / "source" / NAME / f"{name}.ipynb")
    course = Course.find(folder)
    with silent():
        outcome = open_api(course).generate_assignment(NAME)
        assert outcome["success"], why_failed(outcome)
        with open_gradebook(course) as gradebook:
            due_at(gradebook, DUE)
    return course


def due_at(gradebook: Any, duedate: str | None) -> None:
    gradebook.update_or_create_assignment(NAME, duedate=duedate)


def copy_of(template: Path, folder: Path, more_config: str = "") -> Course:
    shutil.copytree(template, folder)
    with (folder / "nbgrader_config.py").open("a") as file:
        file.write(more_config)
    return Course.find(folder)


@contextmanager
def silent() -> Iterator[None]:
    """nbgrader's own queries make SQLAlchemy warn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def hand_in(course: Course, given: HandIn) -> None:
    folder = course.submitted() / given.student / NAME
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if given.timestamp:
        (folder / "timestamp.txt").write_text(given.timestamp)
    for name, work in given.notebooks.items():
        notebook = nbformat.read(course.root / "release" / NAME / f"{name}.ipynb", 4)
        for found in notebook.cells:
            if found.metadata.nbgrader.grade_id in work.answered:
                found.source = "f = 1  # my answer"
            if found.metadata.nbgrader.grade_id == f"test_{name}":
                found.outputs = says(work.test, POINTS[name])
        nbformat.write(notebook, folder / f"{name}.ipynb")


def says(score: float, full: float) -> list[NotebookNode]:
    """What a test cell leaves: nothing if all is right, an error, or a part of the points."""
    if score == full:
        return []
    if score == 0:
        return [new_output("error", ename="AssertionError", evalue="", traceback=[])]
    return [new_output("execute_result", {"text/plain": str(score)}, execution_count=1)]


def grade_with_nbgrader(course: Course, given: Sequence[HandIn]) -> None:
    api = open_api(course)
    for submission in given:
        hand_in(course, submission)
        with silent():
            outcome = api.autograde(NAME, submission.student)
        assert outcome["success"], why_failed(outcome)


def graded(given: HandIn) -> GradedSubmission:
    timestamp = datetime.fromisoformat(given.timestamp) if given.timestamp else None
    notebooks = tuple(graded_notebook(name, work) for name, work in given.notebooks.items())
    return GradedSubmission(given.student, timestamp, notebooks)


def graded_notebook(name: str, work: Work) -> GradedNotebook:
    scores: dict[str, float | None] = {f"test_{name}": work.test}
    if name == "one":
        scores["essay"] = None if "essay" in work.answered else 0
    return GradedNotebook(name, scores, frozenset(ANSWERS[name]) - set(work.answered))


def write(course: Course, given: Sequence[HandIn]) -> None:
    write_grades(course, NAME, [graded(submission) for submission in given])


def tables(course: Course) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables of the file, with names in place of ids."""
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        db.row_factory = sqlite3.Row
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        found = {name: [dict(row) for row in db.execute(f"SELECT * FROM {name}")] for name in names}
    return with_names(found)


def with_names(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of all tables, with names in place of the ids that are drawn at random."""
    tables = ("assignment", "notebook", "base_cell", "source_cell")
    places: dict[Any, str] = {row["id"]: row["name"] for name in tables for row in found[name]}
    for row in found["submitted_assignment"]:
        places[row["id"]] = f"{row['student_id']}/{places[row['assignment_id']]}"
    for row in found["submitted_notebook"]:
        places[row["id"]] = f"{places[row['assignment_id']]}/{places[row['notebook_id']]}"
    for name in ("grade", "comment"):
        for row in found[name]:
            places[row["id"]] = ""
    named = {
        name: [{key: places.get(value, value) for key, value in row.items()} for row in rows]
        for name, rows in found.items()
    }
    return {name: sorted(rows, key=repr) for name, rows in named.items()}


def many(count: int, work: Work = ALL_OF_ONE) -> list[HandIn]:
    """Return a late class of that size."""
    return [HandIn(f"student {i:04}", LATE, work, ALL_OF_TWO) for i in range(count)]
