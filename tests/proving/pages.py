"""The pages in a real browser: are they accessible, self-contained and quick?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from autograder.course import Course
from autograder.feedback.rendering import render
from autograder.report.page import write_report
from benchmarks.report import NAME, make_class, open_once
from tests.support.browser import CHROMIUM, DESKTOP, PHONE, opened, running, violations
from tests.support.feedback_samples import STUDENTS, facts_of

CLASS, LOAD_MILLISECONDS, VISITS = 5000, 2000, 3


@dataclass(frozen=True)
class PageFigures:
    """What was found of one kind of page, over all its looks: screens, light and dark."""

    kind: str
    pages: int
    looks: int
    violations: int
    requests: int
    load: float


def prove_pages() -> list[PageFigures]:
    """Open each sample student's page and the report on a large class; nothing without Chromium."""
    if CHROMIUM is None:
        return []
    with tempfile.TemporaryDirectory() as folder, running() as browser:
        return [
            _look_at(browser, "a student's page", list(_student_pages(Path(folder)))),
            _look_at(browser, f"the report on {CLASS:,} students", [_report(Path(folder))]),
        ]


def pages_table(found: list[PageFigures]) -> str:
    """Return the figures as a Markdown table."""
    if not found:
        return "There is no Chromium here, so no page was looked at."
    head = "| kind | pages | looks | axe violations | requests to elsewhere | load, ms |"
    rows = [
        f"| {one.kind} | {one.pages} | {one.looks} | {one.violations} | {one.requests} "
        f"| {one.load:.0f} |"
        for one in found
    ]
    title = "**Pages in headless Chromium: phone and desktop, light and dark**"
    return "\n".join([title, "", head, "| --- | ---: | ---: | ---: | ---: | ---: |", *rows])


def page_goals_missed(found: list[PageFigures]) -> list[str]:
    """Say what falls short."""
    return [
        f"{one.kind}: {one.violations} axe violations, {one.requests} requests, {one.load:.0f} ms"
        for one in found
        if one.violations or one.requests or one.load > LOAD_MILLISECONDS
    ]


def _look_at(browser: Browser, kind: str, paths: list[Path]) -> PageFigures:
    looks = [(path, screen, scheme) for path in paths for screen, scheme in _screens()]
    found = foreign = 0
    for path, screen, scheme in looks:
        with opened(browser, path, viewport=screen, color_scheme=scheme) as (page, requests):
            found += len(violations(page))
            foreign += sum(not address.startswith("file://") for address in requests)
    loads = [open_once(browser, path, acts={})["load"] for path in paths for _ in range(VISITS)]
    return PageFigures(kind, len(paths), len(looks), found, foreign, median(loads))


def _screens() -> Iterator[tuple[dict[str, int], str]]:
    for screen in (PHONE, DESKTOP):
        for scheme in ("light", "dark"):
            yield screen, scheme


def _student_pages(folder: Path) -> Iterator[Path]:
    course = Course.find(Path(__file__))
    for student in STUDENTS:
        path = folder / f"{student}.html"
        path.write_text(render(facts_of(course, student)), encoding="utf-8")
        yield path


def _report(folder: Path) -> Path:
    course = make_class(folder / "class", CLASS)
    write_report(course, NAME)
    return course.root / "report" / f"{NAME}.html"
