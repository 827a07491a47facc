"""Grade classes of growing size, and see whether time and memory grow with them.

Run ``python benchmarks/scaling.py [--sizes N ...] [--json FILE]``. Each class is graded by a
command of its own; the memory is the most that the grading process or one of its zygotes held.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from autograder.course import Course
from benchmarks.grading import make_class
from tests.conftest import BIN, NAME


@dataclass(frozen=True)
class Run:
    """What it took to grade a class."""

    students: int
    seconds: float
    seconds_again: float
    megabytes: float

    @property
    def milliseconds_each(self) -> float:
        """Wall time for each hand-in, start included."""
        return 1000 * self.seconds / self.students


def main() -> None:
    """Measure each size, print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 5000])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = [measure(make_class(Path(folder, str(size)), size), size) for size in options.sizes]
    print_table(runs)
    if options.json:
        options.json.write_text(json.dumps([asdict(run) for run in runs], indent=2) + "\n")


def measure(course: Course, size: int) -> Run:
    """Grade a class, then again with nothing to do."""
    seconds, megabytes = grade(course)
    again, _ = grade(course)
    return Run(size, seconds, again, megabytes)


def grade(course: Course) -> tuple[float, float]:
    """Return the seconds that the command takes, and the megabytes that it held at most."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(BIN / "autograder"), "grade", NAME], cwd=course.root, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"`autograder grade` ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def print_table(runs: list[Run]) -> None:
    """Print a row for each size."""
    print(f"{'students':>8} {'seconds':>8} {'ms each':>8} {'again, s':>8} {'MB':>6}")
    for run in runs:
        each = f"{run.seconds:8.1f} {run.milliseconds_each:8.1f}"
        print(f"{run.students:8} {each} {run.seconds_again:8.1f} {run.megabytes:6.0f}")


if __name__ == "__main__":
    main()
