"""What do the fixed cases not try? Random shapes and settings find wrong solutions they accept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from multiprocessing import get_context
from typing import Any

import numpy as np

from autograder.assignment.exercise import Call, Case, Exercise, Question
from autograder.sandbox.shell import BudgetExceeded
from tests.proving.contenders import Contender
from tests.proving.seeds import outcome, questions_of
from tests.proving.trials import NAME, answered, function_of, limit_memory, quiet, reference
from tests.support.assignments import load, part_of

drawing = part_of(NAME, "drawing")
DRAWS = 200
FIXED_SEED, SEED = 11, 97
MOST_LAYERS, WIDEST, MOST_EXAMPLES = 6, 6, 80

Rng = np.random.Generator


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
        Those that a random shape shows to be wrong, and the settings that did.
    """

    tried: int = 0
    accepted: int = 0
    found: list[str] = field(default_factory=list)


def look_for_holes(contenders: Iterable[Contender], workers: int) -> dict[str, Holes]:
    """Put what passes the fixed cases to random shapes, in processes of their own."""
    figures = {exercise.id: Holes() for exercise in load(NAME).exercises}
    with get_context("fork").Pool(workers, limit_memory) as pool:
        for contender, accepted, wrong in pool.imap_unordered(_try_out, contenders, chunksize=8):
            holes = figures[contender.solution.exercise_id]
            holes.tried += 1
            holes.accepted += accepted
            if wrong:
                holes.found.append(f"{contender.name} with {wrong}")
    return figures


def goals_missed(found: Iterable[Holes]) -> list[str]:
    """Say what no fixed case tries."""
    return [f"accepted by the fixed cases: {name}" for holes in found for name in holes.found]


def _try_out(contender: Contender) -> tuple[Contender, bool, str]:
    exercise = load(NAME).exercise(contender.solution.exercise_id)
    function = function_of(contender.solution)
    with quiet(), suppress(BudgetExceeded):
        fixed = questions_of(exercise.id, FIXED_SEED)
        if not all(outcome(function, exercise, one, FIXED_SEED)[0] for one in fixed):
            return contender, False, ""
        return contender, True, first_wrong(function, exercise)
    return contender, False, ""


def first_wrong(function: Callable[..., Any], exercise: Exercise) -> str:
    """Return the settings with which a function is wrong, or nothing if it always is right."""
    for question in _random_questions(exercise.id):
        if not outcome(function, exercise, question, SEED)[0]:
            return _settings(question.call)
    return ""


@lru_cache
def _random_questions(exercise_id: str) -> tuple[Question, ...]:
    exercise = load(NAME).exercise(exercise_id)
    cases = (Case("at random", "", DRAW[exercise_id]),) * DRAWS
    return answered(replace(exercise, cases=cases), reference()[exercise_id], SEED)


def _sizes(rng: Rng) -> tuple[int, ...]:
    return tuple(map(int, rng.integers(1, WIDEST + 1, rng.integers(2, MOST_LAYERS + 2))))


def _rate(rng: Rng) -> float:
    return float(10 ** rng.uniform(-2, 0.5))


def _gd(rng: Rng) -> Call:
    return drawing.draw_gd(rng, _sizes(rng), _rate(rng))


def _mini_batches(rng: Rng) -> Call:
    m, n_x = int(rng.integers(1, MOST_EXAMPLES)), int(rng.integers(1, WIDEST))
    # Half of the sizes are smaller than a third of m, so that there are many mini-batches.
    most = max(1, m // 3) if rng.integers(2) else MOST_EXAMPLES
    return drawing.draw_examples(rng, m, int(rng.integers(1, most + 1)), n_x=n_x)


def _velocity(rng: Rng) -> Call:
    return drawing.draw_velocity(rng, _sizes(rng))


def _momentum(rng: Rng) -> Call:
    return drawing.draw_momentum(rng, _sizes(rng), float(rng.uniform(0, 0.99)), _rate(rng))


def _adam(rng: Rng) -> Call:
    settings = {
        "learning_rate": _rate(rng),
        "beta1": float(rng.uniform(0, 0.95)),
        "beta2": float(rng.uniform(0.5, 0.999)),
        "epsilon": float(10 ** rng.uniform(-8, -1)),
    }
    return drawing.draw_adam(rng, _sizes(rng), int(rng.integers(1, 200)), **settings)  # type: ignore


DRAW: Mapping[str, Callable[[Rng], Call]] = {
    "update_parameters_with_gd": _gd,
    "random_mini_batches": _mini_batches,
    "initialize_velocity": _velocity,
    "update_parameters_with_momentum": _momentum,
    "initialize_adam": _velocity,
    "update_parameters_with_adam": _adam,
}


def _settings(call: Call) -> str:
    """Say with which shapes and numbers a function was called."""
    first, *others = call.arguments
    shape = first.shape if isinstance(first, np.ndarray) else [a.shape for a in first.values()]
    numbers = [one for one in others if isinstance(one, int | float)]
    return f"shapes {shape}, {numbers} {dict(call.keywords)}".replace("{}", "").strip()
