"""From the answers to an exercise to the verdict on it: judged, explained, settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.assignment.exercise import Answer, Exercise, Question
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging.budget import OutOfBudgetError, limited, require_size
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.earning import settle
from autograder.judging.judge import judge, not_judged, too_much
from autograder.judging.surplus import without_surplus


def mark(diagnostician: Diagnostician, answers: Sequence[Answer]) -> ExerciseVerdict:
    """Return the verdict on the answers to all questions of an exercise.

    What a known answer shows is a part of what explains the others, whether or not it earns points.
    """
    exercise, questions = diagnostician.exercise, diagnostician.questions
    asked = [*map(without_surplus, [exercise] * len(questions), questions, answers)]
    judged = [_judge(exercise, *both) for both in zip(questions, asked, strict=True)]
    # What explains a wrong answer is sought in what was asked for.
    diagnoses = diagnostician.diagnose(asked, judged)
    if asked[0] is not answers[0]:
        # That there is more than that is named by the first case, and costs that one.
        judged[0] = _judge(exercise, questions[0], answers[0])
    verdicts = with_fitting_hints(exercise, settle(exercise, judged, answers))
    return ExerciseVerdict(exercise.id, exercise.points, verdicts, diagnoses)


def _judge(exercise: Exercise, question: Question, answer: Answer) -> CaseVerdict:
    return answer.verdict or judge_safely(exercise, question, answer)


def judge_safely(exercise: Exercise, question: Question, answer: Answer) -> CaseVerdict:
    """Judge one answer within its budget.

    A fault of the judge's own is neither a student's zero nor their gain.
    """
    try:
        if question.case.law is None:  # to compare looks at no more than was expected
            return judge(exercise, question, answer)
        require_size(answer.value, question.call.arguments, question.expected)
        with limited():
            return judge(exercise, question, answer)
    except (OutOfBudgetError, MemoryError) as reason:
        return too_much(question.case, str(reason) or "it takes too much memory")
    except Exception as error:
        name, weight = question.case.name, question.case.weight
        return CaseVerdict(name, Outcome.NOT_JUDGED, weight, not_judged(error))


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
