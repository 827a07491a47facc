"""How large a class the command can take, and what a second worker is worth.

Run ``python benchmarks/scale.py [--sizes N ...] [--db-url URL] [--pinned N] [--json FILE]``.

With instant workers the command does all that it does for a cluster: it opens every hand-in, packs
it, unpacks what comes back, writes notebooks, marks and verdicts. What stands for the cluster
answers from real verdicts that were made before, and its own time is taken off. That is the
ceiling: more machines than reach it are not worth having. Then come an unchanged second run, the
report, the export and the feedback, each as a command.

With ``--pinned N`` a class of N is graded by one real worker and by two, each held to a core.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))

from autograder.cluster import scheduling
from autograder.cluster.bench import prove
from autograder.cluster.graded_notebooks import marked_cells
from autograder.cluster.wire import Asked, Chunk, Found, Reply, decode, encode
from autograder.course import Course
from autograder.grading.marks.recording import as_text
from autograder.grading.pool import Pool
from autograder.grading.run import grade
from autograder.grading.settings import Settings, settings_of
from autograder.handin.notebook import read_submission
from benchmarks.grading import AUTHORS
from tests.conftest import NAME, with_tools
from tests.support.cluster import Cluster
from tests.support.sample_class import fill_in, hand_in, written_by

VERBS = ("grade", "report", "export", "feedback")
# Prints the most kilobytes that a command has held. It is small itself: the system counts for a
# process what the one was that started it.
LAUNCH = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=2)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Instant:
    """Stands for a cluster whose workers need no time; what it needs itself is counted."""

    dashboard = "none"

    def __init__(self, graded: dict[str, Found]) -> None:
        self._graded, self._keys = graded, count()
        self._replies: dict[str, bytes] = {}
        self.seconds = 0.0

    def threads(self) -> dict[str, int]:
        return {"instant": 8}

    def call(self, function: Any, data: bytes, _worker: str) -> str:
        start = time.perf_counter()
        key = str(next(self._keys))
        is_proof = function is prove
        self._replies[key] = encode(Reply(level="namespaces") if is_proof else self._reply(data))
        self.seconds += time.perf_counter() - start
        return key

    def done(self, _seconds: float) -> list[str]:
        return list(self._replies)

    def reply(self, key: str) -> Reply:
        return decode(self._replies.pop(key), Reply)

    def forget(self, key: str) -> None:
        self._replies.pop(key, None)

    def tell(self, *_args: object) -> None:
        pass

    def _reply(self, data: bytes) -> Reply:
        hand_ins = decode(data, Chunk).hand_ins
        return Reply(hand_ins=[[self._found(decode(one, Asked).student)] for one in hand_ins])

    def _found(self, student: str) -> Found:
        found = self._graded[author_of(student)]
        assert found.verdict
        return replace(found, verdict=replace(found.verdict, student=student))


def author_of(student: str) -> str:
    return AUTHORS[int(student.removeprefix("student")) % len(AUTHORS)]


def main() -> None:
    """Measure, print what was found, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000])
    parser.add_argument("--db-url", default="", help="of an empty database, by default SQLite")
    parser.add_argument("--pinned", type=int, default=0)
    parser.add_argument("--only-ceiling", action="store_true", help="leave out the other commands")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found: list[dict[str, float]] = []
    for size in options.sizes:  # each in a process of its own, whose memory is its own
        job = f"from benchmarks.scale import measure; measure({size}, {options.db_url!r}, "
        code = f"{job}{options.only_ceiling})"
        outcome = subprocess.run(
            [sys.executable, "-c", code], cwd=REPO, stdout=subprocess.PIPE, check=True
        )
        found.append(json.loads(outcome.stdout))
        print_figures(found[-1])
    if options.pinned:
        found.append(pinned(options.pinned))
        print_figures(found[-1])
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n")


def measure(size: int, db_url: str, only_ceiling: bool) -> None:
    """Print what a class of that size takes, as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        course = make_class(Path(folder), size, db_url)
        figures: dict[str, float] = {"hand-ins": size}
        figures |= ceiling(course, size)
        database = course.root / "gradebook.db"
        if database.is_file():
            figures["gradebook, MB"] = database.stat().st_size / 1e6
        for verb in () if only_ceiling else VERBS:
            said = "unchanged again" if verb == "grade" else verb
            figures[f"{said}, s"], figures[f"{said}, MB"] = used_by(verb, course)
    print(json.dumps(figures))


def used_by(verb: str, course: Course) -> tuple[float, float]:
    """Return the seconds and the most megabytes that a command takes."""
    command = [sys.executable, "-c", LAUNCH, "autograder", verb, NAME]
    start = time.perf_counter()
    outcome = subprocess.run(
        command, cwd=course.root, env=with_tools(), stdout=subprocess.PIPE, check=True
    )
    return time.perf_counter() - start, int(outcome.stdout) / 1024


def ceiling(course: Course, size: int) -> dict[str, float]:
    """Grade a class with workers that need no time."""
    instant = Instant(graded_by_author(course))

    @contextmanager
    def connected(_address: str) -> Iterator[Instant]:
        yield instant

    with patch.object(scheduling, "connected", connected):
        grader = scheduling.on_cluster("tcp://instant:0", lambda _line: None)
        before, processor = time.perf_counter(), time.process_time()
        grade(course, NAME, settings_of(course), lambda _student: None, grader=grader)
        taken = time.perf_counter() - before - instant.seconds
        used = time.process_time() - processor - instant.seconds
    return {
        "hand-ins a second": size / taken,
        "of a core to itself": size / used,
        "memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def graded_by_author(course: Course) -> dict[str, Found]:
    """Return what a worker finds in the work of each sample student."""
    found = {}
    with Pool(course, NAME, Settings(workers=1)) as pool:
        for number, author in enumerate(AUTHORS):
            path = course.submitted() / f"student{number:06}" / NAME / f"{NAME}.ipynb"
            verdict, notebook = pool.grade(author, read_submission(path))
            marked = marked_cells(notebook)
            found[author] = Found(verdict, as_text(notebook).encode(), marked)
    return found


def pinned(size: int) -> dict[str, float]:
    """Return how many hand-ins a second one worker grades, and two, each held to a core."""
    figures: dict[str, float] = {"hand-ins": size}
    with tempfile.TemporaryDirectory() as folder:
        course = make_class(Path(folder, "course"), size, "")
        for workers in (1, 2):
            (cluster_folder := Path(folder, str(workers))).mkdir()
            cluster = Cluster(cluster_folder)
            try:
                for core in range(workers):
                    cluster.add(str(core), course)
                    os.sched_setaffinity(cluster.workers[str(core)].pid, {core})
                figures[f"{workers} pinned, a second"] = rate(course, cluster, size)
            finally:
                cluster.close()
    figures["two over one"] = figures["2 pinned, a second"] / figures["1 pinned, a second"]
    return figures


def rate(course: Course, cluster: Cluster, size: int) -> float:
    """Grade the class, and return how many it is a second once all workers are at it."""
    moments: list[float] = []
    grader = scheduling.on_cluster(cluster.address, lambda _line: None)

    def progress(_student: str) -> None:
        moments.append(time.perf_counter())

    grade(course, NAME, settings_of(course), progress, force=True, grader=grader)
    first, last = size // 4, size - size // 10  # the workers start and end one after the other
    return (last - first) / (moments[last] - moments[first])


def make_class(folder: Path, size: int, db_url: str) -> Course:
    """Return a released course with so many hand-ins of the sample mix, no two texts alike."""
    folder.mkdir(parents=True, exist_ok=True)
    course = Course.find(REPO).copy_to(folder)
    if db_url:
        with (course.root / "nbgrader_config.py").open("a") as file:
            file.write(f"\nc.CourseDirectory.db_url = {db_url!r}\n")
        course = Course.find(folder)
    subprocess.run(
        ["autograder", "release", NAME], cwd=folder, env=with_tools(), check=True, stdout=2
    )
    released = nbformat.read(course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    marker = "number-of-this-hand-in"
    texts = {
        author: nbformat.writes(fill_in(released, NAME, *marked(written_by(author, NAME), marker)))
        for author in AUTHORS
    }
    for number in range(size):
        student = f"student{number:06}"
        hand_in(course, student, NAME, texts[author_of(student)].replace(marker, str(number)))
    os.sync()  # or the system would write the class to disk while it is graded
    return course


def marked(written: tuple[dict[str, str], str], marker: str) -> tuple[dict[str, str], str]:
    """Return what a student wrote with a comment at the end of every answer."""
    answers, other = written
    return {name: f"{source}\n# {marker}" for name, source in answers.items()}, other


def print_figures(figures: dict[str, float]) -> None:
    """Print one figure a line."""
    for name, value in figures.items():
        print(f"{name:24} {value:10.4g}")
    print(flush=True)


if __name__ == "__main__":
    main()
