"""Time `autograder watch`: from a hand-in's file to that student's page.

Run ``python benchmarks/watching.py [--students N] [--json FILE]``. The hand-ins of the sample class
are put into ``submitted/`` one at a time, each by a rename, as a platform's inbox would; the next
comes when the last one's page is there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

REPO = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPO), str(REPO / "benchmarks")]

from grading import make_class

from autograder.course import Course
from tests.conftest import NAME, with_tools

LOOK_SECONDS, MOST_SECONDS = 0.002, 60.0
# The first pages load what makes pages.
UNCOUNTED = 3


def main() -> None:
    """Measure, print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = make_class(Path(folder) / "class", options.students + UNCOUNTED)
        taken = [1000 * seconds for seconds in from_file_to_page(course)][UNCOUNTED:]
    figures = {"median, ms": median(taken), "nine of ten within, ms": quantiles(taken, n=10)[-1]}
    for name, value in figures.items():
        print(f"{name:30} {value:8.0f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def from_file_to_page(course: Course) -> list[float]:
    """Return how many seconds each student's page took."""
    inbox = course.root / "inbox"
    course.submitted().rename(inbox)
    course.submitted().mkdir()
    command = ["autograder", "watch", NAME]
    watch = subprocess.Popen(
        command, cwd=course.root, env=with_tools(), stdout=subprocess.PIPE, text=True
    )
    try:
        assert watch.stdout and any(line.startswith("Watching") for line in watch.stdout)
        return [_arrived(course, path) for path in sorted(inbox.iterdir())]
    finally:
        watch.terminate()
        watch.communicate()


def _arrived(course: Course, handed_in: Path) -> float:
    page = course.feedback() / handed_in.name / NAME / f"{NAME}.html"
    start = time.perf_counter()
    handed_in.rename(course.submitted() / handed_in.name)
    while not page.is_file():
        if time.perf_counter() - start > MOST_SECONDS:
            raise SystemExit(f"{page} did not come within {MOST_SECONDS:g} s.")
        time.sleep(LOOK_SECONDS)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
