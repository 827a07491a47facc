"""Which right answers earn points: not those that prove nothing, unless others prove something.

What students know can be written down, and a law or a simple input may be satisfied by an answer
that computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.assignment.exercise import Answer, Case, Exercise
from autograder.assignment.verdict import CaseVerdict, Outcome
from autograder.judging.judge import CONSTANT, RIGHT_HERE
from autograder.judging.resemblance import are_alike

ONLY_EASY = (
    "Your answer is right here, where one that computes nothing may be right too: it earns points "
    "together with another case."
)
DEPENDS = (
    "Your answer is right here; whether it earns points depends on what could not be judged. Tell "
    "your instructor."
)


def settle(
    exercise: Exercise, verdicts: Sequence[CaseVerdict], answers: Sequence[Answer] = ()
) -> tuple[CaseVerdict, ...]:
    """Return the verdicts on all cases, in their order, where those fail that earn nothing.

    A case that proves nothing earns beside one that does and passes; one whose answer is known
    needs one that compares values with the reference's. While such a one is not judged, neither
    are those that need it.
    """
    outcomes = list(zip(exercise.cases, (verdict.outcome for verdict in verdicts), strict=True))
    proofs = [(case, outcome) for case, outcome in outcomes if case.is_proof]
    compared = [(case, outcome) for case, outcome in proofs if case.law is None]
    beside_known = {outcome for _, outcome in compared or proofs}
    beside_easy = {outcome for _, outcome in proofs}
    is_alone = bool(beside_known) and Outcome.PASSED not in beside_known
    is_right = any(case.known and outcome is Outcome.PASSED for case, outcome in outcomes)
    is_constant = is_right and is_alone and answers and _is_constant(exercise, answers)
    known = CONSTANT if is_constant else RIGHT_HERE
    return tuple(
        _settled(
            case, verdict, *((beside_known, known) if case.known else (beside_easy, ONLY_EASY))
        )
        for case, verdict in zip(exercise.cases, verdicts, strict=True)
    )


def _settled(case: Case, verdict: CaseVerdict, beside: set[Outcome], message: str) -> CaseVerdict:
    """Return the verdict on one case, given what came of those that it needs."""
    stands = case.is_proof or not beside or Outcome.PASSED in beside
    if stands or verdict.outcome is not Outcome.PASSED:
        return verdict
    if Outcome.NOT_JUDGED in beside:
        return replace(verdict, outcome=Outcome.NOT_JUDGED, message=DEPENDS, hint="")
    return replace(verdict, outcome=Outcome.FAILED, message=message, hint="")


def _is_constant(exercise: Exercise, answers: Sequence[Answer]) -> bool:
    """Tell whether other numbers got just the answer that the known ones got."""
    of_known = [a for case, a in zip(exercise.cases, answers, strict=True) if case.known]
    of_others = [a for case, a in zip(exercise.cases, answers, strict=True) if not case.known]
    comparable = [answer for answer in of_others if answer.status == "returned"]
    return len(comparable) == len(of_others) and are_alike([*of_known, *comparable])
