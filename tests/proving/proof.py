"""The figures of the proof: what the hidden cases accept and reject, and what is diagnosed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.assignment.verdict import Outcome
from tests.proving.combinations import chosen, combinations
from tests.proving.mutants import Mutant, mutants_of
from tests.proving.targets import Target, draws, targets
from tests.proving.trials import Bench, Trial, answers_of, benches, is_green, run
from tests.solutions import solutions_of, sources_of

STYLES = 8  # right solutions of each function that mutants are made from
SEEDS = (11, 12, 13)
# What tells more than the messages of the cases; a reading of an exception tells what that means.
LOCATED = ("name", "rule", "link", "statement")
# The share of wrong solutions of which the notebook's check may say that they are right.
MOST_GREEN = 0.02
EQUIVALENTS = Path(__file__).parent / "equivalents.json"


@dataclass
class Figures:
    """What was counted for one exercise, and the names of what should not be.

    Attributes
    ----------
    accepted, confused : list of str
        Misconceptions that pass all cases, and those that another one is taken for.
    rejected : list of str
        Right solutions that lose a point.
    survivors, stale : list of str
        Mutants that pass all cases and are not listed as equivalent, and those that are listed and
        do not.
    misdiagnosed, untrue : list of str
        Mutants with a diagnosis, or of which something else is told, that does not hold for inputs
        drawn afresh.
    green : list of str
        Misconceptions and mutants that lose points though the notebook's check is green.
    kinds, combined : counter
        What is told of wrong mutants, and of combinations of changes, by its kind.
    """

    entries: int = 0
    solutions: int = 0
    mutants: int = 0
    equivalent: int = 0
    wrong: int = 0
    combinations: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    combined: Counter[str] = field(default_factory=Counter)
    accepted: list[str] = field(default_factory=list)
    confused: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    misdiagnosed: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)
    green: list[str] = field(default_factory=list)

    @property
    def failures(self) -> list[str]:
        """Every goal missed, with what missed it."""
        lists = [item for item in vars(self).items() if item[0] != "green"]
        return [f"{kind}: {name}" for kind, names in lists if type(names) is list for name in names]


def prove(assignment: str, workers: int, styles: int = STYLES) -> dict[str, Figures]:
    """Return the figures of every exercise."""
    figures = {target.id: Figures() for target in targets(assignment)}
    for seed in SEEDS:
        for exercise_id, bench in benches(assignment, seed).items():
            try_catalogue(bench, figures[exercise_id])
            try_solutions(bench, figures[exercise_id])
    mutants = [made for target in targets(assignment) for made in mutants_for(target, styles)]
    several = []
    for trial in run([*mutants, *combinations(assignment)], True, workers):
        if trial.mutant.edits > 1:
            several.append(trial)
        else:
            _count(trial, figures[trial.mutant.target.id])
    for trial in chosen(several):
        found = figures[trial.mutant.target.id]
        found.combinations += 1
        _count_told(trial, found, found.combined)
    for exercise_id, found in figures.items():
        _settle(exercise_id, found, styles)
    return figures


def mutants_for(target: Target, styles: int) -> Iterator[Mutant]:
    """Yield the mutants of the first `styles` right solutions of an exercise."""
    for style, source in list(sources_of(*target).items())[:styles]:
        yield from mutants_of(target, style, source)


def try_catalogue(bench: Bench, figures: Figures) -> None:
    """Put every misconception to the cases and to the diagnosis, which must name itself."""
    catalogue = bench.exercise.catalogue
    entries = catalogue.entries if catalogue else ()
    figures.entries = len(entries)
    for entry in entries:
        answers = bench.diagnostician.predict(entry)
        verdicts = bench.judged(answers)
        if all(verdict.outcome is Outcome.PASSED for verdict in verdicts):
            figures.accepted.append(entry.id)
        elif catalogue and is_green(bench.target, catalogue.function(bench.exercise.id, entry)):
            figures.green.append(entry.id)
        elif [told.id for told in bench.diagnostician.diagnose(answers, verdicts)] != [entry.id]:
            figures.confused.append(entry.id)


def try_solutions(bench: Bench, figures: Figures) -> None:
    """Put every right solution to the cases."""
    solutions = solutions_of(*bench.target)
    figures.solutions = len(solutions)
    for style, function in solutions.items():
        verdicts = bench.judged(answers_of(function, bench.questions))
        failed = [verdict.name for verdict in verdicts if verdict.outcome is not Outcome.PASSED]
        figures.rejected += [f"{style} at {name}" for name in failed]


def equivalents(exercise_id: str) -> Counter[str]:
    """Return the mutants that are listed as right solutions, each with its number."""
    listed = json.loads(EQUIVALENTS.read_text(encoding="utf-8"))
    return Counter(name for group in listed for name in group["mutants"].get(exercise_id, ()))


def name_of(mutant: Mutant) -> str:
    """Return how a mutant is called in the list."""
    return f"{mutant.style} {mutant.change}"


def _count(trial: Trial, figures: Figures) -> None:
    figures.mutants += 1
    name = name_of(trial.mutant)
    if trial.survives:
        figures.survivors.append(name)
        return
    figures.wrong += 1
    if trial.green:
        figures.green.append(name)
    _count_told(trial, figures, figures.kinds)


def _count_told(trial: Trial, figures: Figures, kinds: Counter[str]) -> None:
    kinds[trial.kind] += 1
    if not trial.holds:
        false = figures.misdiagnosed if trial.kind == "name" else figures.untrue
        false.append(f"{name_of(trial.mutant)} as {' and '.join(trial.told)}")


def _settle(exercise_id: str, figures: Figures, styles: int) -> None:
    """Take the listed mutants off the survivors."""
    listed, found = equivalents(exercise_id), Counter(figures.survivors)
    figures.equivalent = (listed & found).total()
    figures.survivors = sorted((found - listed).elements())
    if styles >= STYLES:  # fewer make fewer mutants than are listed
        figures.stale = sorted((listed - found).elements())


def goals_missed(assignment: str, figures: Sequence[Figures]) -> list[str]:
    """Return every goal missed, with what missed it.

    How much is told is a goal for an assignment that says so.
    """
    missed = [failure for found in figures for failure in found.failures]
    wrong = sum(found.wrong for found in figures)
    located = sum(told(found.kinds, LOCATED) for found in figures)
    if located < draws(assignment, "RECALL", 0) * wrong:
        missed.append(f"recall: something is told of {located} of {wrong} wrong mutants")
    green = [name for found in figures for name in found.green]
    if len(green) > MOST_GREEN * (wrong + sum(found.entries for found in figures)):
        missed += [f"green in the check, and loses points: {name}" for name in green]
    combinations = sum(found.combinations for found in figures)
    explained = sum(told(found.combined, LOCATED) for found in figures)
    if explained < draws(assignment, "RECALL_OF_COMBINATIONS", 0) * combinations:
        missed.append(f"recall: something is told of {explained} of {combinations} combinations")
    return missed


def told(kinds: Counter[str], which: Sequence[str]) -> int:
    """Return how often something of these kinds was told."""
    return sum(kinds[kind] for kind in which)
