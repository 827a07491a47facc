"""From the answers to an exercise to the verdict on it: judged, explained, settled."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.assignment.exercise import Answer, Exercise, Question
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging.budget import OutOfBudgetError, limited, require_size
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.earning import settle
from autograder.judging.judge import judge, not_judged, too_much


def mark(diagnostician: Diagnostician, answers: Sequence[Answer]) -> ExerciseVerdict:
    """Return the verdict on the answers to all questions of an exercise.

    What a known answer shows is a part of what explains the others, whether or not it earns points.
    """
    exercise = diagnostician.exercise
    judged = [
        answer.verdict or judge_safely(exercise, question, answer)
        for question, answer in zip(diagnostician.questions, answers, strict=True)
    ]
    diagnoses = diagnostician.diagnose(answers, judged)
    return ExerciseVerdict(exercise.id, exercise.points, settle(exercise, judged), diagnoses)


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
