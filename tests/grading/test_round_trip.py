"""The whole round on real commands: release, hand in, grade, feedback, export, formgrader."""

from __future__ import annotations

import csv
import json
import shutil

import nbformat
import pytest

from autograder.course import Course
from tests.conftest import NAME, needs_isolation, run
from tests.support.assignments import load
from tests.support.jupyter import ask, jupyter
from tests.support.sample_class import fill_in, hand_in, written_by

pytestmark = [pytest.mark.slow, needs_isolation]

POINTS = {exercise.id: exercise.points for exercise in load(NAME).exercises}

# Which exercises each sample student loses points in; the others are all right.
LOSES = {
    "ada": set(),
    "ben": set(),
    "chloe": set(),
    "dmitri": set(POINTS) - {"update_parameters_with_gd", "random_mini_batches"},
    "eva": {"update_parameters_with_adam"},
    "farid": {"update_parameters_with_momentum"},
    "grace": {"random_mini_batches"},
    "hugo": {"update_parameters_with_gd", "initialize_velocity"},
    "ines": set(POINTS),
    "kira": set(POINTS) - {"initialize_velocity"},
    "lena": set(POINTS) - {"random_mini_batches"},
}


@pytest.fixture(scope="module")
def marks(graded):
    _course, outcome = graded
    return {mark["student"]: mark for mark in json.loads(outcome.stdout)}


@pytest.mark.parametrize("student", LOSES)
def test_a_mistake_costs_points_in_its_own_exercise_only(student, marks):
    points = marks[student]["points"]
    assert {name for name in POINTS if points[name] < POINTS[name]} == LOSES[student]
    assert marks[student]["total"] == pytest.approx(sum(points.values()))


def test_right_answers_of_every_style_score_100(marks):
    assert [marks[student]["total"] for student in ("ada", "ben", "chloe")] == [100, 100, 100]


def test_the_untouched_release_scores_0_without_an_error(marks, graded):
    course, _ = graded
    assert marks["ines"]["total"] == 0
    path = course.autograded() / "ines" / NAME / f"{NAME}.ipynb"
    outputs = [
        output for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", [])
    ]
    assert outputs
    assert not [output for output in outputs if output.output_type == "error"]


def test_a_broken_file_is_named_and_stops_nobody(marks, graded):
    _, outcome = graded
    assert outcome.returncode == 1
    assert "not a readable notebook" in marks["jan"]["refused"]
    assert marks["jan"]["total"] == 0
    assert set(marks) == {*LOSES, "jan"}


def test_a_case_that_fails_says_why(graded):
    course, _ = graded
    path = course.autograded() / "eva" / NAME / f"{NAME}.ipynb"
    (cell,) = (c for c in nbformat.read(path, 4).cells if c.id == "update_parameters_with_adam")
    text = "".join(output.get("text", "") for output in cell.outputs)
    assert "✗ other decay rates" in text
    assert "→ Your ŝ is corrected with β₁." in " ".join(text.split())


def exported(course: Course) -> dict[str, float]:
    """Return the totals in what nbgrader has exported."""
    rows = csv.DictReader((course.root / "grades.csv").read_text().splitlines())
    return {row["student_id"]: float(row["score"]) for row in rows}


def test_nbgraders_export_has_the_same_totals(graded, marks):
    course, _ = graded
    outcome = run("nbgrader", "export", cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    assert exported(course) == {student: mark["total"] for student, mark in marks.items()}


def test_nbgraders_feedback_has_no_number_of_a_hidden_case(graded):
    course, _ = graded
    outcome = run("nbgrader", "generate_feedback", NAME, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    page = (course.root / "feedback" / "hugo" / NAME / f"{NAME}.html").read_text()
    assert "<b>the documented example</b>" in page
    assert "Your path leaves the map" in page
    pages = (course.root / "feedback").glob(f"*/{NAME}/{NAME}.html")
    assert {page.parent.parent.name for page in pages} == {*LOSES, "jan"}


def test_grading_again_grades_only_what_has_changed(graded, marks):
    course, _ = graded
    path = course.autograded() / "ada" / NAME / f"{NAME}.ipynb"
    before = path.stat().st_mtime_ns
    again = run("autograder", "grade", NAME, "--json", cwd=course.root)
    assert {mark["student"]: mark for mark in json.loads(again.stdout)} == marks
    assert path.stat().st_mtime_ns == before


def test_nbgrader_autograde_gives_the_same_points(graded, marks, tmp_path):
    course, _ = graded
    copy = course.copy_to(tmp_path)
    shutil.copytree(course.submitted() / "eva", copy.submitted() / "eva")
    for command in (("generate_assignment", NAME), ("autograde", NAME)):
        outcome = run("nbgrader", *command, cwd=copy.root)
        assert outcome.returncode == 0, outcome.stderr
    run("nbgrader", "export", cwd=copy.root)
    assert exported(copy) == {"eva": marks["eva"]["total"]}


@pytest.mark.parametrize(("student", "says"), [("ada", "Success!"), ("ines", "ON 6 CELL(S)")])
def test_nbgrader_validate_tells_where_you_stand(student, says, released_course, tmp_path):
    released = nbformat.read(released_course.release(NAME) / f"{NAME}.ipynb", 4)
    shutil.copytree(released_course.release(NAME), tmp_path, dirs_exist_ok=True)
    filled = fill_in(released, NAME, *written_by(student, NAME))
    (tmp_path / f"{NAME}.ipynb").write_text(nbformat.writes(filled))
    outcome = run("nbgrader", "validate", f"{NAME}.ipynb", cwd=tmp_path)
    assert says in outcome.stdout, outcome.stdout + outcome.stderr
    assert outcome.returncode == 0


@pytest.fixture
def tampered(released_course, tmp_path) -> Course:
    """A released course with one student, who has tampered with an untouched notebook."""
    course = released_course.copy_to(tmp_path)
    shutil.copytree(released_course.release(NAME), course.release(NAME))
    shutil.copy(released_course.root / "gradebook.db", course.root)
    return course


def skip_every_cell(notebook):
    for cell in notebook.cells:
        cell.metadata["tags"] = ["ungraded", "skip-execution"]


def drop_the_grade_cells(notebook):
    notebook.cells = [cell for cell in notebook.cells if not cell.metadata.nbgrader.grade]


def raise_the_points(notebook):
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade:
            cell.metadata.nbgrader.points = 1000
            cell.source = "1000"


@pytest.mark.parametrize("tamper", [skip_every_cell, drop_the_grade_cells, raise_the_points])
def test_tampering_with_the_cells_earns_nothing(tamper, tampered):
    released = nbformat.read(tampered.release(NAME) / f"{NAME}.ipynb", as_version=4)
    answers, other = written_by("dmitri", NAME)
    del answers["random_mini_batches"]
    notebook = fill_in(released, NAME, answers, other)
    tamper(notebook)
    hand_in(tampered, "mallory", NAME, nbformat.writes(notebook))
    outcome = run("autograder", "grade", NAME, "--json", cwd=tampered.root)
    (mark,) = json.loads(outcome.stdout)
    assert mark["points"] == dict.fromkeys(POINTS, 0) | {"update_parameters_with_gd": 10}


def test_formgrader_shows_the_class_and_grades(graded, marks):
    course, _ = graded
    with jupyter(course) as address:
        assert "formgrader" in ask(f"{address}/formgrader/manage_assignments")
        listed = json.loads(ask(f"{address}/formgrader/api/submissions/{NAME}"))
        assert {row["student"]: row["score"] for row in listed if row["autograded"]} == {
            student: mark["total"] for student, mark in marks.items()
        }
        outcome = json.loads(ask(f"{address}/formgrader/api/submission/{NAME}/eva/autograde", b""))
        assert outcome["success"], outcome
        row = json.loads(ask(f"{address}/formgrader/api/submission/{NAME}/eva"))
        assert row["score"] == marks["eva"]["total"]
        button = f"{address}/formgrader/api/assignment/{NAME}/eva/generate_feedback"
        assert json.loads(ask(button, b""))["success"]
    page = (course.root / "feedback" / "eva" / NAME / f"{NAME}.html").read_text()
    assert "They part at step 1." in page
