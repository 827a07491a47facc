"""A course that is released once, and a copy of it for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import Course
from tests.support.term import copy_of, make_course


@pytest.fixture(scope="session")
def released_term(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make_course(tmp_path_factory.mktemp("term"))


@pytest.fixture
def term(released_term: Course, tmp_path: Path) -> Course:
    """A released course, to do anything with."""
    return copy_of(released_term, tmp_path / "course")
