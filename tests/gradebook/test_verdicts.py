"""What a verdict depends on."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

import autograder.exercises
from autograder.gradebook.kept import fingerprint
from tests.conftest import NAME


@pytest.mark.parametrize("module", ["__init__.py", "cases.py", "misconceptions/adam.py"])
def test_a_change_in_any_module_of_an_assignment_changes_its_fingerprint(
    module, repo, tmp_path, monkeypatch
):
    source = Path(autograder.exercises.__path__[0])
    shutil.copytree(source / NAME, tmp_path / NAME)
    monkeypatch.setattr(autograder.exercises, "__path__", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, f"autograder.exercises.{NAME}", raising=False)
    before = fingerprint(repo, NAME)
    assert fingerprint(repo, NAME) == before
    with (tmp_path / NAME / module).open("a") as file:
        file.write("# changed\n")
    assert fingerprint(repo, NAME) != before
