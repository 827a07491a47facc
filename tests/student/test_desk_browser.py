"""What a student sees of live figures in JupyterLab and Notebook 7: named, and on one screen."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.support.assignments import COURSE
from tests.support.browser import DESKTOP, needs_chromium, running
from tests.support.notebook_server import PATIENCE, run_all, serving

pytestmark = [pytest.mark.slow, needs_chromium]

# The cell with sliders of each workbook; the first also puts a question with buttons.
LIVE = {
    "optimization": "explore-sliders",
    "initialization": "depth-sliders",
    "optimizer_ideas": "averages-explore",
}
# What stands in those given cells that define what the live figures use.
GIVEN = ("def start_state", "def one_step", "= load_series()")
QUESTION = 'from workbook.asking import ask\nask("training-momentum")'
LOOKS = 40
PANEL = ".jp-OutputArea-output:has(.widget-slider, .widget-hslider)"


def solved(name: str) -> nbformat.NotebookNode:
    """Return the workbook with its functions, without all that trains, draws or checks."""
    built = nbformat.read(COURSE.notebook(name), as_version=4)
    kept = [
        cell
        for cell in built.cells
        if cell.cell_type == "code"
        and not cell.metadata.nbgrader.grade
        and (
            "ungraded" not in cell.metadata.get("tags", [])
            or cell.id == LIVE[name]
            or any(text in cell.source for text in GIVEN)
        )
    ]
    for cell in kept:
        cell.outputs = []
    assert LIVE[name] in [cell.id for cell in kept]
    return nbformat.v4.new_notebook(cells=kept, metadata=built.metadata)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The address of a server over the released folders with such notebooks in them."""
    folder = tmp_path_factory.mktemp("desk")
    for name in LIVE:
        shutil.copytree(COURSE.release(name), folder / name)
        notebook = solved(name)
        if name == "optimization":
            notebook.cells.append(nbformat.v4.new_code_cell(QUESTION))
        (folder / name / "desk.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with running() as browser:
        yield browser


@pytest.mark.parametrize(
    ("name", "view"),
    [*((name, "JupyterLab") for name in LIVE), ("optimization", "Notebook 7")],
)
def test_live_figures_are_named_and_fit_one_screen(name, view, desk, browser: Browser, tmp_path):
    screen: Any = DESKTOP
    with browser.new_context(viewport=screen) as context:
        page = context.new_page()
        run_all(page, desk, view, f"{name}/desk.ipynb")
        page.wait_for_selector(f"{PANEL} img", timeout=PATIENCE)
        page.wait_for_selector(f"{PANEL} .noUi-handle[aria-label]", timeout=PATIENCE)
        if name == "optimization":
            page.wait_for_selector(".widget-radio-box input", timeout=PATIENCE)
        assert spilled(page, tmp_path / "screen.png") == []
        assert violations_of_outputs(page) == []


def spilled(page: Page, picture: Path) -> list[str]:
    """Return which of sliders, picture and words are not to be seen when the panel is."""
    found = ["not looked yet"]
    for _ in range(LOOKS):  # cells above it may still grow, and push it away
        if not found:
            break
        page.locator(PANEL).first.evaluate("one => one.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(500)
        page.screenshot(path=str(picture))
        found = out_of_sight(page)
    return found


def out_of_sight(page: Page) -> list[str]:
    return page.evaluate(
        """selector => {
          const panel = document.querySelector(selector);
          const view = panel.closest('.jp-WindowedPanel-outer, .jp-Notebook')
            .getBoundingClientRect();
          const bottom = Math.min(view.bottom, window.innerHeight);
          const right = Math.min(view.right, window.innerWidth);
          return [...panel.querySelectorAll('.widget-slider, .widget-hslider, img, .widget-html')]
            .filter(part => {
              const box = part.getBoundingClientRect();
              return box.top < view.top - 1 || box.bottom > bottom + 1 || box.right > right + 1;
            })
            .map(part => `${part.className || part.tagName}: `
              + JSON.stringify(part.getBoundingClientRect()));
        }""",
        PANEL,
    )


def violations_of_outputs(page: Page) -> list[str]:
    """Return what axe finds wrong with all that the cells have shown."""
    found = Axe().run(page, context=".jp-OutputArea-output").response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
