"""Every case of every exercise of every assignment, asked and answered by the reference."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Case, Exercise, Question
from autograder.authoring.exercises import student_modules
from autograder.authoring.reference import load_reference
from tests.fuzzing.definitions import Given
from tests.support.assignments import COURSE, available, load

SEEDS = range(3)

Function = Callable[..., Any]
Definition = Callable[[Given], bool | None]


@dataclass(frozen=True, eq=False)
class Subject:
    """A case, and what says apart from the judge which answers are right."""

    assignment: str
    exercise: Exercise
    case: Case
    place: int
    reference: Function
    definition: Definition | None = None
    # Whether the right answer is an argument: then no answer is too lazy.
    is_argument: bool = False
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
    reference = load_reference(COURSE, assignment)
    with student_modules(COURSE, name):  # several assignments have a `workbook.examples`
        module = importlib.import_module(f"tests.fuzzing.definitions.{name}")
    known: Mapping[str | tuple[str, str], Definition] = module.DEFINITIONS
    arguments: frozenset[str] = getattr(module, "ARE_ARGUMENTS", frozenset())
    for exercise in assignment.exercises:
        for place, case in enumerate(exercise.cases):
            definition = known.get((exercise.id, case.name), known.get(case.name))
            if case.law and not definition:
                raise LookupError(
                    f"Write a definition of {case.name!r} into tests/fuzzing/definitions/{name}.py."
                )
            own_law = definition if case.law else None
            is_argument = exercise.id in arguments
            function = reference[exercise.id]
            yield Subject(name, exercise, case, place, function, own_law, is_argument)
