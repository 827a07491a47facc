"""A course of an ordinary user's is graded by that user as it is by root."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.sandbox.isolation import landlock
from tests import ROOT
from tests.support.ordinary_user import (
    NOBODY_ELSE,
    ORDINARY,
    ROOT_OF_A_CONTAINER,
    as_ordinary_user,
    give,
)
from tests.support.tiny_class import NAME, STUDENTS, class_in, expected, marks, released_course


@pytest.fixture
def course(tmp_path_factory) -> Iterator[Course]:
    """A class in a folder that belongs to the ordinary user and can be reached by them."""
    template = released_course(tmp_path_factory.mktemp("template"))
    folder = Path("/tmp") / f"course-of-{ORDINARY}-{os.getpid()}"
    course = class_in(template, folder)
    give(folder)
    yield course
    shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
def test_an_ordinary_user_grades_a_class_in_full_isolation(course, tmp_path):
    probe = as_ordinary_user("autograder", "doctor", cwd=Path("/"), aside=tmp_path)
    if probe.returncode != 0:
        said = (probe.stdout + probe.stderr).strip().splitlines()
        pytest.skip(f"not to be had for an ordinary user here: {said[-1] if said else 'silent'}")
    grade = ("autograder", "grade", NAME, "--json")
    outcome = as_ordinary_user(*grade, cwd=course.root, aside=tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    assert [mark["student"] for mark in json.loads(outcome.stdout)] == STUDENTS
    assert marks(course) == expected()
    kept = sorted((course.root / ".autograder" / NAME).iterdir())
    assert len(kept) == len(STUDENTS)
    for path in kept:
        assert path.stat().st_uid == ORDINARY
        isolation = json.loads(path.read_text())["verdict"]["isolation"]
        assert {"user", "pid", "net", "ipc"} <= set(isolation)


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
@pytest.mark.skipif(not landlock.usable(), reason="this kernel has no Landlock")
@pytest.mark.parametrize("privileges", [NOBODY_ELSE, ROOT_OF_A_CONTAINER], ids=["user", "root"])
def test_without_namespaces_the_second_level_grades_says_so_and_records_it(
    privileges, course, tmp_path
):
    closed = (sys.executable, "-B", str(ROOT / "tests" / "support" / "closed.py"))
    place = {"cwd": course.root, "aside": tmp_path, "privileges": privileges}
    insisting = ("autograder", "grade", NAME, "--isolation=namespaces")
    refused = as_ordinary_user(*closed, *insisting, **place)
    assert refused.returncode == 2
    assert "does not let a program have namespaces" in refused.stderr.replace("\n", " ")
    assert not (course.root / ".autograder" / NAME).exists()
    outcome = as_ordinary_user(*closed, "autograder", "grade", NAME, **place)
    assert outcome.returncode == 0, outcome.stderr
    assert "Isolation: Landlock, seccomp, limits and a reaper" in outcome.stdout
    assert marks(course) == expected()
    for path in (course.root / ".autograder" / NAME).iterdir():
        isolation = json.loads(path.read_text())["verdict"]["isolation"]
        assert isolation[0] == "level landlock"
        assert {"seccomp", "rlimits", "reaper"} < set(isolation)
        assert ("own user" in isolation) == (privileges == ROOT_OF_A_CONTAINER)
