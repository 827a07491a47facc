"""Judge the answers to one notebook's questions: each within its budget, the same ones once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from autograder.assignment.exercise import Answer, Assignment, Exercise, Question
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging.budget import OutOfBudgetError, limited, require_size
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.judge import discount_known, judge, not_judged, too_much
from autograder.judging.questions import Questions
from autograder.sandbox.remembering import Remembered
from autograder.sandbox.wire import Opaque

# Most of a class answer alike: so many verdicts on exercises, and on large answers, are remembered.
REMEMBERED = 256
# A heavier answer is judged as it comes: all answers to an exercise are held together.
HEAVY = 1 << 20
NOT_KEPT = Opaque("too large to keep")


class Judging:
    """Knows the questions, and the verdicts on what was answered; of the answers only digests.

    What explains wrong answers costs nothing until one is wrong.
    """

    def __init__(self, assignment: Assignment, questions: Questions) -> None:
        self._assignment, self._questions = assignment, questions
        self._diagnosticians = {
            one.id: Diagnostician(one, questions[one.id]) for one in assignment.exercises
        }
        self._verdicts: Remembered[ExerciseVerdict] = Remembered(REMEMBERED)
        self._heavy: Remembered[CaseVerdict] = Remembered(REMEMBERED)

    def judge(self, exercise_id: str, answers: Sequence[Answer]) -> ExerciseVerdict:
        """Judge the answers to an exercise's questions; the same ones only once."""
        key = exercise_id, tuple(answer.identity for answer in answers)
        return self._verdicts.get(key, partial(self._judge, exercise_id, answers))

    def lighten(self, exercise_id: str, place: int, answer: Answer) -> Answer:
        """Judge an answer that is too heavy to be kept; return what is kept of any."""
        if answer.weight <= HEAVY:
            return answer
        exercise, question = self._assignment.exercise(exercise_id), self._questions[exercise_id]
        judged = partial(judge_safely, exercise, question[place], answer)
        verdict = self._heavy.get((exercise_id, place, answer.identity), judged)
        return replace(answer, value=NOT_KEPT, verdict=verdict)

    def _judge(self, exercise_id: str, answers: Sequence[Answer]) -> ExerciseVerdict:
        exercise = self._assignment.exercise(exercise_id)
        judged = [
            answer.verdict or judge_safely(exercise, question, answer)
            for question, answer in zip(self._questions[exercise_id], answers, strict=True)
        ]
        verdicts = discount_known(exercise, judged)
        diagnoses = self._diagnosticians[exercise_id].diagnose(answers, verdicts)
        return ExerciseVerdict(exercise_id, exercise.points, verdicts, diagnoses)


def judge_safely(exercise: Exercise, question: Question, answer: Answer) -> CaseVerdict:
    """Judge one answer within its budget; a fault of the judge's own is never a student's zero."""
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
