"""Whatever the machine does to a run: it says so in a sentence, and the next one completes it."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from autograder.errors import UserError
from autograder.gradebook import nbgrader_api
from autograder.gradebook.released import why_not_released
from tests.conftest import needs_isolation, run
from tests.support.sample_class import hand_in
from tests.support.tiny_class import (
    GRADE,
    NAME,
    STUDENTS,
    class_in,
    grade,
    hand_in_all,
    notebook,
    released_course,
)
from tests.support.tiny_course import tables

pytestmark = [pytest.mark.slow, needs_isolation]


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Course:
    return released_course(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="module")
def undisturbed(template, tmp_path_factory) -> dict:
    """What the gradebook holds after a run that nothing disturbs."""
    course = class_in(template, tmp_path_factory.mktemp("undisturbed"))
    hand_in_all(course, 0)
    grade(course)
    return tables(course)


@pytest.fixture
def course(template, tmp_path) -> Course:
    return class_in(template, tmp_path / "course")


def sentence(outcome: subprocess.CompletedProcess[str]) -> str:
    """Return what a run that could not go on says: one line."""
    assert outcome.returncode == 2, outcome.stdout + outcome.stderr
    (line,) = outcome.stderr.splitlines()
    assert line.startswith("autograder: ")
    return line


def in_own_mounts(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a script that may mount what it likes: nobody else sees it."""
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"], check=False).returncode:
        pytest.skip("this machine gives no mounts of one's own")
    return run(*unshare, "sh", "-euc", script, "sh", *map(str, arguments), cwd=Path("/"))


FULL_DISK = """
course=$1 place=$2 free=$3
mount -t tmpfs -o size=8m tmpfs "$place"
cp -a "$course/." "$place"
cd "$place"
head -c "${free}k" /dev/zero > room
dd if=/dev/zero of=filler bs=4k 2> /dev/null || true
rm room
code=0
autograder grade doubling > /dev/null || code=$?
rm filler
autograder grade doubling > "$course/again"
cp gradebook.db "$course"
exit $code
"""


@pytest.mark.parametrize("free", [0, 8, 16, 32, 64])
def test_a_full_disk_is_told_and_the_next_run_completes(free, course, undisturbed, tmp_path):
    (tmp_path / "place").mkdir()
    outcome = in_own_mounts(FULL_DISK, course.root, tmp_path / "place", free)
    told = sentence(outcome)
    assert "No space left on device" in told or "disk is full" in told or "disk I/O error" in told
    assert tables(course) == undisturbed


READ_ONLY = """
mount --bind "$1" "$1"
mount -o remount,ro,bind "$1"
cd "$1"
autograder grade doubling
"""


def test_a_read_only_course_is_told(course):
    assert "Read-only file system" in sentence(in_own_mounts(READ_ONLY, course.root))


@pytest.mark.parametrize("most", [10, 14, 20, 26, 32])
def test_too_few_open_files_are_told_and_the_next_run_completes(most, course, undisturbed):
    outcome = subprocess.run(
        GRADE,
        cwd=course.root,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most)),
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode:
        assert sentence(outcome)
    grade(course)
    assert tables(course) == undisturbed


@contextmanager
def locked(course: Course) -> Iterator[subprocess.Popen[bytes]]:
    """Have another process write to the gradebook until it is killed."""
    hold = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(course.root / "gradebook.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        try:
            yield holder
        finally:
            holder.kill()


@contextmanager
def started_run(course: Course) -> Iterator[subprocess.Popen[str]]:
    """Start a run in a session of its own."""
    process = subprocess.Popen(
        GRADE,
        cwd=course.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_locked_gradebook_is_waited_for_and_told(course, undisturbed):
    with locked(course) as holder, started_run(course) as process:
        assert process.stderr
        lines = [process.stderr.readline() for _ in range(3)]
        holder.kill()
        _, more = process.communicate()
    assert process.returncode == 0, more
    waiting = "Another program has locked the gradebook; waiting"
    assert all(waiting in line for line in [*lines, *more.splitlines()])
    assert tables(course) == undisturbed


def test_a_gradebook_that_stays_locked_is_given_up(course, monkeypatch):
    monkeypatch.setattr(nbgrader_api, "LOCKED_TRIES", 1)
    with locked(course), pytest.raises(UserError, match="database is locked"):
        why_not_released(course, NAME)


def test_a_gradebook_that_is_none_is_told(course):
    (course.root / "gradebook.db").write_bytes(b"no database" * 1000)
    outcome = run("autograder", "grade", NAME, cwd=course.root)
    assert "file is not a database" in sentence(outcome)


@contextmanager
def busy_run(course: Course, student: str = STUDENTS[-1]) -> Iterator[subprocess.Popen[str]]:
    """Start a run in which one hand-in does not end, and wait until it is the only one left."""
    answer = "import time\ntime.sleep(3600)\n\ndef double(x):\n    return 2 * x"
    hand_in(course, student, NAME, nbformat.writes(notebook(answer)))
    settings = course.root / "nbgrader_config.py"
    patient = "c.Grading.cell_seconds = c.Grading.submission_seconds = 3600\n"
    settings.write_text(settings.read_text() + patient)
    with started_run(course) as process:
        while len(list(course.autograded().glob(f"*/{NAME}/*.ipynb"))) < len(STUDENTS) - 1:
            assert process.poll() is None
            time.sleep(0.05)
        yield process
    settings.write_text(settings.read_text().replace(patient, ""))


@pytest.mark.parametrize("to", ["the command alone", "all in the terminal"])
def test_an_interrupted_run_stops_at_once_and_says_how_to_go_on(to, course, undisturbed):
    with busy_run(course) as process:
        if to == "the command alone":
            process.send_signal(signal.SIGINT)
        else:
            os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate()
    # Had it waited for the last hand-in, that would be graded and kept too. The fifth may have been
    # written and not yet counted when the interruption came.
    assert process.returncode == 130
    assert re.fullmatch(
        r"Interrupted\. [45] of 6 hand-ins are graded and kept; "
        r"the same command goes on with the others\.\n",
        told,
    ), told
    hand_in_all(course, 0)
    grade(course)
    assert tables(course) == undisturbed


def test_a_hand_in_that_does_not_end_keeps_no_small_class_waiting(course):
    with busy_run(course, STUDENTS[0]):
        assert not (course.autograded() / STUDENTS[0] / NAME).exists()


def test_a_second_run_says_who_holds_the_course(course):
    with busy_run(course) as process:
        for option in ((), ("--replay",)):
            outcome = run("autograder", "grade", NAME, *option, cwd=course.root)
            holder = f"Another run grades this course (process {process.pid}, since"
            assert holder in sentence(outcome)
    hand_in_all(course, 0)
    grade(course)  # killed, it holds nothing any more


def test_a_run_leaves_no_lock_on_the_gradebook(course):
    grade(course)
    with sqlite3.connect(course.root / "gradebook.db", timeout=0) as db:
        db.execute("BEGIN EXCLUSIVE")
