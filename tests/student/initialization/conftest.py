"""The modules that students of Initialization import, and the figures that a test draws."""

from __future__ import annotations

import importlib
import sys
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pytest

from autograder.authoring.exercises import student_modules
from tests.support.assignments import COURSE

NAMES = {
    "init_utils": "init_utils",
    "test_cases": "testCases",
    "captions": "workbook.captions",
    "circles": "workbook.circles",
    "depth": "workbook.depth",
    "examples": "workbook.examples",
    "starts": "workbook.starts",
}


@pytest.fixture(scope="session")
def student():
    """Import what students import; names like testCases are another assignment's outside."""
    with student_modules(COURSE, "initialization"):
        return SimpleNamespace(**{k: importlib.import_module(v) for k, v in NAMES.items()})


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
