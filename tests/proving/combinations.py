"""Wrong solutions with two or three changes at once, none of which stands in the catalogue."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import islice

from tests.proving.mutants import Mutant, mutants_of
from tests.proving.trials import NAME, Trial, run
from tests.solutions import sources_of

# How many of each function: most real mistakes are in Adam and in the mini-batches.
SHARES = {
    "update_parameters_with_gd": 4,
    "random_mini_batches": 10,
    "update_parameters_with_momentum": 4,
    "update_parameters_with_adam": 12,
}
TRIED = 6  # as many are made for one that is wrong and runs: who hands in has seen it run
SEED = 2026


def trials_of_combinations(workers: int) -> Iterator[Trial]:
    """Yield what came of as many pairs and as many triples of changes as `SHARES` says."""
    for edits in (2, 3):
        for exercise_id, share in SHARES.items():
            made = islice(combined(exercise_id, edits), TRIED * share)
            yield from islice(_wrong_and_running(run(made, True, workers)), share)


def combined(exercise_id: str, edits: int) -> Iterator[Mutant]:
    """Yield solutions with so many changes, always the same ones in the same order."""
    rng = random.Random(f"{SEED} {exercise_id} {edits}")
    sources = list(sources_of(NAME, exercise_id).items())
    while True:
        style, source = rng.choice(sources)
        changes = []
        for _ in range(edits):
            mutant = rng.choice(mutants_of(exercise_id, style, source))
            source = mutant.source
            changes.append(mutant.change)
        yield Mutant(exercise_id, style, "; ".join(changes), source)


def _wrong_and_running(trials: Iterable[Trial]) -> Iterator[Trial]:
    return (trial for trial in trials if trial.runs and not trial.survives)
