"""`autograder watch`: what arrives is graded as it arrives, whatever it is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from autograder.gradebook.reader import read_marks
from tests.conftest import BIN, needs_isolation, run
from tests.conftest import NAME as SAMPLE
from tests.support.sample_class import fill_in, hand_in, written_by
from tests.support.tiny_class import NAME, SOLUTION, notebook, released_course

pytestmark = [pytest.mark.slow, needs_isolation]

RIGHT = nbformat.writes(notebook(SOLUTION))


@contextmanager
def watching(course: Course, name: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command until it waits for hand-ins."""
    process = subprocess.Popen(
        [str(BIN / "autograder"), "watch", name],
        cwd=course.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        heard(process, "Watching")
        yield process
    finally:
        process.kill()
        process.communicate()


def heard(process: subprocess.Popen[str], beginning: str) -> str:
    """Read what it says until a line begins so; whatever does not come shows as the end."""
    assert process.stdout
    for line in process.stdout:
        if line.startswith(beginning):
            return line
    raise AssertionError(f"it ended without {beginning!r}: {process.communicate()[1]}")


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    return released_course(tmp_path_factory.mktemp("watched"))


def points(course: Course, student: str) -> float:
    return read_marks(course, NAME)[student].total


def odd_things(folder: Path) -> None:
    """Put into submitted/ what nobody should."""
    for name in ("folder", "link", "pipe", "huge", "elsewhere", "gone", "two\nlines"):
        (folder / name / NAME).mkdir(parents=True)
    (folder / "folder" / NAME / f"{NAME}.ipynb").mkdir()
    (folder / "link" / NAME / f"{NAME}.ipynb").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe" / NAME / f"{NAME}.ipynb")
    (folder / "huge" / NAME / f"{NAME}.ipynb").write_bytes(b"{")
    os.truncate(folder / "huge" / NAME / f"{NAME}.ipynb", 400_000_000)
    shutil.rmtree(folder / "elsewhere")
    (folder / "elsewhere").symlink_to(folder / "folder")
    shutil.rmtree(folder / "gone")
    (folder / "a file").write_text("no folder")


def test_it_goes_on_whatever_arrives_and_others_work_in_between(course):
    with watching(course, NAME) as process:
        hand_in(course, "first", NAME, RIGHT)
        assert heard(process, "first: graded")
        assert points(course, "first") == 3
        odd_things(course.submitted())
        odd = {"folder: ", "link: ", "pipe: ", "huge: ", "elsewhere: "}
        while odd:  # they come in any order
            line = heard(process, "")
            odd -= {beginning for beginning in odd if line.startswith(beginning)}
        path = course.submitted() / "slow" / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(RIGHT[:300])
        hand_in(course, "second", NAME, RIGHT)
        assert heard(process, "second: graded")
        path.write_text(RIGHT)
        assert heard(process, "slow: graded")
        # It takes place between two hand-ins, and finds everything graded.
        outcome = run("autograder", "grade", NAME, cwd=course.root)
        assert "Another run" not in outcome.stderr
        assert "Graded again" not in outcome.stdout
        hand_in(course, "third", NAME, RIGHT)
        assert heard(process, "third: graded")
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate()
    assert process.returncode == 0
    assert "Stopped." in told
    assert "Traceback" not in told
    assert [points(course, one) for one in ("second", "slow", "third", "pipe")] == [3, 3, 3, 0]
    assert "gone" not in read_marks(course, NAME)


def test_the_page_is_there_when_it_says_so(released_course, tmp_path):
    course = released_course.copy_to(tmp_path)
    shutil.copytree(released_course.release(SAMPLE), course.release(SAMPLE))
    shutil.copy(released_course.root / "gradebook.db", course.root)
    released = nbformat.read(course.release(SAMPLE) / f"{SAMPLE}.ipynb", as_version=4)
    with watching(course, SAMPLE) as process:
        for student in ("ada", "eva"):
            filled = fill_in(released, SAMPLE, *written_by(student, SAMPLE))
            hand_in(course, student, SAMPLE, nbformat.writes(filled))
            assert heard(process, f"{student}: graded")
            page = course.feedback() / student / SAMPLE / f"{SAMPLE}.html"
            assert "100" in page.read_text()
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 0


def test_it_is_not_begun_on_what_is_not_released(tmp_path, repo):
    course = repo.copy_to(tmp_path)
    outcome = run("autograder", "watch", SAMPLE, cwd=course.root)
    assert outcome.returncode == 2
    assert f"run `autograder release {SAMPLE}` first" in outcome.stderr
