"""An empty course, on a machine whose clock shows UTC."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from autograder.course import Course
from tests.handin.collecting.downloads import FILE
from tests.support.tiny_class import NAME
from tests.support.tiny_course import CONFIG


@pytest.fixture
def course(tmp_path) -> Course:
    folder = tmp_path / "course"
    (folder / "source" / NAME).mkdir(parents=True)
    (folder / "source" / NAME / FILE).write_text('{"cells": []}')
    (folder / "nbgrader_config.py").write_text(CONFIG)
    return Course.find(folder)


@pytest.fixture(autouse=True)
def utc(monkeypatch) -> Iterator[None]:
    """The times in a zip are local."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
