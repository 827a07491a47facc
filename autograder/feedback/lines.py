"""The lines of a student's code that a finding speaks of: none where it is not clear which."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from autograder.assignment.exercise import Exercise
from autograder.assignment.misconception import Catalogue, Misconception
from autograder.assignment.verdict import ExerciseVerdict, Obstacle, Outcome
from autograder.feedback.code import MOST_CHARACTERS
from autograder.feedback.steps import Step, steps_of
from autograder.feedback.values import dicts_in, function_of
from autograder.judging.chain import BREAKS, FOLLOWS
from autograder.judging.obstacles import is_line_of
from autograder.judging.telling import is_stopped_in

Lines = frozenset[int]
NONE: Lines = frozenset()

# What an obstacle says of the cell that is shown, with the number of a line of it or without one.
_NUMBERED = re.compile(r"(?s)Your (?:answer cell does not run: .* in|function .*, but) line (\d+)")
_UNNUMBERED = re.compile(r"(?s)The cell that begins .* in line \d+: ")
_MISNAMED = re.compile(r"Your answer cell defines (\w+) and not ")


def spoken_of(exercise: Exercise, verdict: ExerciseVerdict, source: str) -> Lines:
    """Return the numbers of the lines that what is told of an exercise speaks of.

    The source is a student's, clean as it is shown: it is read as a tree, and nothing of it runs.
    """
    if len(source) > MOST_CHARACTERS:
        return NONE
    if verdict.obstacle:
        return _of_obstacle(verdict.obstacle, source)
    return _of_lessons(exercise, verdict, source) or _of_errors(verdict, source)


def _of_obstacle(obstacle: Obstacle, source: str) -> Lines:
    lines = source.split("\n")
    if found := _NUMBERED.match(obstacle.what):
        number = int(found[1][:6])
        is_there = 0 < number <= len(lines) and is_line_of(obstacle, lines[number - 1])
        return frozenset({number}) if is_there else NONE
    if _UNNUMBERED.match(obstacle.what):
        return _only(n for n, line in enumerate(lines, 1) if is_line_of(obstacle, line))
    if found := _MISNAMED.match(obstacle.what):
        head = re.compile(rf"def {found[1]}\b")
        return _only(n for n, line in enumerate(lines, 1) if head.match(line))
    return NONE


def _of_errors(verdict: ExerciseVerdict, source: str) -> Lines:
    """Return the lines that a function stopped in, of those that stand in it once."""
    lines = source.split("\n")
    said = {case.message for case in verdict.cases if case.outcome is Outcome.FAILED}
    return NONE.union(
        *(
            _only(n for n, line in enumerate(lines, 1) if is_stopped_in(message, line))
            for message in said
        )
    )


def _only(numbers: Iterator[int]) -> Lines:
    found = frozenset(numbers)
    return found if len(found) == 1 else NONE


def _of_lessons(exercise: Exercise, verdict: ExerciseVerdict, source: str) -> Lines:
    catalogue, ids = exercise.catalogue, [found.id for found in verdict.diagnoses]
    if not ids or catalogue is None:
        return NONE
    try:
        function = function_of(ast.parse(source), exercise.id)
        own = _Own(catalogue, exercise.id, function) if function else None
        return _spoken(exercise, ids, own) if own else NONE
    # What is too deep, or no Python: a page without a mark is a page.
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return NONE


class _Own:
    """The steps of a student's function, to be set beside those of solutions."""

    def __init__(self, catalogue: Catalogue, name: str, function: ast.FunctionDef) -> None:
        self._catalogue, self._name = catalogue, name
        self._dicts = frozenset(dicts_in(function) | dicts_in(ast.parse(catalogue.solution)))
        self._steps = steps_of(function, self._dicts)

    def of_entry(self, entry: Misconception, entries: Sequence[Misconception]) -> Lines:
        """Return the lines that work out what the entries do, and all of them but this one not."""
        without = self._of(*(one for one in entries if one is not entry))
        keys, texts = {step.key for step in without}, {step.text for step in without}
        wrong = [step for step in self._of(*entries) if step.key and step.key not in keys]
        edited = [step for step in wrong if step.text not in texts]
        if found := NONE.union(*(self._with_key(step.key) for step in edited)):
            return found
        for step in wrong:
            # What is stored comes out, so it stands somewhere: where it is not found, the code is
            # not understood.
            if (found := self._with_key(step.key)) or step.stores:
                return found
        return NONE

    def of_part(self, name: str) -> Lines:
        """Return the lines that make what is stored under a name, where it is not the right."""
        right = {step.value for step in self._of() if step.stores == name}
        wrong = {s for s in self._steps if s.stores == name and s.value and s.value not in right}
        makers = (self._with_key(f" {step.value}") or step.lines for step in wrong)
        return NONE.union(*makers)

    def _with_key(self, key: str) -> Lines:
        return NONE.union(*(step.lines for step in self._steps if step.key == key))

    def _of(self, *entries: Misconception) -> Sequence[Step]:
        return _steps_of(self._catalogue.source(*entries), self._name, self._dicts)


def _spoken(exercise: Exercise, ids: Sequence[str], own: _Own) -> Lines:
    known = {entry.id: entry for entry in exercise.catalogue.entries} if exercise.catalogue else {}
    if known.keys() >= set(ids):
        entries = [known[id_] for id_ in ids]
        return NONE.union(*(own.of_entry(entry, entries) for entry in entries))
    # Of links, what comes after the first is judged by what the student made of that.
    links = {link.part for link in exercise.chain.links} if exercise.chain else set()
    part = ids[0].removesuffix(FOLLOWS).removesuffix(BREAKS)
    return own.of_part(part.removeprefix("new_")) if part in links else NONE


# Most of a class have few mistakes in common.
@lru_cache(256)
def _steps_of(source: str, name: str, dicts: frozenset[str]) -> Sequence[Step]:
    function = function_of(ast.parse(source), name)
    return steps_of(function, dicts) if function else ()
