"""What proves nothing earns only beside what does, and nothing earns where it is not judged."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from autograder.assignment.exercise import Call, Case, Exercise
from autograder.assignment.verdict import CaseVerdict, ExerciseVerdict, Outcome
from autograder.judging.earning import DEPENDS, ONLY_EASY, settle
from autograder.judging.judge import RIGHT_HERE

PASSED, FAILED, NOT_JUDGED = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_JUDGED


def a_case(name, **options):
    return Case(name, "", lambda rng: Call(()), **options)


def law(*given):
    raise AssertionError("the outcome is given")


KNOWN = a_case("known", known=True)
EASY = a_case("easy", proves=False)
LAW = a_case("law", law=law)
PROOF = a_case("proof", law=law, proves=True)
COMPARED = a_case("compared")


def settled(**outcomes):
    """Return what becomes of the cases with these outcomes, by name."""
    cases = {one.name: one for one in (KNOWN, EASY, LAW, PROOF, COMPARED)}
    exercise = Exercise("f", 10, ("y",), tuple(cases[name] for name in outcomes))
    verdicts = [CaseVerdict(name, outcome, 1.0) for name, outcome in outcomes.items()]
    return {verdict.name: verdict for verdict in settle(exercise, verdicts)}


@pytest.mark.parametrize(
    ("name", "beside", "outcome"),
    [
        ("known", {"compared": FAILED}, FAILED),
        ("known", {"compared": PASSED}, PASSED),
        ("known", {"compared": NOT_JUDGED}, NOT_JUDGED),
        ("known", {"law": PASSED, "compared": FAILED}, FAILED),
        ("known", {"proof": PASSED, "compared": FAILED}, FAILED),
        ("known", {"easy": PASSED, "compared": FAILED}, FAILED),
        ("known", {"law": PASSED, "compared": NOT_JUDGED}, NOT_JUDGED),
        ("known", {"proof": PASSED}, PASSED),
        ("known", {}, PASSED),
        ("law", {"compared": FAILED}, FAILED),
        ("law", {"compared": PASSED}, PASSED),
        ("law", {"compared": NOT_JUDGED}, NOT_JUDGED),
        ("law", {"known": PASSED, "compared": FAILED}, FAILED),
        ("law", {"proof": PASSED, "compared": FAILED}, PASSED),
        ("easy", {"compared": FAILED}, FAILED),
        ("easy", {"compared": PASSED}, PASSED),
        ("proof", {"compared": FAILED}, PASSED),
        ("compared", {"known": FAILED}, PASSED),
    ],
)
def test_a_case_that_passed_earns(name, beside, outcome):
    assert settled(**{name: PASSED}, **beside)[name].outcome is outcome


def test_the_message_says_why_a_right_answer_earns_nothing():
    found = settled(known=PASSED, law=PASSED, compared=FAILED)
    assert found["known"].message == RIGHT_HERE
    assert found["law"].message == ONLY_EASY
    assert settled(known=PASSED, compared=NOT_JUDGED)["known"].message == DEPENDS


def test_not_judged_never_pays_whatever_the_others():
    names = ("known", "law", "proof", "compared")
    for outcomes in product(Outcome, repeat=len(names)):
        given = dict(zip(names, outcomes, strict=True))
        better = {name: PASSED if was is NOT_JUDGED else was for name, was in given.items()}
        scores = [
            ExerciseVerdict("f", 10, tuple(settled(**each).values())).score
            for each in (given, better)
        ]
        assert scores[0] <= scores[1], given


def test_points_and_what_is_open_add_up():
    cases = settled(known=PASSED, law=FAILED, compared=NOT_JUDGED)
    verdict = ExerciseVerdict("f", 9, tuple(cases.values()))
    assert (verdict.score, verdict.waiting) == (0, 6)
    assert np.isclose(verdict.score + verdict.waiting, 6)
