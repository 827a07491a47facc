"""The source version, the release, and a hand-in made from it."""

from __future__ import annotations

import nbformat
import pytest

from tests.conftest import NAME
from tests.handin.notebook.hand_ins import EXERCISE, HELPER
from tests.support.sample_class import fill_in


@pytest.fixture(scope="module")
def source(repo):
    return nbformat.read(repo.notebook(NAME), as_version=4)


@pytest.fixture(scope="module")
def released(repo):
    return nbformat.read(repo.release(NAME) / f"{NAME}.ipynb", as_version=4)


@pytest.fixture
def handed_in(released):
    """A hand-in with an answer and a cell of the student's own, to do anything with."""
    return fill_in(released, NAME, {EXERCISE: "def f():  \n    return 'é😀'\n"}, HELPER)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("notebooks") / "hand-in.ipynb"
