"""Compare the answer to one question with the expected one. Pure: no I/O, nothing runs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from textwrap import wrap
from typing import Any

from autograder.assignment.exercise import Answer, Case, Exercise, Question
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging import telling
from workbook.comparison import Finding, compare_returned, label_parts
from workbook.hints import with_hint


def judge(exercise: Exercise, question: Question, answer: Answer) -> CaseVerdict:
    """Return the verdict on `answer`, with a message that gives no number of the case away."""
    case = question.case
    if answer.status != "returned":
        reason = f"Your function {telling.why_not(answer)}."
        if answer.status in {"todo", "missing", "skipped"}:
            return CaseVerdict(case.name, Outcome.FAILED, case.weight, reason)
        return _failed(case, reason)
    if not _problems(exercise, question, answer.value):
        return CaseVerdict(case.name, Outcome.PASSED, case.weight)
    # What is wrong with it is told without the names that the answer itself has chosen.
    told = _problems(exercise, question, telling.plain(answer.value, question))
    return _failed(case, telling.bounded(_sentence(told), question) if told else ODD_KEYS)


def _problems(exercise: Exercise, question: Question, value: Any) -> list[Finding]:
    """Return what is wrong with what a function returned."""
    found = findings_on(exercise, question, value)
    expected = label_parts(question.expected, exercise.returns)
    if question.case.law is None and isinstance(expected, Mapping):
        arguments = question.call.arguments
        found = with_hint(found, value, expected, arguments[0] if arguments else None)
    return [finding for finding in found if not finding.passed]


def too_much(case: Case, reason: str) -> CaseVerdict:
    """Return the verdict on an answer that cannot be judged within its budget."""
    return _failed(case, f"Your function's answer is too much to judge: {reason}.")


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


@lru_cache(256)  # of what most of a class have in common
def describe(verdict: ExerciseVerdict) -> str:
    """Return the verdict as text for the student: what explains it, then each case by name."""
    lines = [f"{verdict.exercise_id}: {verdict.score:g} of {verdict.points} points"]
    if verdict.waiting:
        lines.append(f"  A person has to look: {verdict.waiting:g} points are open until then.")
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


ODD_KEYS = "Your answer has keys of its own that are in the way."

SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_JUDGED: "?"}


def _failed(case: Case, reason: str) -> CaseVerdict:
    return CaseVerdict(case.name, Outcome.FAILED, case.weight, f"{reason} {case.help}")


def _sentence(problems: list[Finding]) -> str:
    """Say what is wrong with the first part that is, and count the others."""
    first = problems[0]
    others = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    sentence = f"{first.subject} {first.problem}{others}."
    return f"{sentence} {first.look}" if first.look else sentence
