"""What a verdict depends on, and how those of a class are read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.assignment.verdict import Demonstrated
from autograder.gradebook.kept import Kept, fingerprint, keep, recall, recall_all
from tests.conftest import NAME
from tests.support.large_class import large_class


@pytest.mark.parametrize("module", ["__init__.py", "cases.py", "misconceptions/adam.py"])
def test_a_change_in_any_module_of_an_assignment_changes_its_fingerprint(module, repo, tmp_path):
    course = repo.copy_to(tmp_path)
    before = fingerprint(course, NAME)
    assert fingerprint(course, NAME) == before
    with (course.exercises / NAME / module).open("a") as file:
        file.write("# changed\n")
    assert fingerprint(course, NAME) != before


def test_what_a_class_has_in_common_is_read_into_memory_once(repo, tmp_path):
    course = repo.copy_to(tmp_path)
    (one,) = large_class(1)
    picture = Demonstrated("path", (((0.0, 1.0),),), (((0.0, 2.0),),))
    first, *others = one.exercises
    one = replace(one, exercises=(replace(first, demonstration=picture), *others))
    for student in ("ada", "ben"):
        keep(course, NAME, Kept({}, replace(one, student=student, parts=(one,))))
    ada, ben = recall_all(course, NAME)
    assert (ada.student, ben.student) == ("ada", "ben")
    assert ada.exercises == ada.parts[0].exercises == one.exercises
    assert all(mine is yours for mine, yours in zip(ada.exercises, ben.exercises, strict=True))
    assert ada.exercises[0].demonstration is None
    alone = recall(course, NAME, "ada")
    assert alone and alone.verdict.exercises[0].demonstration == picture
