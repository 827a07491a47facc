"""A course of one's own, as an instructor begins it: what it builds takes seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.starting import start_assignment, start_course
from autograder.course import Course

OWN = "week1"


@pytest.fixture
def own(tmp_path: Path) -> Course:
    """A course of one's own with the assignment that `autograder new` writes."""
    start_course(tmp_path / "mycourse")
    course = Course.find(tmp_path / "mycourse")
    start_assignment(course, OWN)
    return course
