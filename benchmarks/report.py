"""Time the page on a large class: to write it, and to open and use it in headless Chromium.

Run ``python benchmarks/report.py [--students N] [--json FILE]``. The class is drawn by chance, but
its verdicts and marks are real ones, kept in a course and its gradebook.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))

from playwright.sync_api import Browser, Page

from autograder.course import Course
from autograder.gradebook.export import Format, write_grades
from autograder.report.page import write_report
from tests.support.browser import running
from tests.support.large_class import NAME, keep_class, large_class

REPEATS = 7
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
# Asked again by the page itself: its policy forbids a browser's driver to evaluate a text later.
REPORTED = """() => new Promise(done => {
  const look = () =>
    performance.getEntriesByName('first-contentful-paint').length > 0
    && performance.getEntriesByType('navigation')[0].loadEventEnd > 0
      ? done() : setTimeout(look, 10);
  look();
})"""
# From the event to the end of the next frame, when what it changed is on the screen.
TIMED = """act => new Promise(done => {
  const start = performance.now();
  act();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""
ACTS = {
    "sort by total": "document.querySelectorAll('#class thead button')[1].click()",
    "sort by name": "document.querySelectorAll('#class thead button')[0].click()",
    "show the stuck": "{ const s = document.getElementById('remark'); s.value = 'stuck';"
    " s.dispatchEvent(new Event('change')); }",
    # The list of remarks is asked anew with it: what is typed waits for the next letter first.
    "find a name": "{ document.getElementById('filter').value = 'student-0077';"
    " const s = document.getElementById('remark'); s.value = '';"
    " s.dispatchEvent(new Event('change')); }",
    "show 5,000 rows": "{ document.getElementById('filter').value = '';"
    " document.getElementById('remark').dispatchEvent(new Event('change'));"
    " document.getElementById('more').click(); }",
}


def main() -> None:
    """Measure, print a table, and write JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=5000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), options.students)
    print(f"| {options.students:,} students | measured |\n|---|---|")
    for name, value in figures.items():
        print(f"| {name} | {value:.3g} |")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def measure(folder: Path, students: int) -> dict[str, float]:
    """Return all figures: seconds to write, milliseconds in the browser."""
    course = make_class(folder, students)
    page = course.root / "report" / f"{NAME}.html"
    figures = {
        "write the page, s": seconds(lambda: write_report(course, NAME)),
        "export the grades, s": seconds(lambda: write_grades(course, NAME, Format.CSV)),
        "size of the page, kB": page.stat().st_size / 1000,
    }
    with running() as browser:
        open_once(browser, page)  # the browser's own start is no part of it
        visits = [open_once(browser, page) for _ in range(REPEATS)]
    return figures | {f"{name}, ms": median(v[name] for v in visits) for name in visits[0]}


def make_class(folder: Path, students: int) -> Course:
    """Release the assignment in a course of its own, and enter a class there."""
    course = Course.find(REPO).copy_to(folder)
    command = [str(Path(sys.executable).parent / "autograder"), "release", NAME]
    subprocess.run(command, cwd=course.root, check=True, capture_output=True)
    keep_class(course, large_class(students))
    return course


def open_once(browser: Browser, path: Path, acts: Mapping[str, str] = ACTS) -> dict[str, float]:
    """Return how long a page takes to open, and to do what is asked of it, in milliseconds."""
    with browser.new_page() as page:
        page.goto(path.as_uri())
        page.evaluate(REPORTED)  # which is a little after it
        opened = {"first paint": page.evaluate(PAINTED), "load": page.evaluate(LOADED)}
        return opened | {name: used(page, act) for name, act in acts.items()}


def used(page: Page, act: str) -> float:
    """Return how long an act takes until it shows."""
    return page.evaluate(f"({TIMED})(() => {{ {act} }})")


def seconds(act: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
