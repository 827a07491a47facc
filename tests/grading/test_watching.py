"""`autograder watch`: what arrives is graded as it arrives, whatever it is."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NoReturn

import nbformat
import pytest

from autograder.course import Course
from autograder.gradebook.reader import read_marks
from autograder.grading import watching as grading
from autograder.grading.settings import settings_of
from tests.conftest import BIN, needs_isolation, run
from tests.conftest import NAME as SAMPLE
from tests.support.sample_class import fill_in, hand_in, written_by
from tests.support.tiny_class import NAME, SOLUTION, notebook, released_course

pytestmark = [pytest.mark.slow, needs_isolation]

# It is no measure of anything: a machine may be busy, and what hangs has to end.
SECONDS = 180
RIGHT = nbformat.writes(notebook(SOLUTION))


class Watch:
    """The command while it watches: what it says, line by line; no wait is longer than SECONDS."""

    def __init__(self, process: subprocess.Popen[str], complaints: Path) -> None:
        self.process, self._complaints = process, complaints
        self._said: list[str] = []
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        # A read has no bound of its own; a queue's has.
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def complaints(self) -> str:
        return self._complaints.read_text()

    def heard(self, beginning: str) -> str:
        """Return the next line that begins so; fail where it ends, or does not say it in time."""
        last = time.monotonic() + SECONDS
        while True:
            try:
                line = self._lines.get(timeout=max(0, last - time.monotonic()))
            except queue.Empty:
                self._fail(f"it did not say {beginning!r} within {SECONDS} s")
            if not line:
                self._fail(f"it ended without {beginning!r}")
            self._said.append(line)
            if line.startswith(beginning):
                return line

    def end(self, number: signal.Signals) -> int:
        """Send it a signal and return how it ends."""
        self.process.send_signal(number)
        try:
            return self.process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self._fail(f"it goes on {SECONDS} s after {number.name}")

    def close(self) -> None:
        """End it, whatever it is at."""
        self.process.kill()
        self.process.wait(SECONDS)
        self._reader.join(SECONDS)

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put("")

    def _fail(self, what: str) -> NoReturn:
        said = "".join(self._said)
        raise AssertionError(f"{what}; before, it said:\n{said}\nand on stderr:\n{self.complaints}")


@contextmanager
def watching(course: Course, name: str) -> Iterator[Watch]:
    """Run the command until it waits for hand-ins."""
    complaints = course.root / "complaints.txt"
    with complaints.open("w") as stderr:
        process = subprocess.Popen(
            [str(BIN / "autograder"), "watch", name],
            cwd=course.root,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    watch = Watch(process, complaints)
    try:
        watch.heard("Watching")
        yield watch
    finally:
        watch.close()


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
    with watching(course, NAME) as watch:
        hand_in(course, "first", NAME, RIGHT)
        assert watch.heard("first: graded")
        assert points(course, "first") == 3
        odd_things(course.submitted())
        odd = {"folder: ", "link: ", "pipe: ", "huge: ", "elsewhere: "}
        while odd:  # they come in any order
            line = watch.heard("")
            odd -= {beginning for beginning in odd if line.startswith(beginning)}
        path = course.submitted() / "slow" / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(RIGHT[:300])
        hand_in(course, "second", NAME, RIGHT)
        assert watch.heard("second: graded")
        path.write_text(RIGHT)
        assert watch.heard("slow: graded")
        # It takes place between two hand-ins, and finds everything graded.
        outcome = run("autograder", "grade", NAME, cwd=course.root)
        assert "Another run" not in outcome.stderr
        assert "Graded again" not in outcome.stdout
        hand_in(course, "third", NAME, RIGHT)
        assert watch.heard("third: graded")
        assert watch.end(signal.SIGTERM) == 0
    assert "Stopped." in watch.complaints
    assert "Traceback" not in watch.complaints
    assert [points(course, one) for one in ("second", "slow", "third", "pipe")] == [3, 3, 3, 0]
    assert "gone" not in read_marks(course, NAME)


def test_the_page_is_there_when_it_says_so(released_course, tmp_path):
    course = released_course.copy_to(tmp_path)
    shutil.copytree(released_course.release(SAMPLE), course.release(SAMPLE))
    shutil.copy(released_course.root / "gradebook.db", course.root)
    released = nbformat.read(course.release(SAMPLE) / f"{SAMPLE}.ipynb", as_version=4)
    with watching(course, SAMPLE) as watch:
        for student in ("ada", "eva"):
            filled = fill_in(released, SAMPLE, *written_by(student, SAMPLE))
            hand_in(course, student, SAMPLE, nbformat.writes(filled))
            assert watch.heard(f"{student}: graded")
            page = course.feedback() / student / SAMPLE / f"{SAMPLE}.html"
            assert "100" in page.read_text()
        assert watch.end(signal.SIGINT) == 0


def test_it_is_not_begun_on_what_is_not_released(tmp_path, repo):
    course = repo.copy_to(tmp_path)
    outcome = run("autograder", "watch", SAMPLE, cwd=course.root)
    assert outcome.returncode == 2
    assert f"run `autograder release {SAMPLE}` first" in outcome.stderr


def test_what_comes_while_something_else_is_dealt_with_is_seen_at_once(course, tmp_path):
    """Not only when all is looked at again: a platform hands in a class at the deadline."""
    place = course.copy_to(tmp_path / "course")
    watch = grading.Watch(place, NAME, settings_of(place), lambda _sentence: None)
    wakes = watch._wakes()
    next(wakes)
    for student in ("ada", "ben", "chloe"):
        hand_in(place, student, NAME, RIGHT)
        assert any(student in names for names in islice(wakes, 100)), student
        # It waits now, or is done: what comes next comes before the folder is watched again.
        watch._arrivals.look([student])
        for submission in watch._arrivals.complete() if student == "ben" else ():
            watch._arrivals.done(submission)
    assert isinstance(wakes, Generator)
    wakes.close()
