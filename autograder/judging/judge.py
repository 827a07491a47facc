"""Compare the answer to one question with the expected one. Pure: no I/O, nothing runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from textwrap import wrap
from typing import Any

from autograder.assignment.exercise import Answer, Case, Exercise, Question
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging import telling
from autograder.judging.raised import meaning_of
from workbook.comparison import Finding, compare_returned, label_parts
from workbook.hints import with_hint

# Messages that differ in a number only, such as a shape, say the same.
NUMBER = re.compile(r"\d+")


def judge(exercise: Exercise, question: Question, answer: Answer) -> CaseVerdict:
    """Return the verdict on `answer`, with a message that gives no number of the case away.

    What is known may be told: it was asked before anything hidden was there.
    """
    case = question.case
    if answer.status != "returned":
        reason = f"Your function {telling.why_not(answer, known=case.known).rstrip('.')}."
        return _failed(case, reason, meaning_of(answer.reason))
    if not (found := _problems(exercise, question, answer.value)):
        return CaseVerdict(case.name, Outcome.PASSED, case.weight)
    if case.known:
        return _failed(case, telling.shortened(_sentence(found)), case.help)
    # What is wrong with it is told without the names that the answer itself has chosen.
    told = _problems(exercise, question, telling.plain(answer.value, question))
    said = telling.bounded(_sentence(told), question) if told else ODD_KEYS
    return _failed(case, said, case.help)


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
    return _failed(case, f"Your function's answer is too much to judge: {reason}.", "")


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
    found = [f"{one.done} {one.look}" for one in verdict.diagnoses]
    if verdict.obstacle:
        found = [f"{verdict.obstacle.what} {verdict.obstacle.next_step}"]
    for said in found:
        lines += wrap(f"→ {said}", 92, initial_indent="  ", subsequent_indent=" " * 4)
    for case, message, hint in newly_said(verdict):
        lines.append(f"  {SIGNS[case.outcome]} {case.name}")
        text = f"{message} {hint}".strip()
        lines += wrap(text, 88, initial_indent=" " * 6, subsequent_indent=" " * 6)
    return "\n".join(lines)


def newly_said(verdict: ExerciseVerdict) -> Iterator[tuple[CaseVerdict, str, str]]:
    """Yield each case with the message and the hint that no case before it has given.

    Where all cases fail, the first message tells what there is to tell, of what is wrong in answers
    and of what stops the function.
    """
    said: set[str] = set()
    hints: set[str] = set()
    kinds_told: set[bool] = set()
    all_failed = all(case.outcome is Outcome.FAILED for case in verdict.cases)
    for case in verdict.cases:
        kind, stops = NUMBER.sub("0", case.message), case.message.startswith(telling.STOPPED)
        is_old = kind in said or (all_failed and stops in kinds_told)
        hint = "" if case.hint in hints else case.hint
        yield case, "" if is_old else case.message, hint
        said |= {kind}
        hints |= {hint}
        if case.message not in {CONSTANT, RIGHT_HERE, ""}:
            kinds_told |= {stops}


CONSTANT = (
    "Your answer is right here, where the right one is known, and it is the same whatever the "
    "function is given: it earns points together with another case. Does the function compute with "
    "its arguments?"
)
RIGHT_HERE = (
    "Your answer is right here and in no other case: it earns points together with another one. "
    "Is there an argument that the function does not use, or a number in it that should be one?"
)
ODD_KEYS = "Your answer has keys of its own that are in the way."

SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_JUDGED: "?"}


def _failed(case: Case, message: str, hint: str) -> CaseVerdict:
    return CaseVerdict(case.name, Outcome.FAILED, case.weight, message, hint)


def _counted(parts: int) -> str:
    return "one other part" if parts == 1 else f"{parts} other parts"


def _sentence(problems: list[Finding]) -> str:
    """Say what is wrong with the first part that is, and count the others."""
    first = problems[0]
    others = f" (and {_counted(len(problems) - 1)} too)" if len(problems) > 1 else ""
    sentence = f"{first.subject} {first.problem}{others}."
    return f"{sentence} {first.look}" if first.look else sentence
