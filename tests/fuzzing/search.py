"""Try changed answers, and tell which of them the judge and the oracle see differently."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import hypothesis
import numpy as np
from hypothesis import HealthCheck, Phase, strategies

from autograder.assignment.exercise import Answer, Call, Question
from autograder.assignment.verdict import Outcome
from autograder.judging.marking import judge_safely
from autograder.sandbox import wire
from autograder.sandbox.overlap import with_overlaps
from tests.fuzzing.changes import Dice, changed
from tests.fuzzing.definitions import Given, arrays_in
from tests.fuzzing.oracle import rightness
from tests.fuzzing.subjects import SEEDS, Subject, own
from workbook.plain import plain

# Of the recipe that makes one answer: two bytes for each choice.
BYTES = 64
MOST_CHANGES = 3
SHOWN = 600


class Found(AssertionError):
    """The judge and the oracle see an answer differently; the message says which."""


@dataclass
class Tally:
    """What was tried of one case.

    Attributes
    ----------
    wrong, passed : int
        Answers that were wrong, as the oracle says, and those that passed, as the judge says.
    find : str
        What was found, in its shortest form.
    """

    name: str
    tries: int = 0
    wrong: int = 0
    passed: int = 0
    find: str = ""


def search(subject: Subject, tries: int, seed: int) -> Tally:
    """Try so many answers to one case, and go where they come near to being right."""
    tally = Tally(subject.name)

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=tries,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.target, Phase.shrink),
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.filter_too_much,
            HealthCheck.data_too_large,
        ],
        report_multiple_bugs=False,
    )
    @hypothesis.given(strategies.binary(min_size=BYTES, max_size=BYTES))
    def try_one(recipe: bytes) -> None:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            hypothesis.target(try_answer(subject, recipe, tally))

    try:
        try_one()
    except Found as found:
        tally.find = str(found)
    return tally


def try_answer(subject: Subject, recipe: bytes, tally: Tally) -> float:
    """Make the answer of a recipe and have it judged.

    Returns
    -------
    float
        The share of its parts that are the reference's.

    Raises
    ------
    Found
        If it passes and is wrong, or is right and fails, or could not be judged.
    """
    below = _chooser(recipe)
    question = subject.question(SEEDS[below(len(SEEDS))])
    call = own(question.call)
    judged = subject.judged or subject.case
    is_lazy = judged.is_proof and not subject.is_argument and below(8) == 0
    try:
        returned = _answer(subject, call, question, below, is_lazy)
        came = _sent(returned, call)
    except (wire.WireError, TypeError, ValueError, IndexError, OverflowError, RecursionError):
        return 0.0  # no such change can be made
    asked = replace(question, case=judged)
    verdict = judge_safely(subject.exercise, asked, Answer("returned", came))
    parts = _parts(subject, question, came)
    right = _is_right(subject, question, call, came, returned, parts)
    tally.tries += 1
    tally.wrong += right is False
    tally.passed += verdict.outcome is Outcome.PASSED
    _compare(verdict.outcome, right, is_lazy, f"{verdict.message}\n{came!r}"[:SHOWN])
    return sum(part is True for part in parts) / max(1, len(parts))


def _compare(outcome: Outcome, right: bool | None, is_lazy: bool, shown: str) -> None:
    if outcome is Outcome.NOT_JUDGED:
        raise Found(f"could not be judged: {shown}")
    if outcome is Outcome.PASSED and right is False:
        raise Found(f"passes and is wrong: {shown}")
    if outcome is Outcome.PASSED and is_lazy:
        raise Found(f"passes and is made of the arguments, where that is to prove work: {shown}")
    if outcome is Outcome.FAILED and right:
        raise Found(f"is right and fails: {shown}")


def _chooser(recipe: bytes) -> Callable[[int], int]:
    """Return what makes each choice by the next two bytes; beyond the last it takes the first."""
    rest = iter([recipe[place : place + 2] for place in range(0, len(recipe), 2)])
    return lambda most: int.from_bytes(next(rest, b""), "big") % max(1, most)


def _answer(
    subject: Subject, call: Call, question: Question, below: Callable[[int], int], is_lazy: bool
) -> Any:
    """Answer a call rightly, then change the answer or, where it counts, the arguments."""
    returned = replace(call, shows_arguments=False).put_to(subject.reference)
    arrays = [*arrays_in(call.arguments), *arrays_in(returned)]
    if is_lazy:
        return _lazy(returned, _leaves(own(question.call).arguments), below)
    others = [*call.arguments, call.arguments, subject.question(SEEDS[-1]).expected, [], (), {}]
    dice = Dice(below, arrays, others, subject.case.tolerance)
    if call.shows_arguments and below(3) == 0:
        _disturb(dice, call.arguments)
    for _ in range(below(MOST_CHANGES + 1)):
        returned = changed(dice, returned)
    return returned


def _lazy(value: Any, given: list[Any], below: Callable[[int], int]) -> Any:
    """Put parts of the arguments, or their copies, in the place of all that was worked out."""
    if isinstance(value, dict):
        return {key: _lazy(part, given, below) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return type(value)([_lazy(part, given, below) for part in value])
    alike = [part for part in given if np.shape(part) == np.shape(value)]
    if not alike:
        return None
    chosen = alike[below(len(alike))]
    return chosen.copy() if isinstance(chosen, np.ndarray) and below(2) else chosen


def _disturb(dice: Dice, arguments: tuple[Any, ...]) -> None:
    """Do to an argument what a function should not."""
    argument = dice.pick(arguments)
    if isinstance(argument, dict) and argument:
        key = dice.pick(list(argument))
        if dice.below(2):
            argument |= changed(dice, argument)
        else:
            argument[key][...] = changed(dice, argument[key])
    elif isinstance(argument, np.ndarray):
        argument[...] = changed(dice, argument)
    elif isinstance(argument, list) and argument:
        argument[:] = changed(dice, argument)


def _leaves(value: Any) -> list[Any]:
    """Return the arrays and the numbers in plain data."""
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in _leaves(part)]
    if isinstance(value, tuple | list):
        return [leaf for part in value for leaf in _leaves(part)]
    return [value] if isinstance(value, np.ndarray | float | int) else []


def _sent(returned: Any, call: Call) -> Any:
    """Return what arrives of an answer."""
    shown = with_overlaps(returned, call.arguments) if call.shows_arguments else plain(returned)
    head, *buffers = wire.pack(shown, wire.ANSWER)
    return wire.unpack(head[wire.PREFIX.size :], b"".join(buffers), wire.ANSWER, writeable=False)


def _parts(subject: Subject, question: Question, came: Any) -> list[bool | None]:
    expected = question.expected
    if question.call.shows_arguments:
        came, expected = came[0], expected[0]
    return rightness(came, expected, subject.exercise.returns, subject.case.tolerance)


def _is_right(
    subject: Subject, question: Question, call: Call, came: Any, held: Any, parts: list[bool | None]
) -> bool | None:
    """Say whether an answer is right; None where that hangs on rounding."""
    if subject.definition:
        returned = came[0] if call.shows_arguments else came
        before, after = question.call.arguments, call.arguments
        return subject.definition(Given(returned, held, before, after, call.keywords))
    return False if False in parts else None if None in parts else True
