"""Wrong solutions with two or three changes at once, none of which stands in the catalogue."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.proving.mutants import Mutant, any_mutant_of
from tests.proving.targets import Target, draws, targets
from tests.proving.trials import Trial
from tests.solutions import sources_of

SHARE = 4  # of each function, where the assignment does not say how many
TRIED = 4  # as many are made for one that is wrong and runs: who hands in has seen it run
SEED = 2026


def combinations(assignment: str) -> Iterator[Mutant]:
    """Yield candidates of two and of three changes, always the same ones."""
    for edits in (2, 3):
        for target in targets(assignment):
            rng = random.Random(f"{SEED} {target.id} {edits}")
            sources = list(sources_of(*target).items())
            for _ in range(TRIED * _share(target)):
                yield _combined(target, *rng.choice(sources), edits, rng)


def _combined(target: Target, style: str, source: str, edits: int, rng: random.Random) -> Mutant:
    changes = []
    for _ in range(edits):
        mutant = any_mutant_of(target, style, source, rng)
        source = mutant.source
        changes.append(mutant.change)
    return Mutant(target, style, "; ".join(changes), source, edits)


def chosen(trials: Iterable[Trial]) -> Iterator[Trial]:
    """Yield the first that are wrong and run, as many of each kind as are wanted."""
    taken: Counter[tuple[Target, int]] = Counter()
    for trial in trials:
        kind = trial.mutant.target, trial.mutant.edits
        if trial.runs and not trial.survives and taken[kind] < _share(kind[0]):
            taken[kind] += 1
            yield trial


def _share(target: Target) -> int:
    return draws(target.assignment, "SHARES", {}).get(target.id, SHARE)
