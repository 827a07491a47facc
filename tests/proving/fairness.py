"""The figures on luck, on check against grader, and on what the fixed cases do not try."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from tests.proving import agreement, random_shapes, seeds
from tests.proving.contenders import Contender, known, mutated, mutated_twice, right
from tests.proving.proof import STYLES
from tests.proving.tables import table
from tests.proving.targets import Target, targets

Made = Callable[[Target], Iterable[Contender]]


class Fairness(NamedTuple):
    """What was found of each exercise."""

    luck: Mapping[str, seeds.Luck]
    agreement: Mapping[str, agreement.Agreement]
    holes: Mapping[str, random_shapes.Holes]


def prove_fairness(assignment: str, workers: int, styles: int = STYLES) -> Fairness:
    """Try out all solutions, and the mutants of so many right ones."""
    mutants, doubles = partial(mutated, styles=styles), partial(mutated_twice, styles=styles)
    wrong: list[Made] = [partial(known, at_once=1), partial(known, at_once=2), mutants]

    def every(*made: Made) -> Iterator[Contender]:
        return chain.from_iterable(make(one) for one in targets(assignment) for make in made)

    return Fairness(
        seeds.try_luck(assignment, every(*wrong, right), workers),
        agreement.compare_both(assignment, every(wrong[0], mutants, right), workers),
        random_shapes.look_for_holes(assignment, every(*wrong, doubles), workers),
    )


def fairness_goals_missed(found: Fairness) -> list[str]:
    """Say what falls short."""
    return [
        *seeds.goals_missed(found.luck.values()),
        *agreement.goals_missed(found.agreement.values()),
        *random_shapes.goals_missed(found.holes.values()),
    ]


def fairness_tables(found: Fairness) -> str:
    """Return the figures as Markdown tables."""
    parts = zip(_COLUMNS.items(), found, strict=True)
    return "\n\n".join(
        f"**{title}**\n\n{table(columns, figures)}" for (title, columns), figures in parts
    )


_COLUMNS: Mapping[str, Mapping[str, Callable[[Any], int]]] = {
    f"The same points over {seeds.SEEDS} seeds; right solutions over {seeds.SEEDS_OF_RIGHT}": {
        "misconceptions": lambda luck: luck.misconceptions,
        "pairs": lambda luck: luck.pairs,
        "mutants": lambda luck: luck.mutants,
        "differ": lambda luck: len(luck.differ),
        "right solutions": lambda luck: luck.solutions,
        "lose a point": lambda luck: len(luck.rejected),
    },
    "The instant check against the grader's documented case": {
        "solutions": lambda found: found.asked,
        "right for both": lambda found: found.green,
        "only for the check": lambda found: len(found.only_check),
        "only for the grader": lambda found: len(found.only_grader),
    },
    f"What passes the fixed cases, with {random_shapes.DRAWS} random shapes and settings": {
        "wrong solutions tried": lambda holes: holes.tried,
        "pass the fixed cases": lambda holes: holes.accepted,
        "shown to be wrong": lambda holes: len(holes.found),
    },
}
