"""Name the misconception behind wrong answers: the catalogue's entry that answers just the same.

Pure: nothing of a student's runs here. The entries are the instructor's own code, and they run on
copies of the questions' inputs. An entry explains an exercise if its answers equal the student's in
every case; where none does, two entries at once may, and if not, the cases that passed tell
something.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import combinations
from typing import Any

import numpy as np

from autograder.assignment.exercise import Answer, Exercise, Question
from autograder.assignment.misconception import Misconception, Pattern
from autograder.assignment.verdict import CaseVerdict, Diagnosis, Outcome
from autograder.judging.judge import judge
from autograder.judging.resemblance import resembles
from workbook.plain import plain

Entries = tuple[Misconception, ...]
Function = Callable[..., Any]


class Diagnostician:
    """Explains wrong answers to the questions of one exercise.

    The entries' own answers are worked out when they are first needed, and kept.
    """

    def __init__(self, exercise: Exercise, questions: Sequence[Question]) -> None:
        self.exercise = exercise
        self.questions = tuple(questions)
        # Most entries do not fit: the smallest case shows it soonest.
        sizes = [_size(question.call.arguments) for question in self.questions]
        self._order = sorted(range(len(sizes)), key=sizes.__getitem__)
        self._predictions: dict[tuple[str, ...], _Prediction | None] = {}
        # Threads may share this, and the entries draw from NumPy's one global generator.
        self._lock = threading.Lock()

    def diagnose(
        self, answers: Sequence[Answer], verdicts: Sequence[CaseVerdict]
    ) -> tuple[Diagnosis, ...]:
        """Return what explains the answers: one entry, a pair, a pattern, or nothing.

        Parameters
        ----------
        answers : sequence of Answer
            What came of each question, as plain data.
        verdicts : sequence of CaseVerdict
            The judge's word on each: where none failed there is nothing to explain.
        """
        if not any(verdict.outcome is Outcome.FAILED for verdict in verdicts):
            return ()
        found: tuple[Diagnosis, ...] = ()
        with suppress(Exception):  # the verdict stands, whatever odd answer this trips over
            found = self.explain(answers)
        return found or _first_pattern(self.exercise.patterns, verdicts)

    def predict(self, *entries: Misconception) -> tuple[Answer, ...]:
        """Return the answers of a solution with the edits of all `entries` made."""
        with self._lock, _undisturbed():
            prediction = self._prediction(entries)
            return prediction.all() if prediction else ()

    def explain(self, answers: Sequence[Answer]) -> tuple[Diagnosis, ...]:
        """Return the entry or the pair of entries whose answers are just these, if there is one."""
        with self._lock, _undisturbed():
            return self._explain(answers)

    def _explain(self, answers: Sequence[Answer]) -> tuple[Diagnosis, ...]:
        catalogue = self.exercise.catalogue
        if catalogue is None or not all(_is_telling(answer) for answer in answers):
            return ()
        singles = ((entry,) for entry in catalogue.entries)
        if single := next(filter(lambda entries: self._fits(entries, answers), singles), None):
            return tuple(map(_diagnosis, single))
        # An exception shows one mistake and hides all others.
        if any(answer.status == "raised" for answer in answers):
            return ()
        pairs = combinations(catalogue.entries, 2)
        return _agreed([pair for pair in pairs if self._fits(pair, answers)])

    def _fits(self, entries: Entries, answers: Sequence[Answer]) -> bool:
        prediction = self._prediction(entries)
        return prediction is not None and prediction.equals(answers, self._order)

    def _prediction(self, entries: Entries) -> _Prediction | None:
        """Return the prediction of `entries`, or None where their edits do not go together."""
        key = tuple(entry.id for entry in entries)
        if key not in self._predictions:
            self._predictions[key] = _predict(self.exercise, self.questions, entries)
        return self._predictions[key]


class _Prediction:
    """The answers of one wrong solution, each worked out when it is first compared."""

    def __init__(
        self, exercise: Exercise, questions: Sequence[Question], function: Function
    ) -> None:
        self._exercise, self._questions, self._function = exercise, questions, function
        self._answers: dict[int, Answer] = {}
        self._is_wrong: bool | None = None

    def all(self) -> tuple[Answer, ...]:
        return tuple(self._answer(place) for place in range(len(self._questions)))

    def equals(self, answers: Sequence[Answer], order: Sequence[int]) -> bool:
        """Tell whether `answers` are the same in every case, one of which is wrong."""
        same = all(
            resembles(
                self._exercise, self._questions[place].case, answers[place], self._answer(place)
            )
            for place in order
        )
        return same and self._wrong()

    def _answer(self, place: int) -> Answer:
        if place not in self._answers:
            self._answers[place] = _ask(self._function, self._questions[place])
        return self._answers[place]

    def _wrong(self) -> bool:
        if self._is_wrong is None:
            judged = map(
                judge, [self._exercise] * len(self._questions), self._questions, self.all()
            )
            self._is_wrong = any(verdict.outcome is Outcome.FAILED for verdict in judged)
        return self._is_wrong


def _predict(
    exercise: Exercise, questions: Sequence[Question], entries: Entries
) -> _Prediction | None:
    catalogue = exercise.catalogue
    try:
        function = catalogue.function(exercise.id, *entries) if catalogue else None
    except (ValueError, SyntaxError):  # the edits of a pair overlap
        return None
    return _Prediction(exercise, questions, function) if function else None


def _ask(function: Function, question: Question) -> Answer:
    """Call an entry on inputs of its own."""
    try:
        return Answer("returned", plain(question.call.copy().put_to(function)))
    except Exception as error:
        message = f": {error}" if str(error) else ""
        return Answer("raised", reason=f"stopped with {type(error).__name__}{message}")


def _size(value: Any) -> int:
    """Return how many numbers are in plain data, about."""
    if isinstance(value, Mapping):
        return sum(map(_size, value.values()))
    if isinstance(value, tuple | list):
        return sum(map(_size, value))
    return value.size if isinstance(value, np.ndarray) else 1


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Leave NumPy's global generator as it was, and let the entries warn of nothing."""
    state = np.random.get_state()  # noqa: NPY002 - the documented recipe draws from it
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(state)  # noqa: NPY002


def _is_telling(answer: Answer) -> bool:
    """Tell whether an answer is one that a known wrong solution could give."""
    return answer.status in {"returned", "raised"}


def _agreed(pairs: Sequence[Entries]) -> tuple[Diagnosis, ...]:
    """Return the only pair, or what all pairs that fit have in common: the rest is a guess."""
    if len(pairs) == 1:
        return tuple(map(_diagnosis, pairs[0]))
    shared = [entry for entry in (pairs[0] if pairs else ()) if all(entry in p for p in pairs)]
    return tuple(map(_diagnosis, shared))


def _diagnosis(entry: Misconception) -> Diagnosis:
    return Diagnosis(entry.id, entry.done, entry.look)


def _first_pattern(
    patterns: Sequence[Pattern], verdicts: Sequence[CaseVerdict]
) -> tuple[Diagnosis, ...]:
    passed = {verdict.name for verdict in verdicts if verdict.outcome is Outcome.PASSED}
    failed = {verdict.name for verdict in verdicts if verdict.outcome is Outcome.FAILED}
    return tuple(_fitting(patterns, passed, failed))[:1]


def _fitting(
    patterns: Sequence[Pattern], passed: set[str], failed: set[str]
) -> Iterator[Diagnosis]:
    for pattern in patterns:
        if passed.issuperset(pattern.passes) and failed.issuperset(pattern.fails):
            yield Diagnosis(pattern.id, pattern.done, pattern.look)
