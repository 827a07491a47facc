"""One course of 300 students, whose marks are entered and not graded: that would cost minutes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.course import Course
from tests.support.platform_class import class_in


@pytest.fixture(scope="session")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The class with its marks. Tests only look at it."""
    return class_in(tmp_path_factory.mktemp("marked"))


@pytest.fixture
def own_marked(marked: Course, tmp_path: Path) -> Course:
    """A copy of the class, to do anything with."""
    shutil.copytree(marked.root, tmp_path / "course")
    return Course.find(tmp_path / "course")
