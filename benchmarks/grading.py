"""Time our grading beside nbgrader's own on the same class, in the same run.

Run ``python benchmarks/grading.py [--students N] [--stock N] [--json FILE]``. nbgrader's side is
``nbgrader autograde`` with its stock preprocessors, on a few of the same submissions. A rate is
that of a command once it has started, on both sides: of what a larger class takes beyond a smaller.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout, suppress
from itertools import cycle, islice
from pathlib import Path

import nbformat
import numpy as np

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))

from autograder.authoring.exercises import student_modules
from autograder.course import Course
from autograder.grading.notebook import engine
from autograder.grading.pool import Pool
from autograder.grading.settings import Settings
from autograder.handin.graded_cells import cells_to_run
from autograder.handin.notebook import read_submission
from autograder.handin.repairing import repair
from tests.conftest import NAME, with_tools
from tests.support.sample_class import fill_in, hand_in, written_by

AUTHORS = ("ada", "ben", "chloe", "eva", "farid", "grace", "hugo")
# Lines at the end of a course's configuration: nbgrader's own steps, and all cells run.
STOCK = "c.Autograde.clear()\n"
ALL_CELLS = 'c.Execute.pop("skip_cells_with_tag")\n'


def main() -> None:
    """Measure, print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--stock", type=int, default=4, help="submissions for nbgrader's side")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), options.students, options.stock)
    print_table(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def measure(folder: Path, students: int, stock: int) -> dict[str, float]:
    """Return all figures, in seconds, megabytes and submissions a second."""
    sizes = 1, students // 2, students
    classes = [make_class(folder / str(size), size) for size in sizes]
    cold, half, total = (seconds("autograder", "grade", NAME, course=each) for each in classes)
    again = seconds("autograder", "grade", NAME, course=classes[-1])
    figures = {
        "one submission, cold, s": cold,
        "whole class, s": total,
        "whole class again, s": again,
        "submissions/s, all included": students / total,
        "submissions/s": (sizes[2] - sizes[1]) / (total - half),
    }
    figures |= with_stock_nbgrader(folder, stock, figures["submissions/s"])
    return figures | inside(classes[-1])


def with_stock_nbgrader(folder: Path, count: int, ours: float) -> dict[str, float]:
    """Return nbgrader's own rates, with and without the cells that train, and ours over them."""
    figures = {}
    for label, more in (("without training cells", ""), ("full notebook", ALL_CELLS)):
        taken = []
        for size in (1, 1 + count):
            course = make_class(folder / f"stock {label} {size}", size)
            configure(course, f"{STOCK}{more}c.Execute.timeout = 600\n")
            taken.append(seconds("nbgrader", "autograde", NAME, course=course))
        rate = count / (taken[1] - taken[0])
        figures[f"nbgrader, {label}, submissions/s"] = rate
        figures[f"ours / nbgrader, {label}"] = ours / rate
    return figures


def configure(course: Course, more: str) -> None:
    """Add lines to a course's configuration."""
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(more)


def inside(course: Course) -> dict[str, float]:
    """Return what a submission costs on one zygote, beside the floor, and the memory it takes."""
    paths = sorted(course.submitted().glob(f"*/{NAME}/{NAME}.ipynb"))[:40]
    with Pool(course, NAME, Settings(workers=1)) as pool:
        for path in paths[:3]:
            pool.grade("warm", read_submission(path))
        start = time.perf_counter()
        for path in paths:
            pool.grade("ada", read_submission(path))
        each = (time.perf_counter() - start) / len(paths)
        memory = memory_of(pool, paths[0])
        floor = floor_of(pool.plan, paths)
    return {
        "one core, ms a submission": 1000 * each,
        "floor (fork, exec, calls), ms": 1000 * floor,
        "ours / floor": each / floor,
    } | memory


def memory_of(pool: Pool, path: Path) -> dict[str, float]:
    """Return the memory of a zygote, and what a child has beyond what it shares with it."""
    plan = pool.plan
    notebook = repair(plan.source, read_submission(path)).notebook
    zygote = pool._zygotes[0]
    family = {zygote._process.pid}
    with zygote.child() as child:
        cells = cells_to_run(notebook, plan.assignment)
        for _ in child.run([(cell.source, plan.budgets.cell) for cell in cells]):
            pass
        for pid in sorted(int(p.name) for p in Path("/proc").glob("[0-9]*")):
            if _parent(pid) in family:
                family.add(pid)
        _outer, warm, youngest = sorted(family)[-3:]
        return {
            "zygote, MB": rollup(warm, "Rss"),
            "child, MB of its own": rollup(youngest, "Private_Dirty"),
        }


def rollup(pid: int, name: str) -> float:
    """Return an entry of a process' smaps_rollup in MB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.findall(rf"^{name}:\s+(\d+)", text, re.MULTILINE)[0]) / 1e3


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def floor_of(plan: engine.Plan, paths: list[Path]) -> float:
    """Return the seconds of a plain fork, `exec` of the cells and all calls, and nothing else."""
    jobs = []
    for path in paths:
        notebook = repair(plan.source, read_submission(path)).notebook
        cells = cells_to_run(notebook, plan.assignment)
        jobs.append([cell.source for cell in cells])
    own = student_modules(Course.find(REPO), NAME)
    with own, redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        run_job(jobs[0], plan)  # imports everything
        start = time.perf_counter()
        for job in jobs:
            pid = os.fork()
            if pid == 0:
                run_job(job, plan)
                os._exit(0)
            os.waitpid(pid, 0)
        return (time.perf_counter() - start) / len(jobs)


def run_job(job: list[str], plan: engine.Plan) -> None:
    """Run a submission's cells by `exec`, then call its functions on all questions."""
    namespace = vars(sys.modules["__main__"])  # where the instant checks look for a function
    for source in job:
        exec(compile(source, "cell", "exec"), namespace)
    for name, questions in plan.questions.items():
        for question in questions:
            arguments = [dict(a) if isinstance(a, dict) else a for a in question.call.arguments]
            with suppress(Exception):
                namespace[name](*arguments, **question.call.keywords)


def make_class(folder: Path, count: int) -> Course:
    """Return a released course with so many submissions, no two alike."""
    folder.mkdir(parents=True)
    course = Course.find(REPO).copy_to(folder)
    seconds("autograder", "release", NAME, course=course)
    released = nbformat.read(course.release(NAME) / f"{NAME}.ipynb", as_version=4)
    filled = [fill_in(released, NAME, *written_by(author, NAME)) for author in AUTHORS]
    for number, notebook in enumerate(islice(cycle(filled), count)):
        notebook.metadata["number"] = number
        hand_in(course, f"student{number:05}", NAME, nbformat.writes(notebook))
    os.sync()  # or the system would write the class to disk while it is graded
    return course


def seconds(*command: str, course: Course) -> float:
    """Return how long a command takes in a course."""
    start = time.perf_counter()
    subprocess.run(command, cwd=course.root, env=with_tools(), check=True, capture_output=True)
    return time.perf_counter() - start


def print_table(figures: dict[str, float]) -> None:
    """Print the figures, and the machine they are from."""
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}\n")
    for name, value in figures.items():
        print(f"{name:48} {value:10.3f}")


if __name__ == "__main__":
    main()
