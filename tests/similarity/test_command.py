"""`autograder similar`, as an instructor calls it."""

from __future__ import annotations

import re
import shutil

import pytest

from autograder.course import Course
from tests.conftest import NAME, run

pytestmark = pytest.mark.slow

RENAMED = {"parameters": "weights", "learning_rate": "alpha_rate", "mini_batches": "parts"}


@pytest.fixture
def course(small_class: Course) -> Course:
    """A class in which ida hands in eva's notebook with other names."""
    copy = small_class.submitted() / "ida" / NAME
    shutil.copytree(small_class.submitted() / "eva" / NAME, copy)
    path = copy / f"{NAME}.ipynb"
    text = path.read_text()
    for old, new in RENAMED.items():
        text = re.sub(rf"\b{old}\b(?!\()", new, text)
    assert text != path.read_text()
    path.write_text(text)
    return small_class


def similar(course: Course, *options: str, code: int = 0) -> str:
    outcome = run("autograder", "similar", NAME, *options, cwd=course.root)
    assert outcome.returncode == code, outcome.stderr
    return outcome.stdout + outcome.stderr


def test_a_copy_with_other_names_is_listed_and_shown(course):
    said = similar(course)
    assert "eva and ida" in said
    assert "of 6 hand-ins are worth a look: see" in said.splitlines()[-1]
    page = (course.root / "report" / f"{NAME}-similar.html").read_text()
    assert "eva" in page
    assert "ida" in page
    for option in ("autograded", "feedback"):  # no word of it reaches a student
        assert not (course.root / option).exists()


def test_last_years_hand_ins_are_compared_too_and_the_page_goes_where_it_is_wanted(course):
    last_year = course.root.parent / "last year"
    shutil.move(course.submitted() / "ida", last_year / "ida")
    page = course.root.parent / "pairs.html"
    said = similar(course, "--with", str(last_year), "--output", str(page))
    (found,) = [line for line in said.splitlines() if "eva and" in line]
    assert "ida" in found
    assert page.exists()


def test_a_folder_without_hand_ins_or_of_this_class_compares_nothing(course):
    (course.root / "empty").mkdir()
    assert "holds no notebook of optimization" in similar(course, "--with", "empty", code=2)
    assert "holds this class" in similar(course, "--with", "submitted", code=2)


def test_last_years_folder_has_its_name_wherever_one_stands(course):
    last_year = course.root.parent / "last year"
    shutil.move(course.submitted() / "ida", last_year / "ida")
    outcome = run(
        "autograder", "similar", NAME, "--with", ".", "--course", str(course.root), cwd=last_year
    )
    assert "eva and last year/ida" in outcome.stdout, outcome.stderr


def test_a_folder_that_is_not_there_is_named(course):
    said = similar(course, "--with", "nowhere", code=2)
    assert said.startswith("autograder: ")
    assert "nowhere" in said
