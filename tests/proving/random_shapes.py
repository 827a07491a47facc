"""What do the fixed cases not try? Random shapes and settings find wrong solutions they accept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import cycle, islice
from multiprocessing import get_context
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Case, Question
from autograder.sandbox.timing import BudgetExceeded
from tests.proving.contenders import Contender
from tests.proving.seeds import outcome, questions_of
from tests.proving.targets import Target, targets
from tests.proving.trials import answered, function_of, limit_memory, quiet

DRAWS = 200
FIXED_SEED, SEED = 11, 97


@dataclass
class Holes:
    """What was counted for one exercise.

    Attributes
    ----------
    tried : int
        Solutions that were put to the fixed cases: misconceptions, pairs, mutants once and twice.
    accepted : int
        Those that pass them all, and were put to random shapes.
    found : list of str
        Those that a random shape shows to be wrong, and the settings that did. An assignment that
        draws no shapes has its own cases drawn again and again.
    """

    tried: int = 0
    accepted: int = 0
    found: list[str] = field(default_factory=list)


def look_for_holes(
    assignment: str, contenders: Iterable[Contender], workers: int
) -> dict[str, Holes]:
    """Put what passes the fixed cases to random shapes, in processes of their own."""
    figures = {target.id: Holes() for target in targets(assignment)}
    with get_context("fork").Pool(workers, limit_memory) as pool:
        for contender, accepted, wrong in pool.imap_unordered(_try_out, contenders, chunksize=8):
            holes = figures[contender.solution.target.id]
            holes.tried += 1
            holes.accepted += accepted
            if wrong:
                holes.found.append(f"{contender.name} with {wrong}")
    return figures


def goals_missed(found: Iterable[Holes]) -> list[str]:
    """Say what no fixed case tries."""
    return [f"accepted by the fixed cases: {name}" for holes in found for name in holes.found]


def _try_out(contender: Contender) -> tuple[Contender, bool, str]:
    target = contender.solution.target
    function = function_of(contender.solution)
    with quiet(), suppress(BudgetExceeded):
        fixed = questions_of(target, FIXED_SEED)
        if not all(outcome(function, target.exercise, one, FIXED_SEED)[0] for one in fixed):
            return contender, False, ""
        return contender, True, first_wrong(function, target)
    return contender, False, ""


def first_wrong(function: Callable[..., Any], target: Target) -> str:
    """Return the settings with which a function is wrong, or nothing if it always is right."""
    for question in _random_questions(target):
        if not outcome(function, target.exercise, question, SEED)[0]:
            return _settings(question.call)
    return ""


@lru_cache
def _random_questions(target: Target) -> tuple[Question, ...]:
    exercise = target.exercise
    draw = target.draws("AT_RANDOM")
    hidden = [case for case in exercise.cases if not case.known]
    cases = [Case("at random", "", draw)] if draw else hidden
    drawn = replace(exercise, cases=tuple(islice(cycle(cases), DRAWS)))
    return answered(drawn, target.reference, SEED)


def _settings(call: Call) -> str:
    """Say with which shapes and numbers a function was called."""
    said = ", ".join(_said(argument) for argument in call.arguments)
    return f"{said} {dict(call.keywords) or ''}".strip()


def _said(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"shape {value.shape}"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_said(part)}' for key, part in value.items())}}}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_said, value))}]"
    return repr(value)
