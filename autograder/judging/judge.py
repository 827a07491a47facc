"""Compare the answer to one question with the expected one. Pure: no I/O, nothing runs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from textwrap import wrap
from typing import Any

from autograder.assignment.exercise import Answer, Case, Exercise, Question
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from comparison import Finding, compare_returned, label_parts
from hints import with_hint

# What a student's function raises may quote the hidden inputs; sizes and indices are no secret.
FRACTION = re.compile(r"\d*\.\d+(?:e[+-]?\d+)?|\d+\.(?!\w)|\d+e[+-]?\d+")


def judge(exercise: Exercise, question: Question, answer: Answer) -> CaseVerdict:
    """Return the verdict on `answer`, with a message that gives no expected number away."""
    case, call = question.case, question.call
    if answer.status in {"todo", "missing", "skipped"}:
        return CaseVerdict(
            case.name, Outcome.FAILED, case.weight, f"Your function {answer.reason}."
        )
    if answer.status != "returned":
        return _failed(case, f"Your function {FRACTION.sub('…', answer.reason)}.")
    found = findings_on(exercise, question, answer.value)
    expected = label_parts(question.expected, exercise.returns)
    if case.law is None and isinstance(expected, Mapping):
        before = call.arguments[0] if call.arguments else None
        found = with_hint(found, answer.value, expected, before)
    problems = [finding for finding in found if not finding.passed]
    if problems:
        return _failed(case, _sentence(problems))
    return CaseVerdict(case.name, Outcome.PASSED, case.weight)


def findings_on(exercise: Exercise, question: Question, value: Any) -> list[Finding]:
    """Return what is right and what is wrong with a value that was returned."""
    case, call = question.case, question.call
    if case.law is not None:
        return case.law(value, *call.arguments, **call.keywords)
    expected = label_parts(question.expected, exercise.returns)
    return compare_returned(value, expected, case.tolerance)


def not_judged(fault: Exception) -> str:
    """Say to a student that the grader itself failed."""
    return f"The grader itself failed here ({type(fault).__name__}); tell your instructor."


def discount_known(exercise: Exercise, verdicts: Sequence[CaseVerdict]) -> tuple[CaseVerdict, ...]:
    """Return the verdicts on all cases; known answers alone, which may be copied, earn nothing."""
    known = {case.name for case in exercise.cases if case.known}
    passed = {verdict.name for verdict in verdicts if verdict.outcome is Outcome.PASSED}
    if not passed or passed - known or known == {case.name for case in exercise.cases}:
        return tuple(verdicts)
    return tuple(
        replace(verdict, outcome=Outcome.FAILED, message=ONLY_KNOWN)
        if verdict.name in passed
        else verdict
        for verdict in verdicts
    )


@lru_cache(256)  # of what most of a class have in common
def describe(verdict: ExerciseVerdict) -> str:
    """Return the verdict as text for the student: what explains it, then each case by name."""
    lines = [f"{verdict.exercise_id}: {verdict.score:g} of {verdict.points} points"]
    for diagnosis in verdict.diagnoses:
        lines += wrap(
            f"→ {diagnosis.done} {diagnosis.look}",
            92,
            initial_indent="  ",
            subsequent_indent=" " * 4,
        )
    seen: set[str] = set()
    for case in verdict.cases:
        message = "as above" if case.message in seen else case.message
        lines.append(f"  {SIGNS[case.outcome]} {case.name}")
        lines += wrap(message, 88, initial_indent=" " * 6, subsequent_indent=" " * 6)
        seen |= {case.message} - {""}
    return "\n".join(lines)


ONLY_KNOWN = (
    "Your answer is right here, where the right one is known, and for no other numbers: it earns "
    "points together with another case. Does the function compute with its arguments?"
)

SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_JUDGED: "?"}


def _failed(case: Case, reason: str) -> CaseVerdict:
    return CaseVerdict(case.name, Outcome.FAILED, case.weight, f"{reason} {case.help}")


def _sentence(problems: list[Finding]) -> str:
    """Say what is wrong with the first part that is, and count the others."""
    first = problems[0]
    others = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    sentence = f"{first.subject} {first.problem}{others}."
    return f"{sentence} {first.look}" if first.look else sentence
