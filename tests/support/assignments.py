"""The exercises of this repository's course, as tests need them."""

from __future__ import annotations

from types import ModuleType

from autograder.assignment.exercise import Assignment
from autograder.authoring import exercises
from autograder.course import Course
from tests import ROOT

COURSE = Course.find(ROOT)


def available() -> list[str]:
    """Return the names of all assignments."""
    return exercises.available(COURSE)


def load(name: str) -> Assignment:
    """Return the assignment of that name."""
    return exercises.load(COURSE, name)


def part_of(name: str, part: str) -> ModuleType:
    """Return a module of an assignment's exercises."""
    return exercises.module(COURSE, name, part)
