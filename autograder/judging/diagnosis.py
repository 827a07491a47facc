"""Explain wrong answers: by a known misconception, by the rule they follow, or by what they share.

Pure: nothing of a student's runs here. A misconception explains an exercise if its answers equal
the student's in every case and are wrong in the same ones; where none does, two at once may, or one
that holds for some keys only. If not, the link that breaks in the chain from the arguments to the
answer tells where to look, and at last the exercise's statements on answers as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from inspect import signature
from itertools import combinations, product

from autograder.assignment.exercise import Answer, Exercise, Question
from autograder.assignment.misconception import Misconception
from autograder.assignment.statements import Group, Seen
from autograder.assignment.verdict import CaseVerdict, Diagnosis, Outcome
from autograder.judging.budget import OutOfBudgetError, limited
from autograder.judging.chain import FOLLOWS, broken_links
from autograder.judging.predictions import Entries, Predictions, undisturbed
from autograder.judging.resemblance import differ_slightly
from autograder.judging.shortlist import Shortlist
from autograder.judging.stops import reading

# Entries that may explain the answers together, for the keys of one group or for all.
Possible = tuple[Entries, Group | None]


class Diagnostician:
    """Explains wrong answers to the questions of one exercise.

    The entries' own answers are worked out when they are first needed, and kept.
    """

    def __init__(self, exercise: Exercise, questions: Sequence[Question]) -> None:
        self.exercise = exercise
        self.questions = tuple(questions)
        self._predictions = Predictions(exercise, self.questions)
        self._shortlists: dict[str, tuple[list[Possible], Shortlist]] = {}

    def diagnose(
        self, answers: Sequence[Answer], verdicts: Sequence[CaseVerdict]
    ) -> tuple[Diagnosis, ...]:
        """Return what explains the answers: a name or two, a rule, a statement, or nothing.

        Parameters
        ----------
        answers : sequence of Answer
            What came of each question, as plain data.
        verdicts : sequence of CaseVerdict
            The judge's word on each, before points are settled: where none failed there is nothing
            to explain.
        """
        if not any(verdict.outcome is Outcome.FAILED for verdict in verdicts):
            return ()
        for explain in (self._named, self._observed):
            # The verdict stands, whatever odd answer this trips over.
            with suppress(Exception), undisturbed():
                if found := explain(answers, verdicts):
                    return found
        return ()

    def predict(self, *entries: Misconception) -> tuple[Answer, ...]:
        """Return the answers of a solution with the edits of all `entries` made."""
        with undisturbed():
            prediction = self._predictions.of(entries)
            return prediction.all() if prediction else ()

    def _named(
        self, answers: Sequence[Answer], verdicts: Sequence[CaseVerdict]
    ) -> tuple[Diagnosis, ...]:
        """Return the entry or the pair of entries whose answers are just these, if there is one."""
        if not all(_is_telling(answer) for answer in answers):
            return ()
        for (entry,), _ in self._fitting("one", self._ones, answers, verdicts):
            return (_diagnosis(entry),)
        # An exception shows one mistake and hides all others.
        if any(answer.status == "raised" for answer in answers):
            return ()
        pairs = self._fitting("two", self._twos, answers, verdicts)
        if found := _agreed([pair for pair, _ in pairs]):
            return found
        for (entry,), group in self._fitting("some keys", self._in_groups, answers, verdicts):
            return (_diagnosis(entry, group),)
        return ()

    def _ones(self) -> Iterator[Possible]:
        yield from (((entry,), None) for entry in self._entries)

    def _twos(self) -> Iterator[Possible]:
        yield from ((pair, None) for pair in combinations(self._entries, 2))

    def _in_groups(self) -> Iterator[Possible]:
        groups = product(self.exercise.groups, self._entries)
        yield from (((entry,), group) for group, entry in groups)

    @property
    def _entries(self) -> Sequence[Misconception]:
        return self.exercise.catalogue.entries if self.exercise.catalogue else ()

    def _fitting(
        self,
        kind: str,
        possible: Callable[[], Iterator[Possible]],
        answers: Sequence[Answer],
        verdicts: Sequence[CaseVerdict],
    ) -> Iterator[Possible]:
        """Yield what is possible and predicts these answers, of the few that the first may be."""
        first = self._predictions.order[0]
        if kind not in self._shortlists:
            known = list(possible())
            found = [self._predictions.of(*one) for one in known]
            predicted = [one.answer(first) if one else None for one in found]
            tolerance = self.questions[first].case.tolerance
            self._shortlists[kind] = known, Shortlist(self.exercise, predicted, tolerance)
        known, shortlist = self._shortlists[kind]
        for place in shortlist.of(answers[first]):
            prediction = self._predictions.of(*known[place])
            if prediction and prediction.equals(answers, verdicts, self._predictions.order):
                yield known[place]

    def _observed(
        self, answers: Sequence[Answer], verdicts: Sequence[CaseVerdict]
    ) -> tuple[Diagnosis, ...]:
        """Return the links that break, or the first statement that agrees with every case."""
        seen = self.seen(answers, verdicts)
        wrong = [one for one in seen if not one.passed]
        if not wrong:
            return ()
        chain, groups = self.exercise.chain, self.exercise.groups
        broken = broken_links(chain, groups, seen) if chain else ()
        if rules := tuple(one for one in broken if one.id.endswith(FOLLOWS)):
            return rules
        if differ_slightly([(one.value, one.expected) for one in wrong]):
            return ()
        if statement := self._statement(seen):
            return (statement,)
        stopped = [one.reason for one in wrong if one.status == "raised"]
        is_most = 2 * len(stopped) > len(wrong)
        return broken or (reading(stopped, seen[0].arguments) if is_most else ())

    def _statement(self, seen: Sequence[Seen]) -> Diagnosis | None:
        """Return the first statement that agrees, in the time that judging an answer may take."""
        with suppress(OutOfBudgetError), limited():
            return next((one.diagnosis for one in self.exercise.statements if one.fits(seen)), None)
        return None

    def seen(self, answers: Sequence[Answer], verdicts: Sequence[CaseVerdict]) -> list[Seen]:
        """Return what was seen in each case that is compared with one expected answer."""
        catalogue = self.exercise.catalogue
        names = signature(catalogue.function(self.exercise.id)) if catalogue else None
        seen = []
        for question, answer, verdict in zip(self.questions, answers, verdicts, strict=True):
            is_compared = question.case.law is None or question.case.known
            if is_compared and names:
                bound = names.bind(*question.call.arguments, **question.call.keywords)
                omitted = frozenset(names.parameters.keys() - bound.arguments.keys())
                bound.apply_defaults()
                came = answer.status, answer.value, answer.reason
                passed = verdict.outcome is Outcome.PASSED
                seen.append(Seen(bound.arguments, omitted, question.expected, *came, passed))
        return seen


def _is_telling(answer: Answer) -> bool:
    """Tell whether an answer is one that a known wrong solution could give."""
    return answer.status in {"returned", "raised"}


def _agreed(pairs: Sequence[Entries]) -> tuple[Diagnosis, ...]:
    """Return the only pair, or what all pairs that fit have in common: the rest is a guess."""
    if len(pairs) == 1:
        return tuple(map(_diagnosis, pairs[0]))
    shared = [entry for entry in (pairs[0] if pairs else ()) if all(entry in p for p in pairs)]
    return tuple(map(_diagnosis, shared))


def _diagnosis(entry: Misconception, group: Group | None = None) -> Diagnosis:
    if group is None:
        return Diagnosis(entry.id, entry.done, entry.look)
    where = f"That is so {group.words}; {group.others} all is right."
    return Diagnosis(entry.id, f"{entry.done} {where}", entry.look)
