"""Judge the answers to one notebook's questions: each within its budget, the same ones once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from autograder.assignment.exercise import Answer, Assignment
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging.diagnosis import Diagnostician
from autograder.judging.marking import judge_safely, mark
from autograder.judging.questions import Questions
from autograder.sandbox.remembering import Remembered
from autograder.sandbox.wire import Opaque

# Most of a class answer alike: so many verdicts on exercises, and on single cases, are remembered.
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
        self._cases: Remembered[CaseVerdict] = Remembered(REMEMBERED)

    def judge(self, exercise_id: str, answers: Sequence[Answer]) -> ExerciseVerdict:
        """Judge the answers to an exercise's questions; the same ones only once."""
        key = exercise_id, tuple(answer.identity for answer in answers)
        return self._verdicts.get(key, partial(self._judge, exercise_id, answers))

    def lighten(self, exercise_id: str, place: int, answer: Answer) -> Answer:
        """Judge an answer that is too heavy to be kept; return what is kept of any."""
        if answer.weight <= HEAVY:
            return answer
        return replace(answer, value=NOT_KEPT, verdict=self._case(exercise_id, place, answer))

    def is_wrong(self, exercise_id: str, place: int, answer: Answer) -> bool:
        """Tell whether an answer fails its case."""
        return self._case(exercise_id, place, answer).outcome is Outcome.FAILED

    def _case(self, exercise_id: str, place: int, answer: Answer) -> CaseVerdict:
        exercise, question = self._assignment.exercise(exercise_id), self._questions[exercise_id]
        judged = partial(judge_safely, exercise, question[place], answer)
        return self._cases.get((exercise_id, place, answer.identity), judged)

    def _judge(self, exercise_id: str, answers: Sequence[Answer]) -> ExerciseVerdict:
        return mark(self._diagnosticians[exercise_id], answers)
