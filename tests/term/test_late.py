"""What is taken off for a late hand-in: applied by both doors, shown, and changed later."""

from __future__ import annotations

import csv
import json
from datetime import timedelta

import pytest
from traitlets.config.loader import Config

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook.late import LatePolicy, check_late_policy
from tests.conftest import needs_isolation
from tests.support.term import (
    DOORS,
    DUE,
    NAME,
    RIGHT,
    WRONG,
    build_and_release,
    command,
    edit,
    exercises_of,
    give,
    grade,
    hand_in,
    set_due,
    set_policy,
    told,
    totals,
)

pytestmark = pytest.mark.slow

HOUR, DAY = 3600, 86400


def policy(**settings: float) -> LatePolicy:
    return LatePolicy(config=Config(LatePolicy=settings))


@pytest.mark.parametrize(
    ("settings", "seconds", "words"),
    [
        ({"percent_per_day": 10}, 0, "None"),
        ({"percent_per_day": 10}, 1, "1 day late: −10 %"),
        ({"percent_per_day": 10}, DAY, "1 day late: −10 %"),
        ({"percent_per_day": 10}, DAY + 1, "2 days late: −20 %"),
        ({"percent_per_hour": 2.5}, HOUR + 1, "2 hours late: −5 %"),
        ({"percent_per_day": 10, "grace_minutes": 15}, 900, "None"),
        ({"percent_per_day": 10, "grace_minutes": 15}, DAY + 900, "1 day late: −10 %"),
        ({"percent_per_day": 10, "grace_minutes": 15}, DAY + 901, "2 days late: −20 %"),
        ({"percent_per_day": 30, "most_percent": 50}, 3 * DAY, "3 days late: −50 %"),
        ({"percent_per_day": 60}, 3 * DAY, "3 days late: −100 %"),
        ({"percent_per_day": 10, "no_marks_after_days": 3}, 3 * DAY, "3 days late: −30 %"),
        ({"percent_per_day": 10, "no_marks_after_days": 3}, 3 * DAY + 1, "4 days late: −100 %"),
        ({"percent_per_day": 9, "no_marks_after_days": 7}, 8 * DAY, "8 days late: −100 %"),
        ({"no_marks_after_days": 2}, DAY, "None"),
        ({"no_marks_after_days": 2}, 2 * DAY + 1, "3 days late: −100 %"),
        ({"grace_minutes": 15}, DAY, "None"),
    ],
)  # fmt: skip
def test_the_penalty_is_what_the_policy_says(settings, seconds, words):
    assert str(policy(**settings).lateness(seconds)) == words


def test_the_penalty_is_a_share_of_the_points_earned():
    assert policy(percent_per_day=20).late_submission_penalty("ada", 15.0, DAY + 1) == 6.0
    assert policy(percent_per_day=20).late_submission_penalty("ada", 15.0, 0) is None


def test_nothing_is_left_of_what_is_worth_nothing():
    assert policy(no_marks_after_days=1).late_submission_penalty("ada", 10 / 3, 2 * DAY) == 10 / 3


@pytest.mark.parametrize(("method", "penalty"), [("zero", 15.0), ("none", None)])
def test_nbgraders_own_setting_holds_where_no_policy_is_set(method, penalty):
    config = Config(LateSubmissionPlugin={"penalty_method": method})
    assert LatePolicy(config=config).late_submission_penalty("ada", 15.0, DAY) == penalty


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"percent_per_week": 1}, "There is no setting c.LatePolicy.percent_per_week: choose"),
        ({"percent_per_day": 120}, "is 120 but should be a number from 0 to 100"),
        ({"percent_per_day": -1}, "is -1 but should be a number from 0 to 100"),
        ({"grace_minutes": "5"}, "is '5' but should be a number that is not negative"),
        ({"no_marks_after_days": 1.5}, "is 1.5 but should be a whole number"),
        ({"percent_per_day": 1, "percent_per_hour": 1}, "set one of them"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(settings, words, tmp_path):
    with pytest.raises(UserError) as refused:
        check_late_policy(Course(tmp_path, Config(LatePolicy=settings)))
    assert words in str(refused.value)


def test_the_command_refuses_it_in_one_sentence(term):
    hand_in(term, "ada", RIGHT)
    set_policy(term, percent_per_week=1)
    said = command(term.root, "grade", NAME, code=2).stderr
    assert said.startswith("autograder: There is no setting c.LatePolicy.percent_per_week: choose")


def finals(course: Course) -> dict[str, float]:
    command(course.root, "export", NAME, "--format", "json")
    read = json.loads((course.root / "report" / f"{NAME}.json").read_text())
    return {row["student_id"]: row["score"] for row in read}


@needs_isolation
@pytest.mark.parametrize("door", DOORS)
def test_late_work_costs_what_the_policy_says_and_can_be_changed_later(door, term):
    hand_in(term, "ada", RIGHT, "2026-03-02 13:00:00 UTC")
    hand_in(term, "ben", WRONG, "2026-03-01 12:10:00 UTC")
    hand_in(term, "eva", RIGHT, "2026-03-01 11:00:00 UTC")
    set_policy(term, percent_per_day=20)
    set_due(term, DUE, {})
    DOORS[door](term)
    assert finals(term) == {"ada": 12, "ben": 8, "eva": 20}
    assert "2 days late: −40 %" in told(term, "ada")
    assert "late" not in told(term, "eva").split("<main>")[0].split("</style>")[1]
    with (term.root / "report" / f"{NAME}.json").open() as file:
        assert [row["late"] for row in json.load(file)] == [
            "2 days late: −40 %",
            "1 day late: −20 %",
            "",
        ]
    if door == "autograder":
        change_later(term)


def change_later(term: Course) -> None:
    """Change the policy, an extension, the due date, a manual score, points: nothing runs again."""
    graded = {path: path.read_bytes() for path in (term.root / ".autograder" / NAME).iterdir()}
    set_policy(term, percent_per_hour=1, grace_minutes=15)
    said = grade(term)
    assert "Another late penalty, without running anything again: ada, ben." in said
    assert "Graded again" not in said
    assert finals(term) == {"ada": 15, "ben": 10, "eva": 20}
    set_due(term, DUE, {"ada": timedelta(days=1)})
    assert "without running anything again: ada." in grade(term)
    assert finals(term)["ada"] == 19.8
    give(term, "ada", "standardize", 0, "Copied.")
    grade(term)
    assert finals(term)["ada"] == 9.9
    set_due(term, None, {})
    grade(term)
    assert finals(term)["ada"] == 10
    assert graded == {path: path.read_bytes() for path in graded}
    edit(exercises_of(term), "points=10", "points=30")
    build_and_release(term)
    said = grade(term)
    assert "Other points, without running anything again: ada, ben, eva." in said
    assert "other points: ada (standardize). Look at them in the formgrader." in said
    assert totals(term) == {"ada": (30, 60), "ben": (30, 60), "eva": (60, 60)}


@needs_isolation
def test_points_of_a_person_beside_a_newer_hand_in_are_told(term):
    hand_in(term, "ada", WRONG)
    grade(term)
    give(term, "ada", "standardize", 7, "Nearly.")
    assert "stand beside" not in grade(term)
    assert "stand beside" not in grade(term, "--force")  # the same hand-in, the same points
    hand_in(term, "ada", RIGHT)
    said = grade(term)
    assert "Graded again, because of the hand-in: ada." in said
    assert "stand beside a newer hand-in, or beside other points: ada (standardize)." in said
    command(term.root, "export", NAME)
    with (term.root / "report" / f"{NAME}.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert (row["to_review"], float(row["standardize"])) == ("standardize", 7)


@needs_isolation
def test_a_renamed_notebook_is_late_too(term):
    hand_in(term, "ada", RIGHT, "2026-03-01 13:00:00 UTC")
    folder = term.submitted() / "ada" / NAME
    (folder / f"{NAME}.ipynb").rename(folder / f"{NAME} (1).ipynb")
    set_policy(term, percent_per_day=20)
    set_due(term, DUE, {})
    grade(term)
    assert finals(term) == {"ada": 16}
    set_policy(term, percent_per_day=50)
    grade(term)
    assert finals(term) == {"ada": 10}
