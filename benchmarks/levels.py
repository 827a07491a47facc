"""Time the grading of one class at each protecting level, the levels taking turns in one run.

Run ``python benchmarks/levels.py [--students N] [--rounds N] [--json FILE]``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPO), str(REPO / "benchmarks")]

from grading import make_class

from autograder.course import Course
from autograder.grading.pool import Pool
from autograder.grading.settings import settings_of
from autograder.handin.notebook import read_submission
from autograder.sandbox.isolation import PROTECTING, Level
from tests.conftest import NAME


def main() -> None:
    """Measure, print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = make_class(Path(folder) / "class", options.students)
        taken = measure(course, options.rounds)
    medians = {str(level): statistics.median(times) for level, times in taken.items()}
    for name, seconds in medians.items():
        print(f"{name:12} {1000 * seconds / options.students:8.1f} ms a submission")
    ratios = [confined / spaced for spaced, confined in zip(*taken.values(), strict=True)]
    print(f"landlock / namespaces: {statistics.median(ratios):.3f} (median of {len(ratios)} pairs)")
    if options.json:
        options.json.write_text(json.dumps(medians, indent=2) + "\n")


def measure(course: Course, rounds: int) -> dict[Level, list[float]]:
    """Return the seconds that the class takes with warm zygotes, of each level for each round."""
    paths = sorted(course.submitted().glob(f"*/{NAME}/{NAME}.ipynb"))
    taken: dict[Level, list[float]] = {level: [] for level in PROTECTING}
    pools = {
        level: Pool(course, NAME, settings_of(course, level=level, workers=1))
        for level in PROTECTING
    }
    try:
        for turn in range(rounds + 1):
            for level, pool in pools.items():
                start = time.perf_counter()
                for path in paths:
                    pool.grade(path.parents[1].name, read_submission(path))
                if turn:  # the first round warms up
                    taken[level].append(time.perf_counter() - start)
    finally:
        for pool in pools.values():
            pool.close()
    return taken


if __name__ == "__main__":
    main()
