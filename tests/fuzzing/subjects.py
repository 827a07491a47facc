"""Every case of every exercise of every assignment, asked and answered by the reference."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Case, Exercise, Question
from autograder.authoring.reference import load_reference
from autograder.course import Course
from tests import ROOT
from tests.fuzzing.definitions import Given
from tests.support.assignments import available, load

SEEDS = range(3)

Function = Callable[..., Any]
Definition = Callable[[Given], bool]


@dataclass(frozen=True, eq=False)
class Subject:
    """A case, and what says apart from the judge which answers are right."""

    assignment: str
    exercise: Exercise
    case: Case
    place: int
    reference: Function
    definition: Definition | None = None
    # What the judge takes the case for: the same, but for a hole that is planted.
    judged: Case | None = None

    def judged_by(self, case: Case) -> Subject:
        """Return the subject with another case for the judge."""
        return replace(self, judged=case)

    @property
    def name(self) -> str:
        return f"{self.assignment}: {self.exercise.id}: {self.case.name}"

    @cache  # noqa: B019 - there are few, and they last as long as the search
    def question(self, seed: int) -> Question:
        """Return the case with inputs drawn and the reference's answer."""
        call = self.case.draw(np.random.default_rng((seed, self.place)))
        return Question(self.case, call, own(call).put_to(self.reference))


def own(call: Call) -> Call:
    """Return the call with arguments of its own."""
    return replace(call, arguments=copied(call.arguments), keywords=dict(call.keywords))


def copied(value: Any) -> Any:
    """Return a copy of plain data."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: copied(part) for key, part in value.items()}
    return type(value)(map(copied, value)) if isinstance(value, tuple | list) else value


def subjects() -> list[Subject]:
    """Return all there are, in order.

    Raises
    ------
    LookupError
        If a case has a law that `definitions` does not have.
    """
    return [subject for name in available() for subject in _subjects(name)]


def _subjects(name: str) -> Iterator[Subject]:
    assignment = load(name)
    reference = load_reference(Course.find(ROOT), assignment)
    definitions = _definitions(name)
    for exercise in assignment.exercises:
        for place, case in enumerate(exercise.cases):
            known = definitions or {}
            definition = known.get((exercise.id, case.name), known.get(case.name))
            # Where laws are not defined anew, and where a program stands between: not searched yet.
            if definitions is None and (case.law or case.draw(np.random.default_rng(0)).program):
                continue
            if case.law and not definition:
                raise LookupError(
                    f"Write a definition of {case.name!r} into tests/fuzzing/definitions/{name}.py."
                )
            own_law = definition if case.law else None
            yield Subject(name, exercise, case, place, reference[exercise.id], own_law)


def _definitions(name: str) -> Mapping[str | tuple[str, str], Definition] | None:
    """Return the laws of an assignment, defined anew; None where nobody has defined any yet."""
    try:
        return importlib.import_module(f"tests.fuzzing.definitions.{name}").DEFINITIONS
    except ModuleNotFoundError:
        return None
