"""What is proven: one exercise of one assignment, known by two words in every process."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from autograder.assignment.exercise import Exercise
from autograder.authoring.reference import load_reference
from tests.support.assignments import COURSE, load


class Target(NamedTuple):
    """An exercise of an assignment."""

    assignment: str
    id: str

    @property
    def exercise(self) -> Exercise:
        """What is asked."""
        return _exercises(self.assignment)[self.id]

    @property
    def reference(self) -> Callable[..., Any]:
        """The instructor's solution."""
        return _reference(self.assignment)[self.id]

    def draws(self, name: str) -> Any:
        """Return what is drawn for this exercise alone; None where it is nothing."""
        return draws(self.assignment, name, {}).get(self.id)


@cache
def targets(assignment: str) -> tuple[Target, ...]:
    """Return the exercises of an assignment, in order."""
    return tuple(Target(assignment, exercise_id) for exercise_id in _exercises(assignment))


def draws(assignment: str, name: str, default: Any) -> Any:
    """Return what ``draws/ASSIGNMENT.py`` says under a name, or else the default."""
    module = f"{__package__}.draws.{assignment}"
    if importlib.util.find_spec(module) is None:
        return default
    return getattr(importlib.import_module(module), name, default)


@cache
def _exercises(assignment: str) -> Mapping[str, Exercise]:
    return {exercise.id: exercise for exercise in load(assignment).exercises}


@cache
def _reference(assignment: str) -> Mapping[str, Callable[..., Any]]:
    return load_reference(COURSE, load(assignment))
