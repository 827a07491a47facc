"""Do the instant check and the grader's documented case say the same of every solution?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing import get_context
from signal import ITIMER_PROF
from typing import Any

import numpy as np

from autograder.assignment.exercise import Answer
from autograder.assignment.verdict import Outcome
from autograder.authoring.exercises import student_modules
from autograder.judging.judge import judge
from autograder.sandbox import wire
from autograder.sandbox.inside import child
from autograder.sandbox.timing import BudgetExceeded, time_limit
from autograder.sandbox.wire.messages import Asked
from tests.proving.contenders import Contender
from tests.proving.seeds import PATIENCE, UNLIKELY, questions_of
from tests.proving.targets import Target, targets
from tests.proving.trials import function_of, limit_memory, quiet
from tests.support.assignments import COURSE
from workbook.checks import examine


@dataclass
class Agreement:
    """What was counted for one exercise.

    Attributes
    ----------
    asked : int
        Solutions of all kinds.
    green : int
        Those of which both say that they are right.
    only_check, only_grader : list of str
        Those that only the instant check says are right, and those that only the grader does.
    """

    asked: int = 0
    green: int = 0
    only_check: list[str] = field(default_factory=list)
    only_grader: list[str] = field(default_factory=list)


def compare_both(
    assignment: str, contenders: Iterable[Contender], workers: int
) -> dict[str, Agreement]:
    """Ask both about all contenders, in processes of their own."""
    figures = {target.id: Agreement() for target in targets(assignment)}
    # The instant check looks for its examples where the processes, which are forked, find them.
    with (
        student_modules(COURSE, assignment),
        get_context("fork").Pool(workers, limit_memory) as pool,
    ):
        for contender, checked, graded in pool.imap_unordered(_ask_both, contenders, chunksize=8):
            found = figures[contender.solution.target.id]
            found.asked += 1
            found.green += checked and graded
            if checked is not graded:
                (found.only_check if checked else found.only_grader).append(contender.name)
    return figures


def goals_missed(found: Iterable[Agreement]) -> list[str]:
    """Say where the two differ."""
    return [
        f"check and grader differ: {name}"
        for one in found
        for name in (*one.only_check, *one.only_grader)
    ]


def _ask_both(contender: Contender) -> tuple[Contender, bool, bool]:
    target, function = contender.solution.target, function_of(contender.solution)
    return contender, _is_green(target, function), is_accepted(target, function)


def is_green(target: Target, function: Callable[..., Any]) -> bool:
    """Return what the instant check in a student's notebook says of the documented example."""
    with student_modules(COURSE, target.assignment):
        return _is_green(target, function)


def _is_green(target: Target, function: Callable[..., Any]) -> bool:
    np.random.seed(UNLIKELY)  # noqa: NPY002 - both are to see what an unseeded solution draws
    try:
        with time_limit(PATIENCE, ITIMER_PROF):
            findings = examine(target.id, {target.id: function}).findings
            return bool(findings) and all(finding.passed for finding in findings)
    except BudgetExceeded:
        return False


def is_accepted(target: Target, function: Callable[..., Any]) -> bool:
    """Return what the grader says of the documented case: what the child makes of an answer, sent
    over the wire and judged."""
    question = next(q for q in questions_of(target, 0) if q.case.known)
    call = question.call.copy()
    np.random.seed(UNLIKELY)  # noqa: NPY002
    asked = Asked(0, target.id, PATIENCE, call.arguments, dict(call.keywords), program=call.program)
    with quiet():
        status, reason, value = child.answer({target.id: function}, asked)
    answer = Answer(status, _carried(value), reason)
    return judge(target.exercise, question, answer).outcome is Outcome.PASSED


def _carried(value: Any) -> Any:
    """Return a value as it arrives in the grading process."""
    try:
        frame = b"".join(wire.pack(value, wire.ANSWER))
    except wire.WireError:
        return None
    _, size, _ = wire.PREFIX.unpack_from(frame)
    body = frame[wire.PREFIX.size :]
    return wire.unpack(body[:size], body[size:], wire.ANSWER, writeable=False)
