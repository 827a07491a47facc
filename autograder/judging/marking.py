"""From the answers to an exercise to the verdict on it: judged, explained, discounted."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.assignment.exercise import Answer, Exercise, Question
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.judge import discount_known, judge, not_judged


def mark(diagnostician: Diagnostician, answers: Sequence[Answer]) -> ExerciseVerdict:
    """Return the verdict on the answers to all questions of an exercise.

    What a known answer shows is a part of what explains the others, whether or not it earns points.
    """
    exercise = diagnostician.exercise
    judged = [
        _judge_safely(exercise, question, answer)
        for question, answer in zip(diagnostician.questions, answers, strict=True)
    ]
    diagnoses = diagnostician.diagnose(answers, judged)
    return ExerciseVerdict(
        exercise.id, exercise.points, discount_known(exercise, judged), diagnoses
    )


def _judge_safely(exercise: Exercise, question: Question, answer: Answer) -> CaseVerdict:
    """Judge one answer; a fault of the judge's own is never a student's zero."""
    try:
        return judge(exercise, question, answer)
    except Exception as error:
        name, weight = question.case.name, question.case.weight
        return CaseVerdict(name, Outcome.NOT_JUDGED, weight, not_judged(error))
