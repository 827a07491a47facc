"""What students write does nothing on formgrader's pages, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from playwright.sync_api import Page

from autograder.course import Course
from tests.conftest import needs_isolation, run
from tests.support.browser import needs_chromium, running
from tests.support.carriers import ELSEWHERE, MARKDOWN, OUTPUTS, READABLE
from tests.support.jupyter import ask, jupyter
from tests.support.sample_class import hand_in
from tests.support.tiny_class import NAME, SOLUTION, notebook, our_steps
from tests.support.tiny_course import CONFIG, cell

pytestmark = [pytest.mark.slow, needs_isolation, needs_chromium]

CLEANED, AS_HANDED_IN = "cleaned", "as handed in"

# What may act, of all that stands in the notebook on the page.
ACTIVE = """() => {
  const bad = 'SCRIPT IFRAME OBJECT EMBED STYLE LINK META BASE FORM SVG'.split(' ');
  const found = [];
  for (const element of document.querySelectorAll('#notebook-container *')) {
    if (bad.includes(element.tagName.toUpperCase())) found.push(element.tagName);
    for (const {name, value} of element.attributes)
      if (/^on|^srcdoc$/i.test(name) || /^[\\s\\0-\\x20]*(javascript|data:text)/i.test(value)
          || name == 'style' && /url|position/i.test(value))
        found.push(name + '=' + value.slice(0, 40));
  }
  return found;
}"""
IN_ITS_BOX = "document.getElementById('essay').closest('.nbgrader_cell') !== null"


def handed_in() -> NotebookNode:
    """A hand-in with every carrier: in the answer that a person grades, and in added cells."""
    made = notebook(SOLUTION)
    added = [new_markdown_cell(text) for text in MARKDOWN.values()]
    raw = [new_raw_cell(text) for text in MARKDOWN.values()]
    shows = f"from IPython.display import display\ndisplay({OUTPUTS!r}, raw=True)"
    shows += "".join(
        f"\ndisplay({{{form!r}: {text!r}}}, raw=True)" for form, text in OUTPUTS.items()
    )
    made.cells[0:0] = [*added, *raw, new_code_cell(shows)]
    made.cells.append(essay("\n\n".join([READABLE, *MARKDOWN.values()])))
    return made


def essay(text: str) -> NotebookNode:
    return cell("markdown", "essay", text, grade=True, solution=True, points=3)


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """A graded class; one graded notebook holds what was handed in, as an older grader left it."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "nbgrader_config.py").write_text(CONFIG + our_steps())
    source = folder / "source" / NAME / f"{NAME}.ipynb"
    source.parent.mkdir(parents=True)
    made = notebook(SOLUTION)
    made.cells.append(essay("Write here."))
    nbformat.write(made, source)
    made = nbformat.writes(handed_in())
    for student in (CLEANED, AS_HANDED_IN):
        hand_in(Course.find(folder), student, NAME, made)
    for command in (("nbgrader", "generate_assignment", NAME), ("autograder", "grade", NAME)):
        outcome = run(*command, cwd=folder)
        assert outcome.returncode == 0, outcome.stderr + outcome.stdout
    course = Course.find(folder)
    undo_cleaning(course.autograded() / AS_HANDED_IN / NAME / f"{NAME}.ipynb")
    return course


def undo_cleaning(path: Path) -> None:
    graded = nbformat.read(path, as_version=4)
    for place, own in enumerate(handed_in().cells):
        kind = graded.cells[place].cell_type
        assert kind == own.cell_type
        graded.cells[place].source = own.source
        if kind == "code" and own.source.startswith("from IPython"):
            shown = [new_output("display_data", {form: text}) for form, text in OUTPUTS.items()]
            graded.cells[place].outputs = shown
    path.chmod(0o644)
    nbformat.write(graded, path)


@contextmanager
def shown(course: Course, student: str) -> Iterator[tuple[Page, list[str]]]:
    """Open formgrader's page on a student's notebook; yield it and all that it asked for."""
    with jupyter(course) as address, running() as browser:
        listed = json.loads(ask(f"{address}/formgrader/api/submitted_notebooks/{NAME}/{NAME}"))
        (number,) = (one["id"] for one in listed if one["student"] == student)
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        url = f"{address}/formgrader/submissions/{number}/?token=secret"
        answer = page.goto(url, wait_until="domcontentloaded")
        assert answer and answer.status == 200
        page.wait_for_timeout(1000)
        yield page, asked


def acted(page: Page) -> list[Any]:
    return page.evaluate("window.acted || []")


def with_config(course: Course, text: str) -> Course:
    (course.root / "nbgrader_config.py").write_text(text)
    return course


def without_our_pages() -> str:
    """Our steps, with formgrader's pages as nbgrader has them."""
    theirs = "\ndel c.HTMLExporter.sanitize_html, c.HTMLExporter.filters\n"
    return our_steps() + theirs


@pytest.mark.parametrize(
    ("student", "ours"),
    [
        pytest.param(CLEANED, True, id="both"),
        pytest.param(CLEANED, False, id="what is written is clean"),
        pytest.param(AS_HANDED_IN, True, id="what is shown is clean"),
    ],
)
def test_nothing_acts(student, ours, course):
    config = our_steps() if ours else without_our_pages()
    with shown(with_config(course, CONFIG + config), student) as (page, asked):
        assert acted(page) == []
        assert page.evaluate(ACTIVE) == []
        assert not [url for url in asked if ELSEWHERE in url or "logout" in url]
        if ours:
            assert page.evaluate(IN_ITS_BOX)


def test_what_a_person_grades_is_readable(course):
    with shown(with_config(course, CONFIG + our_steps()), CLEANED) as (page, _):
        box = page.locator(".nbgrader_cell", has=page.locator("#essay"))
        assert box.locator("h2 strong").inner_text() == "mean"
        assert box.locator("ol li").count() == 2
        assert box.locator("b").first.inner_text() == "bold"
        assert box.locator("blockquote a").get_attribute("href") == "https://numpy.org"
        assert box.locator("td").all_inner_texts() == ["1", "2"]
        assert "onerror" in box.inner_text()  # what acts is text


def test_without_either_it_would_act(course):
    """The tests above could fail: this is what they would see."""
    text = CONFIG + without_our_pages()
    path = course.autograded() / AS_HANDED_IN / NAME / f"{NAME}.ipynb"
    graded = nbformat.read(path, as_version=4)
    kept = path.read_text()
    # nbconvert shows nothing at all without an attached picture; others end the page, or leave it.
    others = "attachment:", "http-equiv", "<base", "<!--"
    graded.cells = [one for one in graded.cells if not any(sign in one.source for sign in others)]
    path.write_text(nbformat.writes(graded))
    try:
        with shown(with_config(course, text), AS_HANDED_IN) as (page, asked):
            assert {"script", "onerror", "html output"} <= set(acted(page))
            assert len(page.evaluate(ACTIVE)) > 20
            assert any(ELSEWHERE in url for url in asked)
    finally:
        path.write_text(kept)
