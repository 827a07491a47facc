"""`autograder report` on a course: what it reads, what it says, where it writes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime

import pytest

from autograder.course import Course
from autograder.gradebook.nbgrader_api import open_gradebook
from autograder.gradebook.reader import read_marks
from autograder.gradebook.rows import GradedNotebook, GradedSubmission
from autograder.gradebook.writer import write_grades
from autograder.report.classroom import read_classroom
from autograder.report.page import render, write_report
from autograder.similarity.comparing import Pair
from autograder.similarity.reading import Answers
from tests.conftest import NAME, run
from tests.support.large_class import FLAG, keep_class, large_class
from tests.support.sample_class import hand_in
from tests.support.tiny_course import silent

IDS = ["ada", "ben"]


@pytest.fixture
def released(released_course, tmp_path) -> Course:
    course = released_course.copy_to(tmp_path)
    shutil.copy(released_course.root / "gradebook.db", course.root)
    return course


def small_class(course: Course):
    verdicts = [replace(one, flags=(FLAG,)) for one in large_class(2)]
    verdicts = [replace(one, student=name) for one, name in zip(verdicts, IDS, strict=True)]
    keep_class(course, verdicts)
    return verdicts


def test_before_anything_is_graded_it_says_so(released):
    for verb in ("report", "export"):
        outcome = run("autograder", verb, NAME, cwd=released.root)
        assert outcome.returncode == 2
        (line,) = outcome.stderr.splitlines()
        assert line.endswith("Nothing is graded yet: run `autograder grade optimization` first.")


def test_the_command_writes_one_private_page(released):
    small_class(released)
    outcome = run("autograder", "report", NAME, cwd=released.root)
    assert outcome.returncode == 0, outcome.stderr
    path = released.root / "report" / f"{NAME}.html"
    assert outcome.stdout == f"Wrote {path}\n"
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o077 == 0


def test_the_page_can_go_elsewhere(released, tmp_path_factory):
    small_class(released)
    path = tmp_path_factory.mktemp("elsewhere") / "page.html"
    outcome = run("autograder", "report", NAME, "--output", str(path), cwd=released.root)
    assert outcome.returncode == 0, outcome.stderr
    assert path.read_text().startswith("<!DOCTYPE html>")


def test_marks_come_from_the_gradebook_and_findings_from_the_verdicts(released):
    first, second = small_class(released)
    with silent(), open_gradebook(released) as gradebook:
        grade = gradebook.find_submission(NAME, "ada").notebooks[0].grades[0]
        name, other = grade.name, first.score
        grade.manual_score = 0.5
        gradebook.db.commit()
    room = read_classroom(released, NAME)
    assert [record.student for record in room.records] == IDS
    assert room.records[0].mark.points[name] == 0.5
    assert room.records[0].mark.total != other
    assert room.records[1].mark.total == pytest.approx(second.score)
    assert [record.verdict for record in room.records] == [first, second]


def test_who_was_graded_by_nbgrader_alone_is_there_too(released):
    small_class(released)
    scores: dict[str, float | None] = dict.fromkeys(room_points(released), 1.0)
    untouched = frozenset({f"{next(iter(scores))}-answer"})
    scores["random_mini_batches"] = None
    notebook = GradedNotebook(NAME, scores, untouched)
    write_grades(released, NAME, [GradedSubmission("eva", None, (notebook,))])
    mark = read_marks(released, NAME)["eva"]
    assert (mark.total, mark.untouched) == (len(scores) - 1, untouched)
    assert mark.waiting == {"random_mini_batches"}
    assert read_classroom(released, NAME).records[-1].verdict is None
    assert "<th scope=row>eva<td>" in write_report(released, NAME).read_text()


def room_points(course: Course) -> dict[str, float]:
    return read_classroom(course, NAME).points


def test_hand_ins_that_are_not_graded_yet_are_counted(released):
    small_class(released)
    hand_in(released, "zoe", NAME, "{}")
    assert "not on this page: 1 more hand-in." in write_report(released, NAME).read_text()


def test_the_same_class_gives_the_same_page(released):
    small_class(released)
    when = datetime(2026, 3, 1, 12, 30)
    one, other = (render(read_classroom(released, NAME), 0, when) for _ in range(2))
    assert one == other
    assert "1 March 2026, 12:30" in one


def test_groups_to_look_at_together_are_on_the_page(released):
    small_class(released)
    ada, ben, eva = (Answers(name, {}) for name in ("ada", "ben", "eva"))
    pairs = [Pair(ada, ben, 1.0, {}), Pair(ben, eva, 1.0, {})]
    page = render(read_classroom(released, NAME), 0, datetime(2026, 3, 1), pairs)
    assert "<li>Together: <bdi>ada</bdi>, <bdi>ben</bdi>, <bdi>eva</bdi>" in page
    assert "Together:" not in render(read_classroom(released, NAME), 0, datetime(2026, 3, 1))


def test_no_seed_of_the_inputs_is_on_the_page(released):
    verdicts = [replace(one, seed=918273645) for one in large_class(3)]
    keep_class(released, verdicts)
    assert "918273645" not in write_report(released, NAME).read_text()
