"""A large class is written in slices and one transaction: a killed run leaves what was there."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from autograder.course import Course
from autograder.gradebook.reader import read_marks
from autograder.gradebook.reapplying import apply_penalties
from autograder.gradebook.released import students_entered
from tests import ROOT
from tests.gradebook.listening import listening
from tests.support.tiny_course import (
    NAME,
    NOTHING,
    OWN_PLUGIN,
    HandIn,
    copy_of,
    many,
    tables,
    write,
)

pytestmark = pytest.mark.slow


def test_a_larger_class_needs_no_more_statements(template, tmp_path):
    counts = []
    for size in (5, 50):
        course = copy_of(template, tmp_path / str(size), OWN_PLUGIN)
        counts.append([statements(course, many(size)), statements(course, many(size, NOTHING))])
    assert counts[0] == counts[1]


def statements(course: Course, given: Sequence[HandIn]) -> int:
    count = 0

    def add(*_: Any) -> None:
        nonlocal count
        count += 1

    with listening("before_cursor_execute", add):
        write(course, given)
    return count


def test_a_class_of_more_than_one_slice(course, monkeypatch):
    monkeypatch.setattr("autograder.gradebook.nbgrader_api.STUDENTS_AT_ONCE", 3)
    write(course, many(7))
    write(course, many(7))
    assert len(tables(course)["submitted_assignment"]) == 7


def test_a_few_are_read_without_looking_through_the_class(course):
    write(course, many(7))
    few = ["s1", "s2"]
    found = plans(course, lambda: read_marks(course, NAME, few))
    found += plans(course, lambda: students_entered(course, NAME, few))
    steps = [step for plan in found for step in plan]
    assert any("SEARCH grade" in step for step in steps)
    tables = ("grade", "comment", "submitted_notebook", "submitted_assignment")
    assert not set(steps) & {f"SCAN {table}" for table in tables}


def test_penalties_are_looked_for_once_not_for_each_student(course):
    write(course, many(7))
    found = plans(course, lambda: apply_penalties(course, NAME, {"s1": ["all"]}))
    scanning = [plan for plan in found if "SCAN submitted_notebook" in plan]
    assert scanning
    assert not [step for plan in scanning for step in plan if "CORRELATED" in step]


def plans(course: Course, work: Callable[[], Any]) -> list[list[str]]:
    """Return the steps that SQLite takes for each query of some work."""
    found: list[list[str]] = []

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.append([row[3] for row in asked])

    with listening("before_cursor_execute", explain):
        work()
    return found


# A small cache makes SQLite put changed pages into the file long before the commit.
DIES = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from autograder.gradebook import nbgrader_api
from autograder.course import Course
from autograder.gradebook.reader import read_marks
from autograder.gradebook.reapplying import apply_penalties
from autograder.gradebook.released import students_entered
from tests.support.tiny_course import NOTHING, many, write

nbgrader_api.STUDENTS_AT_ONCE = 30
slices = 0

@event.listens_for(Engine, "connect")
def shrink_cache(connection, _):
    connection.execute("PRAGMA cache_size = 2")

@event.listens_for(Engine, "before_cursor_execute")
def look(connection, cursor, statement, *_):
    global slices
    slices += statement.startswith("INSERT INTO comment")
    if slices == 2:
        os.kill(os.getpid(), signal.SIGKILL)

write(Course.find(Path(sys.argv[1])), many(80, NOTHING))
"""


def test_a_killed_run_leaves_what_was_there_and_can_be_repeated(course):
    write(course, many(20))
    before, database = tables(course), course.root / "gradebook.db"
    file_before = database.read_bytes()
    arguments = [sys.executable, "-c", DIES, str(course.root)]
    killed = subprocess.run(arguments, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert database.read_bytes() != file_before  # it died in the middle of writing
    assert tables(course) == before
    write(course, many(80, NOTHING))
    assert len(tables(course)["submitted_assignment"]) == 80
