"""A released course with every kind of cell, to do anything with."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import Course
from tests.support.tiny_course import CONFIG, NO_KERNEL, copy_of, released


@pytest.fixture(scope="package")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(tmp_path_factory.mktemp("template"), CONFIG + NO_KERNEL).root


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Course:
    return copy_of(template, tmp_path / "course")
