"""The public cases of the instant check, written beside what students get.

Drawn from a seed that anyone may know, and answered by the instructor's solution. Of the known
mistakes students get the names, the sentences and the signs of their answers: enough to tell which
one it is, and no line of any solution.
"""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, compress, product
from pathlib import Path
from typing import Any

import numpy as np

from autograder.assignment import exercise as hidden
from autograder.assignment.exercise import Exercise
from autograder.assignment.misconception import Misconception
from autograder.assignment.statements import Group
from autograder.authoring import exercises
from autograder.authoring.reference import load_reference
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import digest_of_files, write_beside
from autograder.judging.predictions import mixed, undisturbed
from autograder.sandbox.timing import BudgetExceeded, time_limit
from workbook import practice
from workbook.mistakes import ALIKE, number_of, sign_of
from workbook.plain import plain
from workbook.practice import Case, Tried

# Anyone may know it; hidden cases are drawn from a secret one.
SEED = 2024
# Of one mistake; it may make a loop endless.
SECONDS = 3.0
# Two mistakes at once are known by so many cases, the smallest: there are thousands of such pairs.
CASES_OF_PAIRS = 3

Function = Callable[..., Any]
Answered = Sequence[Sequence[Tried]]


def place(course: Course, name: str) -> None:
    """Write the public cases of an assignment, if what they are made from has changed."""
    path = course.student_modules(name) / "workbook" / practice.FILE
    made_from = _digest(course, name)
    if _made_from(path) != made_from:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = {"made_from": made_from, "exercises": make(course, name)}
        write_beside(path, json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")


def outdated(course: Course, name: str) -> list[str]:
    """Make the cases afresh and say how those on disk differ, in more than rounding errors."""
    path = course.student_modules(name) / "workbook" / practice.FILE
    if not path.is_file():
        return [f"{path.name} is missing"]
    written = json.loads(path.read_text(encoding="utf-8"))["exercises"]
    fresh = json.loads(json.dumps(make(course, name)))
    return [] if _are_alike(written, fresh) else [f"{path.name} differs"]


def make(course: Course, name: str) -> dict[str, Any]:
    """Return the public cases of each exercise, and the signs of its mistakes."""
    assignment = exercises.load(course, name)
    reference = load_reference(course, assignment)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return {
            one.id: _of_exercise(one, assignment.rehearsals.get(one.id, ()), reference[one.id])
            for one in assignment.exercises
        }


def public_cases(exercise: Exercise) -> tuple[hidden.Case, ...]:
    """Return those whose kind is public: answers to them are compared, not judged by a law.

    A case that says what it `asks` is public too.
    """
    return tuple(one for one in exercise.cases if not one.known and (not one.law or one.asks))


def _of_exercise(
    exercise: Exercise, more: Sequence[hidden.Case], reference: Function
) -> dict[str, Any]:
    drawn = enumerate((*public_cases(exercise), *more))
    written = [_written(exercise, place, case, reference) for place, case in drawn]
    cases = [practice.read_case(one) for one in json.loads(json.dumps(written))]
    if wrong := [one.case.name for one in practice.try_cases(reference, cases) if not one.passed]:
        raise UserError(
            f"Your own solution of {exercise.id} fails the public case {wrong[0]!r}: "
            "mend the solution, or the case."
        )
    entries = exercise.catalogue.entries if exercise.catalogue else ()
    tried = [_try(exercise, cases, entry) for entry in entries]
    few = sorted(filter(lambda case: case.is_exact, cases), key=_size)[:CASES_OF_PAIRS]
    return {
        "cases": written,
        "few": [[one is case for one in cases].index(True) for case in few],
        "mistakes": [[entry.id, entry.done, entry.look] for entry in entries],
        "signs": [*_signs(exercise, cases, tried)],
        "pairs": [*_pairs(exercise, few, tried, reference)],
    }


def _written(
    exercise: Exercise, place: int, case: hidden.Case, reference: Function
) -> dict[str, Any]:
    call = replace(case.draw(np.random.default_rng((SEED, place))), shows_arguments=False)
    with undisturbed():
        expected = plain(call.copy().put_to(reference))
    return {
        "name": case.name,
        "arguments": practice.write(call.arguments),
        "keywords": practice.write(dict(call.keywords)),
        "expected": practice.write(expected),
        "returns": list(exercise.returns),
        "program": call.program,
        "asks": list(case.asks),
        "tolerance": [case.tolerance.relative, case.tolerance.absolute],
    }


def _signs(exercise: Exercise, cases: Sequence[Case], tried: Answered) -> Iterator[list[Any]]:
    """Yield the sign of each mistake, and of each that holds for some keys only."""
    for place, answers in enumerate(tried):
        if _is_wrong(answers, cases):
            yield [*sign_of(answers), place, ""]
    for group, (place, answers) in product(exercise.groups, enumerate(tried)):
        restricted = _restricted(answers, group)
        if _is_wrong(restricted, cases):
            where = f"That is so {group.words}; {group.others} all is right."
            yield [*sign_of(restricted), place, where]


def _pairs(
    exercise: Exercise, few: Sequence[Case], tried: Answered, reference: Function
) -> Iterator[list[Any]]:
    """Yield what the answers of two mistakes at once are mixed into; an exception hides others."""
    right = number_of(practice.try_cases(reference, few))
    entries = exercise.catalogue.entries if exercise.catalogue else ()
    works = [not any(one.outcome.error for one in answers) for answers in tried]
    for first, second in combinations(compress(range(len(entries)), works), 2):
        both = _try(exercise, few, entries[first], entries[second], is_judged=False)
        if len(both) < len(few) or any(answer.outcome.error for answer in both):
            continue
        if abs((number := number_of(both)) - right) > ALIKE:
            yield [number, first, second]


def _size(case: Case) -> int:
    return len(json.dumps(practice.write(case.arguments)))


def _is_wrong(tried: Sequence[Tried], cases: Sequence[Case]) -> bool:
    """Tell whether answers are all there and not all right."""
    return len(tried) == len(cases) and not all(one.passed for one in tried)


def _try(
    exercise: Exercise, cases: Sequence[Case], *entries: Misconception, is_judged: bool = True
) -> list[Tried]:
    assert exercise.catalogue is not None
    try:
        function = exercise.catalogue.function(exercise.id, *entries)
        with time_limit(SECONDS):
            return practice.try_cases(function, cases, is_judged=is_judged)
    except (ValueError, SyntaxError, BudgetExceeded):  # the edits of a pair overlap
        return []


def _restricted(tried: Sequence[Tried], group: Group) -> list[Tried]:
    """Return what comes if a mistake is made for the keys of a group alone."""
    return [one if one.outcome.error else _restricted_case(one, group) for one in tried]


def _restricted_case(one: Tried, group: Group) -> Tried:
    value = mixed(one.outcome.value, one.case.expected, group)
    findings = tuple(practice.judge(one.case, value))
    return Tried(one.case, replace(one.outcome, value=value), findings)


def _digest(course: Course, name: str) -> str:
    paths = (course.text(name), *course.exercise_files(name), *_own(course, name))
    return digest_of_files((path.name, path) for path in paths)


def _own(course: Course, name: str) -> list[Path]:
    return [path for path in course.student_files(name).values() if path.name != practice.FILE]


def _made_from(path: Path) -> str:
    try:
        return json.loads(path.read_text(encoding="utf-8"))["made_from"]
    except (OSError, ValueError, KeyError, TypeError):  # it is made anew
        return ""


def _are_alike(one: Any, other: Any) -> bool:
    """Compare what JSON holds; numbers may differ by what another processor rounds otherwise."""
    if isinstance(one, float) and isinstance(other, float):
        both_nan = math.isnan(one) and math.isnan(other)
        return both_nan or math.isclose(one, other, rel_tol=1e-9, abs_tol=ALIKE)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_are_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_are_alike, one, other))
    return one == other
