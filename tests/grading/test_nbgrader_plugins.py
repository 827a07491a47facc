"""Our steps in an nbgrader process that runs for long, such as the formgrader's server."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode

from autograder.course import Course
from autograder.handin.notebook import name_of
from autograder.nbgrader_plugins import JudgeOutside, Pools, RestoreCells
from tests.conftest import needs_isolation, run
from tests.support.sample_class import hand_in
from tests.support.tiny_class import (
    NAME,
    STUDENTS,
    class_in,
    marks,
    notebook,
    our_steps,
    released_course,
)

pytestmark = pytest.mark.slow

RIGHT = "def double(x):\n    return 2 * x"


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Course:
    return released_course(tmp_path_factory.mktemp("template"))


@pytest.fixture
def course(template, tmp_path, monkeypatch) -> Course:
    course = class_in(template, tmp_path / "course")
    monkeypatch.chdir(course.root)
    return course


def source_of(course: Course) -> Path:
    return course.source(NAME) / f"{NAME}.ipynb"


def change_test(course: Course, old: str, new: str) -> None:
    """Release another test, as an instructor does while the server runs."""
    path = source_of(course)
    before = path.stat().st_mtime_ns
    path.write_text(path.read_text().replace(old, new))
    os.utime(path, ns=(before + 1, before + 1))  # two writes may fall into one tick of the clock


def through(step: type, submitted: NotebookNode) -> NotebookNode:
    names = {"student": "student 1", "assignment": NAME, "notebook": NAME}
    result, _ = step().preprocess(submitted, ResourcesDict(nbgrader=names))
    return result


def source_cell(found: NotebookNode, name: str) -> NotebookNode:
    (cell,) = (cell for cell in found.cells if name_of(cell) == name)
    return cell


def test_cells_are_restored_from_the_source_as_it_is_now(course):
    assert "double(5) == 10" in source_cell(through(RestoreCells, notebook(RIGHT)), "test").source
    change_test(course, "double(5) == 10", "double(6) == 12")
    assert "double(6) == 12" in source_cell(through(RestoreCells, notebook(RIGHT)), "test").source


def test_what_one_student_did_does_not_reach_the_next(course):
    for answer in ("def double(x):\n    return 0", RIGHT):
        restored = through(RestoreCells, notebook(answer))
        assert source_cell(restored, "answer").source == answer
        source_cell(restored, "test").source = "changed afterwards"
    assert "double(5) == 10" in source_cell(through(RestoreCells, notebook(RIGHT)), "test").source


@needs_isolation
def test_a_new_release_is_what_the_next_hand_in_is_judged_by(course):
    def outputs() -> list[NotebookNode]:
        return source_cell(through(JudgeOutside, notebook(RIGHT)), "test").outputs

    assert [output.output_type for output in outputs()] == ["stream"]
    change_test(course, "double(5) == 10", "double(5) == 11")
    assert "AssertionError" in str(outputs())


def own_sandboxes() -> set[str]:
    """Return the sandboxes that this process started: others may run tests at the same time."""
    children = " ".join(path.read_text() for path in Path("/proc/self/task").glob("*/children"))
    return {pid for pid in children.split() if b"sandbox.inside.zygote" in _command(pid)}


def _command(pid: str) -> bytes:
    return Path("/proc", pid, "cmdline").read_bytes()


@needs_isolation
def test_a_pool_is_kept_until_its_source_changes_and_then_ended(course):
    before = own_sandboxes()
    pools = Pools()
    try:
        first = pools.current(course, NAME)
        started = own_sandboxes() - before
        assert started
        assert pools.current(course, NAME) is first
        change_test(course, "double(5) == 10", "double(6) == 12")
        assert pools.current(course, NAME) is not first
        assert not started & own_sandboxes()
    finally:
        pools.close()
    assert own_sandboxes() <= before


def test_reading_a_source_again_needs_no_file_access(course):
    submitted = notebook(RIGHT)
    through(RestoreCells, submitted)
    path = source_of(course)
    times = path.stat().st_mtime_ns
    path.write_text("no notebook any more")
    os.utime(path, ns=(times, times))
    assert source_cell(through(RestoreCells, submitted), "answer").source == RIGHT


def cut_off(path: Path) -> None:
    path.write_text('{"cells": [')


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parents[2] / "student 3" / NAME / f"{NAME}.ipynb")


@needs_isolation
def test_nbgrader_autograde_scores_an_unreadable_hand_in_0_and_goes_on(course):
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(our_steps())
    for student, spoil in {"student 1": cut_off, "student 3": pipe, "student 5": link}.items():
        spoil(course.submitted() / student / NAME / f"{NAME}.ipynb")
    hand_in(course, "student 6", NAME, nbformat.writes(notebook(RIGHT)))
    outcome = run("nbgrader", "autograde", NAME, cwd=course.root)
    assert outcome.returncode == 0, outcome.stderr
    points = {student: score for student, score, _ in marks(course)}
    assert points == {**dict.fromkeys(STUDENTS, 0), "student 6": 3}
    page = (course.autograded() / "student 1" / NAME / f"{NAME}.ipynb").read_text()
    assert f"{NAME}.ipynb is not a readable notebook: it is not JSON" in page
    assert outcome.stderr.count("scores 0:") == 3
