"""Compare the answer of one case with the expected one. Pure: no I/O, nothing runs."""

from __future__ import annotations

from typing import Any

from autograder.exercise import Call, Case, CaseVerdict, Exercise, Outcome
from comparison import Finding, compare_returned, label_parts


def judge(exercise: Exercise, case: Case, call: Call, answer: Any, expected: Any) -> CaseVerdict:
    """Return the verdict on `answer`.

    Parameters
    ----------
    call : Call
        The inputs of the case, untouched by the student's function.
    answer, expected : object
        What the student's function and the reference returned for these inputs.
    """
    if case.law is not None:
        findings = case.law(answer, *call.arguments, **call.keywords)
    else:
        findings = compare_returned(answer, label_parts(expected, exercise.returns), case.tolerance)
    problems = [finding for finding in findings if not finding.passed]
    if not problems:
        return CaseVerdict(case.name, Outcome.PASSED, case.weight)
    return failed(case, _sentence(problems))


def failed(case: Case, reason: str) -> CaseVerdict:
    """Return the verdict on a case that failed for `reason`, with the case's help added."""
    return CaseVerdict(case.name, Outcome.FAILED, case.weight, f"{reason} {case.help}")


def _sentence(problems: list[Finding]) -> str:
    """Say what is wrong with the first part that is, and count the others."""
    first = problems[0]
    others = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    sentence = f"{first.subject} {first.problem}{others}."
    return f"{sentence} {first.look}" if first.look else sentence
