"""Wrong solutions with two or three changes at once, none of which stands in the catalogue."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.proving.mutants import Mutant, any_mutant_of
from tests.proving.trials import NAME, Trial
from tests.solutions import sources_of

# How many of each function: most real mistakes are in Adam and in the mini-batches.
SHARES = {
    "update_parameters_with_gd": 4,
    "random_mini_batches": 10,
    "update_parameters_with_momentum": 4,
    "update_parameters_with_adam": 12,
}
TRIED = 4  # as many are made for one that is wrong and runs: who hands in has seen it run
SEED = 2026


def combinations() -> Iterator[Mutant]:
    """Yield candidates of two and of three changes, always the same ones."""
    for edits in (2, 3):
        for exercise_id, share in SHARES.items():
            rng = random.Random(f"{SEED} {exercise_id} {edits}")
            sources = list(sources_of(NAME, exercise_id).items())
            for _ in range(TRIED * share):
                yield _combined(exercise_id, *rng.choice(sources), edits, rng)


def _combined(exercise_id: str, style: str, source: str, edits: int, rng: random.Random) -> Mutant:
    changes = []
    for _ in range(edits):
        mutant = any_mutant_of(exercise_id, style, source, rng)
        source = mutant.source
        changes.append(mutant.change)
    return Mutant(exercise_id, style, "; ".join(changes), source, edits)


def chosen(trials: Iterable[Trial]) -> Iterator[Trial]:
    """Yield the first that are wrong and run, as many of each kind as `SHARES` says."""
    taken: Counter[tuple[str, int]] = Counter()
    for trial in trials:
        kind = trial.mutant.exercise_id, trial.mutant.edits
        if trial.runs and not trial.survives and taken[kind] < SHARES[kind[0]]:
            taken[kind] += 1
            yield trial
