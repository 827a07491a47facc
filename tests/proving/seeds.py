"""Do marks depend on luck? The same solution must earn the same points whatever is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import get_context
from signal import ITIMER_PROF
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise, Question
from autograder.judging.judge import findings_on
from autograder.sandbox.timing import BudgetExceeded, time_limit
from tests.proving.contenders import Contender
from tests.proving.targets import Target, targets
from tests.proving.trials import answered, function_of, limit_memory, quiet
from workbook.comparison import Tolerance
from workbook.plain import plain

SEEDS, SEEDS_OF_RIGHT = 50, 200
# A case is not asked again if so many draws found the answer right, or wrong, by so large a factor.
SURE, FAR = 10, 100.0
UNLIKELY = 7_654_321
PATIENCE = 5.0  # seconds of the processor for one call

Function = Callable[..., Any]


@dataclass
class Luck:
    """What was counted for one exercise, and the names of what should not be.

    Attributes
    ----------
    misconceptions, pairs, mutants : int
        Wrong solutions that were put to all seeds.
    solutions : int
        Right ones.
    differ : list of str
        Solutions that pass other cases with other seeds.
    rejected : list of str
        Right solutions that fail a case with some seed.
    """

    misconceptions: int = 0
    pairs: int = 0
    mutants: int = 0
    solutions: int = 0
    differ: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)


def try_luck(assignment: str, contenders: Iterable[Contender], workers: int) -> dict[str, Luck]:
    """Put all contenders to many seeds, in processes of their own."""
    figures = {target.id: Luck() for target in targets(assignment)}
    with get_context("fork").Pool(workers, limit_memory) as pool:
        for contender, cases in pool.imap_unordered(_try_out, contenders, chunksize=8):
            _count(figures[contender.solution.target.id], contender, cases)
    return figures


def fickle_cases(function: Function, target: Target, seeds: int, sure: int) -> list[str]:
    """Return the cases that a function passes with some seeds and fails with others.

    Of one that does not end no more is asked.
    """
    with quiet(), suppress(BudgetExceeded):
        return [
            case.name
            for place, case in enumerate(target.exercise.cases)
            if len(_outcomes(function, target, place, seeds, sure)) > 1
        ]
    return []


def failed_cases(function: Function, target: Target, seeds: int) -> list[str]:
    """Return the cases that a function fails with any of the seeds."""
    with quiet():
        return [
            case.name
            for place, case in enumerate(target.exercise.cases)
            if False in _outcomes(function, target, place, seeds, seeds)
        ]


def _outcomes(function: Function, target: Target, place: int, seeds: int, sure: int) -> set[bool]:
    """Return whether a function passes a case: one answer, or both where luck decides."""
    found: set[bool] = set()
    certain = True
    for seed in range(seeds):
        question = questions_of(target, seed)[place]
        passed, decisive = outcome(function, target.exercise, question, seed)
        found.add(passed)
        certain = certain and decisive
        if len(found) > 1 or (certain and seed + 1 >= sure):
            break
    return found


def _try_out(contender: Contender) -> tuple[Contender, list[str]]:
    solution = contender.solution
    function = function_of(solution)
    if contender.kind == "solutions":
        return contender, failed_cases(function, solution.target, SEEDS_OF_RIGHT)
    return contender, fickle_cases(function, solution.target, SEEDS, SURE)


def _count(figures: Luck, contender: Contender, cases: list[str]) -> None:
    setattr(figures, contender.kind, getattr(figures, contender.kind) + 1)
    if cases:
        name = f"{contender.name} at {', '.join(cases)}"
        (figures.rejected if contender.kind == "solutions" else figures.differ).append(name)


def outcome(
    function: Function, exercise: Exercise, question: Question, seed: int
) -> tuple[bool, bool]:
    """Return whether a function passes, and whether that is decisive.

    It is where no other numbers can change it: the structure of the answer is wrong, or the
    numbers are far on one side of the tolerance.
    """
    # What a solution draws by itself is to differ too, and not by chance to be the right order.
    np.random.seed(UNLIKELY + seed)  # noqa: NPY002
    try:
        with time_limit(PATIENCE, ITIMER_PROF):
            value = plain(question.call.copy().put_to(function))
    except Exception:
        return False, True
    pairs: list[tuple[np.ndarray, np.ndarray]] = []
    if question.case.law is None and _paired(value, question.expected, pairs):
        excess = _excess(pairs, question.case.tolerance)
        return excess <= 1, not 1 / FAR < excess < FAR
    passed = all(finding.passed for finding in findings_on(exercise, question, value))
    return passed, question.case.law is None or question.case.known


def _paired(value: Any, expected: Any, pairs: list[tuple[np.ndarray, np.ndarray]]) -> bool:
    """Pair the arrays of an answer with the expected ones; return whether they are all there."""
    if isinstance(expected, np.ndarray):
        if type(value) is not np.ndarray or value.shape != expected.shape:
            return False
        pairs.append((value.ravel(), expected.ravel()))
        return value.dtype.kind in "fiu"
    if isinstance(expected, float) and isinstance(value, int | float):
        pairs.append((np.array([float(value)]), np.array([expected])))
        return not isinstance(value, bool)
    if isinstance(expected, dict):
        return type(value) is dict and all(
            key in value and _paired(value[key], part, pairs) for key, part in expected.items()
        )
    return (
        isinstance(value, tuple | list)
        and isinstance(expected, tuple | list)
        and len(value) == len(expected)
        and all(_paired(*both, pairs) for both in zip(value, expected, strict=True))
    )


def _excess(pairs: Sequence[tuple[np.ndarray, np.ndarray]], tolerance: Tolerance) -> float:
    """Return the largest error in units of what is allowed; NaN is wrong without end."""
    came, expected = (np.concatenate(arrays) for arrays in zip(*pairs, strict=True))
    allowed = tolerance.absolute + tolerance.relative * np.abs(expected)
    errors = np.abs(came - 1.0 * expected)
    wrong = errors != 0  # NaN is
    ratios = np.divide(errors, allowed, out=np.full(errors.shape, np.inf), where=allowed > 0)[wrong]
    return float(np.where(np.isfinite(ratios), ratios, np.inf).max(initial=0))


@lru_cache(6 * SEEDS_OF_RIGHT)
def questions_of(target: Target, seed: int) -> tuple[Question, ...]:
    """Return the questions that are drawn from a seed, with the reference's answers."""
    return answered(target.exercise, target.reference, seed)


def goals_missed(found: Iterable[Luck]) -> list[str]:
    """Say what depends on luck, and what right solution loses a point."""
    return [
        *(f"depends on luck: {name}" for luck in found for name in luck.differ),
        *(f"rejected with some seed: {name}" for luck in found for name in luck.rejected),
    ]
