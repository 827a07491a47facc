"""The solutions that a proof tries out: right ones, misconceptions, pairs of them, and mutants."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from tests.proving.mutants import Mutant, mutants_of
from tests.proving.proof import STYLES, mutants_for
from tests.proving.targets import Target
from tests.solutions import sources_of

# Mutants of mutants: so many of each function's first ones, and so many second changes of each.
FIRST, SECOND = 4, 60


@dataclass(frozen=True)
class Contender:
    """A solution to be tried: its kind is the name of the count that it belongs to."""

    kind: str
    solution: Mutant

    @property
    def name(self) -> str:
        """What it is called where it is listed."""
        return f"{self.solution.style} {self.solution.change}"


def right(target: Target) -> Iterator[Contender]:
    """Yield the right solutions."""
    for style, source in sources_of(*target).items():
        yield Contender("solutions", Mutant(target, style, "", source))


def known(target: Target, at_once: int) -> Iterator[Contender]:
    """Yield each misconception, or with `at_once` 2 each pair whose edits go together."""
    catalogue = target.exercise.catalogue
    for entries in combinations(catalogue.entries if catalogue else (), at_once):
        try:
            source = catalogue.source(*entries)  # type: ignore[union-attr]
            compile(source, "<pair>", "exec")
        except (ValueError, SyntaxError):  # the edits overlap
            continue
        name = " + ".join(entry.id for entry in entries)
        kind = "misconceptions" if at_once == 1 else "pairs"
        yield Contender(kind, Mutant(target, target.id, name, source))


def mutated(target: Target, styles: int = STYLES) -> Iterator[Contender]:
    """Yield the mutants that the whole proof is about."""
    for mutant in mutants_for(target, styles):
        yield Contender("mutants", mutant)


def mutated_twice(target: Target, styles: int = STYLES) -> Iterator[Contender]:
    """Yield a sample of mutants of mutants, always the same one."""
    rng = random.Random(target.id)
    ones = list(mutants_for(target, styles))
    for one in rng.sample(ones, min(FIRST, len(ones))):
        twos = mutants_of(target, one.style, one.source)
        for two in rng.sample(twos, min(SECOND, len(twos))):
            change = f"{one.change}, {two.change}"
            yield Contender("doubles", Mutant(target, one.style, change, two.source))
