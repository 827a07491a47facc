"""The figures on luck, on check against grader, and on what the fixed cases do not try."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from autograder.assignment.exercise import Exercise
from tests.proving import agreement, random_shapes, seeds
from tests.proving.contenders import Contender, known, mutated, mutated_twice, right
from tests.proving.tables import table
from tests.proving.trials import NAME
from tests.support.assignments import load

Made = Callable[[Exercise], Iterable[Contender]]


class Fairness(NamedTuple):
    """What was found of each exercise."""

    luck: Mapping[str, seeds.Luck]
    agreement: Mapping[str, agreement.Agreement]
    holes: Mapping[str, random_shapes.Holes]


def prove_fairness(workers: int) -> Fairness:
    """Try out all solutions."""
    wrong: list[Made] = [lambda one: known(one, 1), lambda one: known(one, 2), mutated]
    return Fairness(
        seeds.try_luck(_all(*wrong, right), workers),
        agreement.compare_both(_all(wrong[0], mutated, right), workers),
        random_shapes.look_for_holes(_all(*wrong, mutated_twice), workers),
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


def _all(*made: Made) -> Iterator[Contender]:
    return chain.from_iterable(make(one) for one in load(NAME).exercises for make in made)


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
