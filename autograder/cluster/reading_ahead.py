"""Hand-ins that are read and packed ahead of the command, by a process of its own.

To read them takes a third of the time that the command has for each, and another core is there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from autograder.assignment.exercise import Assignment
from autograder.beside import begin_beside
from autograder.cluster.packing import Parcel, pack
from autograder.cluster.wire import decode, encode
from autograder.course import Course
from autograder.grading.agreement import assignments_of
from autograder.handin.submission import Submission
from autograder.processors import processors

# So many hand-ins are packed here while the process begins; of fewer than twice as many it packs
# none.
MEANWHILE = 250
# So many bytes of parcels may wait for the command, about those of a batch.
AHEAD = 1 << 20
# Before each parcel: so much tells it from what anything else may have printed.
MARK, LENGTH = b"parcel:\0", 8
PROGRAM = """
from autograder.lean import leave_out_what_is_slow
leave_out_what_is_slow()
from autograder.cluster.reading_ahead import run
run()
"""


@dataclass(frozen=True)
class Task:
    """Whose hand-ins the process packs, and where they lie."""

    course: str
    submitted: str
    assignment: str
    students: list[str]


@contextmanager
def packed_ahead(
    course: Course, submissions: Sequence[Submission], assignments: Mapping[str, Assignment]
) -> Iterator[Iterator[tuple[Submission, Parcel]]]:
    """Have hand-ins packed inside, in their order; those of a large class by a process of its own.

    What it does not pack, for whatever reason, is packed here.
    """

    def here(some: Iterable[Submission]) -> Iterator[tuple[Submission, Parcel]]:
        return ((one, pack(course, one, assignments)) for one in some)

    is_large = processors() > 1 and len(submissions) >= 2 * MEANWHILE
    first, others = submissions[:MEANWHILE], submissions[MEANWHILE:]
    process = _started(course, others) if is_large else None
    if not process:
        yield here(submissions)
        return
    try:
        with closing(_in_turn(here, first, others, process)) as parcels:
            yield parcels
    finally:
        process.kill()
        process.communicate()


def _in_turn(
    here: Callable[[Iterable[Submission]], Iterator[tuple[Submission, Parcel]]],
    first: Iterable[Submission],
    others: Iterable[Submission],
    process: subprocess.Popen[bytes],
) -> Generator[tuple[Submission, Parcel], None, None]:
    yield from here(first)
    left = iter(others)
    for submission in left:
        parcel = _next(process)
        if not parcel or parcel.student != submission.student:
            yield from here([submission])
            break
        yield submission, parcel
    yield from here(left)


def _started(course: Course, submissions: Sequence[Submission]) -> subprocess.Popen[bytes] | None:
    """Start the process; none where the machine has no room for another."""
    one = submissions[0]
    students = [submission.student for submission in submissions]
    task = Task(str(course.root), str(one.submitted), one.assignment, students)
    try:
        with tempfile.TemporaryFile() as file:  # a pipe would have to be emptied meanwhile
            file.write(encode(task))
            file.seek(0)
            process = begin_beside(PROGRAM, stdin=file)
    except OSError:
        return None
    with suppress(ImportError, AttributeError, OSError):  # without it the process waits more often
        import fcntl

        fcntl.fcntl(process.stdout or -1, fcntl.F_SETPIPE_SZ, AHEAD)
    return process


def _next(process: subprocess.Popen[bytes]) -> Parcel | None:
    """Return what the process has packed next; none once it has ended."""
    assert process.stdout
    if process.stdout.read(len(MARK)) != MARK:
        return None
    length = int.from_bytes(process.stdout.read(LENGTH))
    try:
        return decode(process.stdout.read(length), Parcel)
    except msgspec.MsgspecError:
        return None


def run() -> None:
    """Pack what standard input tells, and write it to standard output."""
    task: Task = decode(sys.stdin.buffer.read(), Task)
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # exercises may print
        _write(task, out)


def _write(task: Task, out: IO[bytes]) -> None:
    course = Course.find(Path(task.course))
    assignments = assignments_of(course, task.assignment)
    for student in task.students:
        submission = Submission(student, task.assignment, Path(task.submitted))
        data = encode(pack(course, submission, assignments))
        out.write(MARK + len(data).to_bytes(LENGTH) + data)
        out.flush()  # whoever reads it is waiting
