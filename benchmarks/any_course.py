"""Time a course of plain assert cells beside nbgrader, in one run.

Run ``python benchmarks/any_course.py [--students N] [--stock N] [--json FILE]``. The course is what
``nbgrader quickstart`` makes, with its hand-ins given to as many students as asked for; nbgrader's
side is ``nbgrader autograde`` with its stock preprocessors. A rate is that of a command once it has
started, on both sides: of what a larger class takes beyond a smaller. A second course imports
pandas, SciPy and scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import nbformat

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))

from autograder.course import Course
from autograder.grading.examining.examination import Examining
from autograder.grading.pool import Pool
from autograder.grading.settings import Settings
from autograder.handin.notebook import read_submission
from tests.conftest import with_tools
from tests.grading.examining.course import ANSWER, cell

QUICKSTART = "ps1"
SCIENCE = "science"
IMPORTS = """\
import numpy as np
import pandas as pd
from scipy import stats
from sklearn.linear_model import LinearRegression"""
FIT = """\
def slope(x, y):
    return LinearRegression().fit(x, y).coef_[0]

def means(table):
    return table.groupby('k')['v'].mean()

def p(a, b):
    return stats.ttest_ind(a, b).pvalue"""
TESTS = (
    "x = np.arange(5.0).reshape(-1, 1)\nassert abs(slope(x, 2 * x[:, 0]) - 2) < 1e-9",
    "t = pd.DataFrame({'k': list('aab'), 'v': [1, 3, 5]})\n"
    "assert means(t).to_dict() == {'a': 2, 'b': 5}",
    "assert 0 < p([1, 2, 3], [2, 3, 5]) < 1",
)


def main() -> None:
    """Measure, print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--stock", type=int, default=8, help="hand-ins for nbgrader's side")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), options.students, options.stock)
    for label, value in figures.items():
        print(f"{label:60} {value:10.3g}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def measure(folder: Path, students: int, stock: int) -> dict[str, float]:
    """Return all figures, in seconds, parts of one, and how many times as fast."""
    one, half, all_of = (quickstart(folder / f"ours{n}", n) for n in (1, students // 2, students))
    cold = seconds("autograder", "grade", QUICKSTART, course=one)
    seconds("autograder", "check", QUICKSTART, course=half)
    seconds("autograder", "check", QUICKSTART, course=all_of)
    less, more = (seconds("autograder", "grade", QUICKSTART, course=c) for c in (half, all_of))
    ours = (more - less) / (students - students // 2)
    warm, few, many = (quickstart(folder / f"stock{n}", max(1, n)) for n in (0, 1, 1 + stock))
    seconds("nbgrader", "autograde", QUICKSTART, course=warm)  # the first reads it from the disk
    taken = [seconds("nbgrader", "autograde", QUICKSTART, course=course) for course in (few, many)]
    theirs = (taken[1] - taken[0]) / stock
    return {
        "one hand-in of two notebooks, cold, s": cold,
        f"{students} hand-ins, all included, s": more,
        "a hand-in more, s": ours,
        "a hand-in more, nbgrader, s": theirs,
        "times nbgrader": theirs / ours,
        "the examiner's part of the time": part_of_examiner(all_of, QUICKSTART),
        "pandas, SciPy, scikit-learn: a hand-in, s": of_science(folder / SCIENCE),
    }


def quickstart(root: Path, students: int) -> Path:
    """Make nbgrader's own course, with its hand-ins given to so many students."""
    root.parent.mkdir(parents=True, exist_ok=True)
    call("nbgrader", "quickstart", str(root), course=root.parent)
    import nbgrader

    known = Path(nbgrader.__file__).parent / "docs/source/user_guide/submitted"
    for number, author in enumerate(islice(cycle(("bitdiddle", "hacker")), students)):
        shutil.copytree(known / author / QUICKSTART, root / "submitted" / f"s{number}" / QUICKSTART)
    call("nbgrader", "generate_assignment", QUICKSTART, "--force", course=root)
    return root


def call(*command: str, course: Path) -> None:
    """Run a command that may find hand-ins that are wrong."""
    done = subprocess.run(
        command, cwd=course, env=with_tools(), capture_output=True, text=True, check=False
    )
    if done.returncode > 1:
        raise SystemExit(f"{command} failed:\n{done.stderr[-2000:]}")


def seconds(*command: str, course: Path) -> float:
    """Return how long a command takes."""
    start = time.perf_counter()
    call(*command, course=course)
    return time.perf_counter() - start


def part_of_examiner(root: Path, name: str) -> float:
    """Return which part of the time goes by while cells are judged outside."""
    spent = 0.0
    judge = Examining.judge

    def timed(self, child, place):
        nonlocal spent
        start = time.perf_counter()
        try:
            return judge(self, child, place)
        finally:
            spent += time.perf_counter() - start

    Examining.judge = timed
    try:
        return spent_share(root, name, lambda: spent)
    finally:
        Examining.judge = judge


def spent_share(root: Path, name: str, spent) -> float:
    """Return the part of the time of twenty hand-ins that was spent so."""
    course = Course.find(root)
    with Pool(course, name, Settings(workers=1)) as pool:
        start, before = time.perf_counter(), spent()
        for student in sorted((root / "submitted").iterdir())[:20]:
            for notebook in course.notebooks(name):
                cells = read_submission(student / name / f"{notebook}.ipynb")
                pool.grade(student.name, cells, notebook=notebook)
        return (spent() - before) / (time.perf_counter() - start)


def of_science(root: Path) -> float:
    """Return the seconds that a hand-in takes whose cells import much."""
    cells = [cell(IMPORTS, "imports", locked=True), cell(ANSWER.format(FIT), "fit", solution=True)]
    cells += [
        cell(text, f"fit_{n}", grade=True, locked=True, points=1.0) for n, text in enumerate(TESTS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    (root / "source" / SCIENCE).mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    path = root / "source" / SCIENCE / f"{SCIENCE}.ipynb"
    nbformat.write(made, path)
    call("nbgrader", "generate_assignment", SCIENCE, course=root)
    with Pool(Course.find(root), SCIENCE, Settings(workers=1)) as pool:
        handed_in = list(read_submission(path))
        pool.grade("warm", handed_in)
        start = time.perf_counter()
        for _ in range(10):
            pool.grade("somebody", handed_in)
        return (time.perf_counter() - start) / 10


if __name__ == "__main__":
    main()
