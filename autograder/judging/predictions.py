"""What a known wrong solution answers to the questions of an exercise, worked out when needed.

The entries are the instructor's own code, and they run on copies of the questions' inputs.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.assignment.exercise import Answer, Exercise, Question
from autograder.assignment.misconception import Misconception
from autograder.assignment.statements import Group
from autograder.assignment.verdict import CaseVerdict, Outcome
from autograder.judging.budget import size_of
from autograder.judging.judge import judge
from autograder.judging.resemblance import resembles
from workbook.plain import plain

Entries = tuple[Misconception, ...]
Function = Callable[..., Any]
# The entries of all exercises draw from NumPy's one global generator, and threads diagnose several.
GENERATOR_IN_USE = threading.Lock()


class Predictions:
    """The predictions of all that the catalogue can make, each kept."""

    def __init__(self, exercise: Exercise, questions: Sequence[Question]) -> None:
        self.exercise, self.questions = exercise, tuple(questions)
        # Most entries do not fit: the smallest case shows it soonest.
        sizes = [size_of(question.call.arguments) for question in self.questions]
        self.order = sorted(range(len(sizes)), key=sizes.__getitem__)
        self._known: dict[tuple[str, ...], Prediction | None] = {}

    def of(self, entries: Entries, group: Group | None = None) -> Prediction | None:
        """Return what is predicted of `entries`, or None where their edits do not go together.

        With a `group` the edits hold for its keys, and all else is right.
        """
        key = (*(entry.id for entry in entries), group.words if group else "")
        if key not in self._known:
            whole = self.of(entries) if group else None
            self._known[key] = (
                whole and _Restricted(whole, group) if group else self._whole(entries)
            )
        return self._known[key]

    def _whole(self, entries: Entries) -> Prediction | None:
        catalogue = self.exercise.catalogue
        try:
            function = catalogue.function(self.exercise.id, *entries) if catalogue else None
        except (ValueError, SyntaxError):  # the edits of a pair overlap
            return None
        return Prediction(self.exercise, self.questions, function) if function else None


class Prediction:
    """The answers of one wrong solution, each worked out when it is first compared."""

    def __init__(
        self, exercise: Exercise, questions: Sequence[Question], function: Function
    ) -> None:
        self.exercise, self.questions, self._function = exercise, questions, function
        self._answers: dict[int, Answer] = {}
        self._outcomes: tuple[Outcome, ...] = ()

    def all(self) -> tuple[Answer, ...]:
        """Return the answers to all questions."""
        return tuple(self.answer(place) for place in range(len(self.questions)))

    def equals(
        self, answers: Sequence[Answer], verdicts: Sequence[CaseVerdict], order: Sequence[int]
    ) -> bool:
        """Tell whether `answers` are the same in every case, and wrong in just the same ones.

        Arrays that are shared, or that hold whole numbers, equal the right ones number by number:
        only the verdicts on them differ.
        """
        same = all(
            resembles(self.exercise, self.questions[place].case, answers[place], self.answer(place))
            for place in order
        )
        return same and all(
            verdict.outcome in {outcome, Outcome.NOT_JUDGED}
            for verdict, outcome in zip(verdicts, self.outcomes(), strict=True)
        )

    def answer(self, place: int) -> Answer:
        """Return the answer to one question."""
        if place not in self._answers:
            self._answers[place] = self._work_out(place)
        return self._answers[place]

    def outcomes(self) -> tuple[Outcome, ...]:
        """Return how each of the answers is judged."""
        if not self._outcomes:
            pairs = zip(self.questions, self.all(), strict=True)
            self._outcomes = tuple(judge(self.exercise, *pair).outcome for pair in pairs)
        return self._outcomes

    def _work_out(self, place: int) -> Answer:
        return _ask(self._function, self.questions[place])


class _Restricted(Prediction):
    """Another prediction for the keys of one group, and the right answer for all others."""

    def __init__(self, whole: Prediction, group: Group) -> None:
        super().__init__(whole.exercise, whole.questions, _ask)
        self._whole, self._group = whole, group

    def _work_out(self, place: int) -> Answer:
        wrong, right = self._whole.answer(place), self.questions[place].expected
        if wrong.status != "returned":
            return wrong
        return replace(wrong, value=mixed(wrong.value, right, self._group))


def mixed(wrong: Any, right: Any, group: Group) -> Any:
    """Return what is `wrong` under the keys of the group, and what is `right` under all others."""
    if isinstance(wrong, Mapping) and isinstance(right, Mapping):
        keys = tuple(right)
        from_wrong = {key: part for key, part in wrong.items() if group.holds(key, keys)}
        from_right = {key: part for key, part in right.items() if not group.holds(key, keys)}
        return from_right | from_wrong
    are_rows = isinstance(wrong, tuple | list) and isinstance(right, tuple | list)
    if are_rows and len(wrong) == len(right):
        parts = [mixed(*pair, group) for pair in zip(wrong, right, strict=True)]
        return tuple(parts) if isinstance(wrong, tuple) else parts
    return wrong


def _ask(function: Function, question: Question) -> Answer:
    """Call an entry on inputs of its own."""
    try:
        return Answer("returned", plain(question.call.copy().put_to(function)))
    except Exception as error:
        message = f": {error}" if str(error) else ""
        return Answer("raised", reason=f"stopped with {type(error).__name__}{message}")


@contextmanager
def undisturbed() -> Iterator[None]:
    """Leave NumPy's global generator as it was, and let the entries warn of nothing."""
    with GENERATOR_IN_USE:
        state = np.random.get_state()  # noqa: NPY002 - the documented recipe draws from it
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        finally:
            np.random.set_state(state)  # noqa: NPY002
