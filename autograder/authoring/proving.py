"""Prove an assignment's hidden cases: right solutions earn all points, known mistakes never.

Everything runs in this process: the instructor's own solutions, and edits of them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from signal import ITIMER_PROF
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.misconception import Misconception
from autograder.authoring import exercises
from autograder.authoring.reference import load_reference
from autograder.course import Course
from autograder.judging.in_process import grade_function
from autograder.sandbox.timing import BudgetExceeded, time_limit

# Marks must not depend on what is drawn: so many times everything is drawn afresh.
SEEDS = 50
# One mistake may make a loop endless.
SECONDS = 10.0

Function = Callable[..., Any]


@dataclass(frozen=True)
class Proof:
    """What came of one exercise.

    Attributes
    ----------
    right : int
        How many right solutions were tried: the workbook's own and that of the catalogue.
    mistakes, named : int
        How many misconceptions were tried, and how many of them are told by their own name.
    problems : tuple of str
        What is not as it should be.
    """

    exercise: str
    right: int
    mistakes: int
    named: int
    problems: tuple[str, ...]


def prove(course: Course, name: str, seeds: int = SEEDS) -> Iterator[Proof]:
    """Yield the proof of each exercise as soon as it is done.

    Raises
    ------
    UserError
        If there is no such assignment, or something in it cannot be right.
    """
    assignment = exercises.load(course, name)
    reference = load_reference(course, assignment)
    for exercise in assignment.exercises:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            yield _prove(exercise, reference[exercise.id], range(seeds))


def _prove(exercise: Exercise, reference: Function, seeds: Sequence[int]) -> Proof:
    problems: list[str] = []
    catalogue = exercise.catalogue
    right = {"your solution": reference}
    if catalogue:
        right["the catalogue's solution"] = catalogue.function(exercise.id)
    for label, function in right.items():
        lost = [seed for seed in seeds if _points(exercise, function, reference, seed) is not True]
        if lost:
            problems.append(f"{label} loses points with {len(lost)} of {len(seeds)} draws")
    entries = catalogue.entries if catalogue else ()
    outcomes = [_try(exercise, entry, reference, seeds) for entry in entries]
    problems += [problem for _, found in outcomes for problem in found]
    named = sum(is_named for is_named, _ in outcomes)
    return Proof(exercise.id, len(right), len(entries), named, tuple(problems))


def _points(exercise: Exercise, function: Function, reference: Function, seed: int) -> bool | float:
    """Return the points earned, or True for all of them."""
    verdict = grade_function(exercise, function, reference, seed)
    return verdict.score == verdict.points or verdict.score


def _try(
    exercise: Exercise, entry: Misconception, reference: Function, seeds: Sequence[int]
) -> tuple[bool, list[str]]:
    """Return whether a mistake is told by its own name, and what is not as it should be."""
    assert exercise.catalogue is not None
    function = exercise.catalogue.function(exercise.id, entry)
    try:
        with time_limit(SECONDS * len(seeds), ITIMER_PROF):
            verdicts = [grade_function(exercise, function, reference, seed) for seed in seeds]
    except BudgetExceeded:
        return False, [f"mistake {entry.id!r} takes too long"]
    scores = sorted({verdict.score for verdict in verdicts})
    problems = []
    if scores[-1] >= exercise.points:
        problems.append(f"mistake {entry.id!r} earns all points")
    if len(scores) > 1:
        low, high = scores[0], scores[-1]
        problems.append(f"mistake {entry.id!r} earns from {low:g} to {high:g} points by luck")
    told = {tuple(found.id for found in verdict.diagnoses) for verdict in verdicts}
    if others := sorted({name for names in told for name in names} - {entry.id}):
        problems.append(f"mistake {entry.id!r} is taken for {', '.join(others)}")
    return told == {(entry.id,)}, problems
