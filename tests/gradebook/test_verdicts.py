"""What a verdict depends on."""

from __future__ import annotations

import pytest

from autograder.gradebook.kept import fingerprint
from tests.conftest import NAME


@pytest.mark.parametrize("module", ["__init__.py", "cases.py", "misconceptions/adam.py"])
def test_a_change_in_any_module_of_an_assignment_changes_its_fingerprint(module, repo, tmp_path):
    course = repo.copy_to(tmp_path)
    before = fingerprint(course, NAME)
    assert fingerprint(course, NAME) == before
    with (course.exercises / NAME / module).open("a") as file:
        file.write("# changed\n")
    assert fingerprint(course, NAME) != before
