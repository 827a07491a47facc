"""Put the verdict on an exercise together: its cases, what they tell together, what explains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder.assignment.exercise import Answer, Exercise, Question
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.judge import CONSTANT, RIGHT_HERE, judge, not_judged
from autograder.judging.resemblance import are_alike


def verdict_on(
    exercise: Exercise,
    questions: Sequence[Question],
    answers: Sequence[Answer],
    diagnostician: Diagnostician,
) -> ExerciseVerdict:
    """Judge the answers to an exercise's questions, and explain them."""
    pairs = zip(questions, answers, strict=True)
    plain = [without_surplus(exercise, *pair) if n else pair[1] for n, pair in enumerate(pairs)]
    judged = [
        _judge_safely(exercise, question, answer)
        for question, answer in zip(questions, plain, strict=True)
    ]
    verdicts = with_fitting_hints(exercise, discount_known(exercise, judged, answers))
    diagnoses = diagnostician.diagnose(plain, verdicts)
    return ExerciseVerdict(exercise.id, exercise.points, verdicts, diagnoses)


def without_surplus(exercise: Exercise, question: Question, answer: Answer) -> Answer:
    """Return the answer without what follows the values that are asked for.

    That there is more is named by the first case, and costs that one; the others judge the values.
    """
    value, expected = answer.value, question.expected
    if answer.status != "returned":
        return answer
    if not question.call.shows_arguments:
        kept = _first(exercise, value, expected)
    elif isinstance(value, list) and len(value) == 2:
        kept = [_first(exercise, value[0], expected[0]), value[1]]
    else:
        return answer
    return answer if kept is value else replace(answer, value=kept)


def _first(exercise: Exercise, value: Any, expected: Any) -> Any:
    """Return as many values as are asked for, if there are more."""
    count = len(exercise.returns)
    if not isinstance(value, tuple) or len(value) <= count:
        return value
    if count > 1:
        return value[:count]
    return value[0] if isinstance(expected, Mapping) and isinstance(value[0], Mapping) else value


def discount_known(
    exercise: Exercise, verdicts: Sequence[CaseVerdict], answers: Sequence[Answer]
) -> tuple[CaseVerdict, ...]:
    """Return the verdicts on all cases; known answers alone, which may be copied, earn nothing."""
    known = {case.name for case in exercise.cases if case.known}
    passed = {verdict.name for verdict in verdicts if verdict.outcome is Outcome.PASSED}
    if not passed or passed - known or known == {case.name for case in exercise.cases}:
        return tuple(verdicts)
    message = CONSTANT if _is_constant(exercise, answers) else RIGHT_HERE
    return tuple(
        replace(verdict, outcome=Outcome.FAILED, message=message, hint="")
        if verdict.name in passed
        else verdict
        for verdict in verdicts
    )


def _is_constant(exercise: Exercise, answers: Sequence[Answer]) -> bool:
    """Tell whether other numbers got just the answer that the known ones got."""
    of_known = [a for case, a in zip(exercise.cases, answers, strict=True) if case.known]
    of_others = [a for case, a in zip(exercise.cases, answers, strict=True) if not case.known]
    comparable = [answer for answer in of_others if answer.status == "returned"]
    return len(comparable) == len(of_others) and are_alike([*of_known, *comparable])


def with_fitting_hints(
    exercise: Exercise, verdicts: Sequence[CaseVerdict]
) -> tuple[CaseVerdict, ...]:
    """Return the verdicts, each case's own hint only where its failing alone tells something.

    A mistake that breaks all cases, or those of several hints, is about none of these hints. The
    hint of a case whose answer is known says how to look at that answer, which always helps.
    """
    help_of = {case.name: "" if case.known else case.help for case in exercise.cases}
    failed = [verdict for verdict in verdicts if verdict.outcome is Outcome.FAILED]
    names = {verdict.name for verdict in failed}
    basics = any(case.known and case.name in names for case in exercise.cases)
    told = {verdict.hint for verdict in failed if verdict.hint == help_of.get(verdict.name)}
    if not basics and len(names) < len(verdicts) and len(told) <= 1:
        return tuple(verdicts)
    return tuple(
        replace(verdict, hint="") if verdict.hint == help_of.get(verdict.name) else verdict
        for verdict in verdicts
    )


def _judge_safely(exercise: Exercise, question: Question, answer: Answer) -> CaseVerdict:
    """Judge one answer; a fault of the judge's own is never a student's zero."""
    try:
        return judge(exercise, question, answer)
    except Exception as error:
        name, weight = question.case.name, question.case.weight
        return CaseVerdict(name, Outcome.NOT_JUDGED, weight, not_judged(error))
