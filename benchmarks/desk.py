"""Time what a student waits for: the first green check in the browser, and validating a notebook.

Run ``python benchmarks/desk.py [--visits N] [--json FILE]``. Each visit is a new browser that knows
nothing of the site; it opens the workbook, runs the imports, fills in the first function and runs
its check. Python comes from the site itself, which is built with Pyodide's files.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import nbformat

REPO = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPO), str(REPO / "benchmarks")]

from grading import make_class, seconds

from autograder.course import Course
from tests.conftest import NAME, with_tools
from tests.support.assignments import load
from tests.support.browser import running
from tests.support.static_site import WHEELS, open_notebook, run_cell, served, write

FIRST = load(NAME).exercises[0].id


def main() -> None:
    """Measure, print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = make_class(Path(folder) / "class", 1)
        figures = {"nbgrader validate, s": validated(course, options.visits)}
        figures |= in_the_browser(course, Path(folder) / "site", options.visits)
    for name, value in figures.items():
        print(f"{name:48} {value:8.2f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def validated(course: Course, times: int) -> float:
    """Return the median of how long nbgrader takes to validate a notebook that is filled in."""
    notebook = next(course.submitted().glob(f"*/{NAME}/{NAME}.ipynb"))
    command = "nbgrader", "validate", str(notebook)
    return median(seconds(*command, course=course) for _ in range(times))


def in_the_browser(course: Course, site: Path, visits: int) -> dict[str, float]:
    """Return the medians over new browsers: until the kernel runs, and until a check is green."""
    command = ["autograder", "site", NAME, "--to", str(site), "--pyodide", str(WHEELS)]
    subprocess.run(command, cwd=course.root, env=with_tools(), check=True, capture_output=True)
    answer = f"{FIRST}-answer"
    cells = nbformat.read(Course.find(REPO).notebook(NAME), as_version=4).cells
    (solution,) = (cell.source for cell in cells if cell.id == answer)
    opened, green = zip(*(visit(site, answer, solution) for _ in range(visits)), strict=True)
    return {"site: kernel runs, s": median(opened), "site: first green check, s": median(green)}


def visit(site: Path, answer: str, solution: str) -> tuple[float, float]:
    """Return the seconds from opening the site to a kernel that runs, and to a green check."""
    with running() as browser, served(site) as address, browser.new_page() as page:
        start = time.perf_counter()
        open_notebook(page, address, f"{NAME}/{NAME}.ipynb")
        opened = time.perf_counter() - start
        run_cell(page, "imports")
        write(page, answer, solution)
        run_cell(page, answer)
        (shown,) = run_cell(page, FIRST)
        assert shown["data"]["text/plain"].startswith("✓")
        return opened, time.perf_counter() - start


if __name__ == "__main__":
    main()
