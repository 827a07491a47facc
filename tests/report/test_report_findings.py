"""What the report finds in a class whose members are written out here."""

from __future__ import annotations

import pytest

from autograder.assignment.verdict import CaseVerdict, Diagnosis, ExerciseVerdict, Outcome, Verdict
from autograder.gradebook.reader import Mark
from autograder.report import findings, students
from autograder.report.classroom import Classroom, Record

POINTS = {"one": 10.0, "two": 20.0, "three": 30.0}
SIGN = Diagnosis("sign", "You add the gradient.", "Look at the sign.")
ROOT = Diagnosis("root", "You take no root.", "Look at the denominator.")
PASSED, FAILED, NOT_JUDGED = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_JUDGED


def exercise(name: str, *outcomes: Outcome, diagnoses: tuple[Diagnosis, ...] = ()):
    cases = (CaseVerdict(f"case {n}", outcome, 1.0) for n, outcome in enumerate(outcomes))
    return ExerciseVerdict(name, 10, tuple(cases), diagnoses)


def record(student: str, *earned: float, verdict: dict | None = None, **mark) -> Record:
    points = dict(zip(POINTS, earned, strict=True))
    kept = Verdict(student, seed=1, **{"exercises": (), "seconds": 0.1, **(verdict or {})})
    return Record(Mark(student, points, **mark), kept)


def classroom(*records: Record) -> Classroom:
    return Classroom("sums", POINTS, records)


def test_who_earned_all_some_and_none_is_counted():
    found = findings.exercise_findings(
        classroom(record("ada", 10, 20, 30), record("ben", 10, 5, 0), record("eva", 0, 20, 0))
    )
    assert [(one.full, one.partial, one.nothing) for one in found] == [
        (2, 0, 1),
        (2, 1, 0),
        (1, 0, 2),
    ]
    assert [one.pass_rate for one in found] == pytest.approx([2 / 3, 2 / 3, 1 / 3])
    assert [one.difficulty for one in found] == pytest.approx([2 / 3, 0.75, 1 / 3])


def test_a_hand_in_that_was_refused_says_nothing_about_the_exercises():
    refused = record("jan", 0, 0, 0, verdict={"refused": "it is empty"})
    room = classroom(record("ada", 10, 20, 30), refused)
    assert all(one.nothing == 0 for one in findings.exercise_findings(room))
    assert findings.stuck(room) == []


def test_the_marks_of_a_person_count():
    # The engine failed everything; the mark is what stands in the gradebook.
    failed = {"exercises": (exercise("one", FAILED),)}
    (found, *_) = findings.exercise_findings(classroom(record("ada", 10, 0, 0, verdict=failed)))
    assert found.full == 1


STUCK = {
    "nothing at all": (record("ada", 0, 0, 0), ("one", "two", "three")),
    "one of three": (record("ada", 10, 0, 30), ("two",)),
    "only partly right": (record("ada", 0.5, 0.5, 0.5), ()),
    "waiting for a person": (record("ada", 10, 0, 30, waiting=frozenset({"two"})), ()),
    "all right": (record("ada", 10, 20, 30), ()),
}


@pytest.mark.parametrize(("given", "expected"), STUCK.values(), ids=STUCK)
def test_stuck_is_who_earned_nothing_in_a_third_of_the_exercises(given, expected):
    found = findings.stuck(classroom(given))
    assert tuple(name for one in found for name in one.exercises) == expected


def test_what_was_tried_stands_apart_from_what_was_not_begun():
    untouched = frozenset({"two-answer"})
    (found,) = findings.stuck(classroom(record("ada", 0, 0, 30, untouched=untouched)))
    assert (found.tried, found.untouched) == (("one",), ("two",))


def test_the_most_stuck_come_first():
    room = classroom(record("ada", 0, 20, 30), record("ben", 0, 0, 0))
    assert [one.student for one in findings.stuck(room)] == ["ben", "ada"]


def test_the_hardest_cases_come_first_and_what_was_not_judged_does_not_count():
    outcomes = {
        "ada": (PASSED, FAILED, FAILED),
        "ben": (PASSED, FAILED, PASSED),
        "eva": (PASSED, NOT_JUDGED, PASSED),
    }
    records = [
        record(student, 5, 0, 0, verdict={"exercises": (exercise("one", *cases),)})
        for student, cases in outcomes.items()
    ]
    found = [(one.case, one.failed, one.judged) for one in findings.hardest_cases(records)]
    assert found == [("case 1", 2, 2), ("case 2", 1, 3)]


def test_misconceptions_are_ranked_and_name_their_students():
    both = {"exercises": (exercise("one", FAILED, diagnoses=(SIGN, ROOT)),)}
    sign = {"exercises": (exercise("one", FAILED, diagnoses=(SIGN,)),)}
    elsewhere = {"exercises": (exercise("two", FAILED, diagnoses=(SIGN,)),)}
    records = [
        record("ada", 0, 0, 0, verdict=both),
        record("ben", 0, 0, 0, verdict=sign),
        record("eva", 0, 0, 0, verdict=elsewhere),
    ]
    found = [
        (one.exercise, one.diagnosis.id, one.students) for one in findings.misconceptions(records)
    ]
    assert found == [
        ("one", "sign", ("ada", "ben")),
        ("one", "root", ("ada",)),
        ("two", "sign", ("eva",)),
    ]


def test_timing_leaves_out_what_never_ran():
    seconds = [0.0, 0.1, 0.2, 0.3, 9.0]
    found = findings.timing(
        [record(f"s{n}", 0, 0, 0, verdict={"seconds": s}) for n, s in enumerate(seconds)]
    )
    assert found is not None
    assert (found.median, found.most, found.slowest[0]) == (0.2, 9.0, ("s4", 9.0))
    assert findings.timing([record("ada", 0, 0, 0, verdict={"seconds": 0.0})]) is None


REMARKS = {
    "flagged": record("ada", 10, 20, 30, verdict={"flags": ("it slept",)}),
    "refused": record("ada", 0, 0, 0, verdict={"refused": "it is empty"}),
    "needs a person": record("ada", 10, 20, 30, waiting=frozenset({"one"})),
    "late": record("ada", 10, 20, 30, penalty=5.0),
    "stuck": record("ada", 0, 0, 0),
}


@pytest.mark.parametrize(("remark", "given"), REMARKS.items(), ids=REMARKS)
def test_a_row_tells_what_to_filter_by(remark, given):
    (line,) = students.lines([given], findings.stuck(classroom(given)))
    assert line.remarks == remark


def test_without_a_verdict_the_marks_remain():
    (line,) = students.lines([Record(Mark("ada", dict(POINTS)))], [])
    assert (line.total, line.misconceptions, line.remarks, line.seconds) == ("60", "", "", "")


def test_a_late_penalty_is_taken_off_the_total_and_never_below_nothing():
    assert Mark("ada", {"one": 10.0}, penalty=4.0).total == 6.0
    assert Mark("ada", {"one": 1.0}, penalty=4.0).total == 0.0


def test_nothing_is_zero_whatever_its_sign():
    marks = [Mark(name, {"one": points}) for name, points in (("ada", -0.0), ("ben", 0.0))]
    ada, ben = students.lines([Record(mark) for mark in marks], [])
    assert ada.points == ben.points == ("0",)
