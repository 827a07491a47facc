"""The examples in the docstrings of what students get hold, for every assignment."""

from __future__ import annotations

import doctest
import importlib

import pytest

from autograder.authoring import exercises
from tests.support.assignments import COURSE

MODULES = [
    pytest.param(name, ".".join(path.relative_to(folder).with_suffix("").parts))
    for name in exercises.available(COURSE)
    for folder in [COURSE.student_modules(name)]
    for path in sorted(folder.rglob("*.py"))
]


@pytest.mark.parametrize(("assignment", "module"), MODULES)
def test_examples_in_docstrings_hold(assignment, module):
    with exercises.student_modules(COURSE, assignment):
        failed, _ = doctest.testmod(importlib.import_module(module))
    assert failed == 0
