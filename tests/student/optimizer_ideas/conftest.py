"""The modules that students of Optimizer Ideas import, and the figures that a test draws."""

from __future__ import annotations

import importlib
import sys
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pytest

from autograder.authoring.exercises import student_modules
from autograder.authoring.reference import load_reference
from tests.exercises.optimizer_ideas import NAME
from tests.support.assignments import COURSE, load

MODULES = ("averages", "captions", "decay", "descents", "examples", "races", "saddles")


@pytest.fixture(scope="session")
def student():
    """Import what students import; names like testCases are another assignment's outside."""
    with student_modules(COURSE, NAME):
        modules = {name: importlib.import_module(f"workbook.{name}") for name in MODULES}
        given = {name: importlib.import_module(name) for name in ("ideas_utils", "testCases")}
    return SimpleNamespace(**modules, **given)


@pytest.fixture(scope="session")
def reference():
    """Return the instructor's functions by name."""
    return SimpleNamespace(**load_reference(COURSE, load(NAME)))


@pytest.fixture(autouse=True)
def opened(student, monkeypatch):
    """Let figures find their captions in this assignment's folder, as in a notebook there."""
    monkeypatch.setitem(sys.modules, "workbook.captions", student.captions)


@pytest.fixture(autouse=True)
def shown(monkeypatch):
    """Collect the figures that are shown, and close them after the test."""
    plt.switch_backend("Agg")
    figures = []
    monkeypatch.setattr(plt, "show", lambda: figures.append(plt.gcf()))
    yield figures
    plt.close("all")
