"""A course of an ordinary user's is graded by that user as it is by root."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import Course
from tests.support.ordinary_user import ORDINARY, as_ordinary_user, give
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
