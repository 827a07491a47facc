"""A student's page in a real browser: readable by all, asking for nothing, running nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from autograder.feedback.rendering import render
from tests.support.browser import (
    DESKTOP,
    PHONE,
    needs_chromium,
    opened,
    overflow,
    running,
    violations,
)
from tests.support.feedback_samples import diagnosed, facts_of, hostile

pytestmark = [pytest.mark.slow, needs_chromium]

PAGES = ["right", "unwritten", "two paths", "mini-batches", "climbing", "refused", "hostile"]
SCREENS = {"phone": PHONE, "desktop": DESKTOP}
A4 = {"width": 718, "height": 1000}  # between the margins, in pixels of a 96th of an inch


@pytest.fixture(scope="module")
def pages(repo, tmp_path_factory) -> dict[str, Path]:
    """A page of each kind, in a file."""
    folder = tmp_path_factory.mktemp("pages")
    eva, ines = diagnosed(facts_of(repo, "eva")), facts_of(repo, "ines")
    verdict = replace(ines.verdict, exercises=(), refused="it is not JSON")
    facts = {
        "right": facts_of(repo, "ada"),
        "unwritten": ines,
        "two paths": eva,
        "mini-batches": facts_of(repo, "grace"),
        "climbing": facts_of(repo, "hugo"),
        "refused": replace(ines, verdict=verdict),
        "hostile": hostile(eva),
    }
    for name, told in facts.items():
        (folder / f"{name}.html").write_text(render(told), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in facts}


@pytest.fixture(scope="module")
def browser():
    with running() as browser:
        yield browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(
    name, screen, scheme, pages: dict[str, Path], browser: Browser
):
    with opened(browser, pages[name], viewport=SCREENS[screen], color_scheme=scheme) as (page, _):
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        assert violations(page) == []
        assert overflow(page) <= 0


def test_axe_finds_what_is_wrong(pages, browser, tmp_path):
    text = pages["two paths"].read_text().replace('role="img"', "").replace(' lang="en"', "")
    worse = tmp_path / "worse.html"
    worse.write_text(text)
    with opened(browser, worse) as (page, _):
        assert [found for found in violations(page) if found.startswith("html-has-lang")]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_but_itself(name, pages, browser):
    with opened(browser, pages[name]) as (page, requests):
        page.wait_for_timeout(100)
        assert requests == [pages[name].as_uri()]


def test_hostile_text_runs_nothing_and_hides_nothing(pages, browser):
    with opened(browser, pages["hostile"]) as (page, _):
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("document.scripts.length") == 0
        assert page.locator("h1").is_visible()
        assert "<script>window.hacked = 1</script>" in page.locator("h1").inner_text()


@pytest.mark.parametrize(
    ("has_policy", "hacked", "why"),
    [(True, None, "csp"), (False, 1, "net::ERR_INTERNET_DISCONNECTED")],
    ids=["with the policy", "without it"],
)
def test_the_policy_would_stop_what_escaping_missed(
    has_policy, hacked, why, pages, browser, tmp_path
):
    text = pages["right"].read_text()
    line = next(line for line in text.splitlines() if "Content-Security-Policy" in line)
    script = "<script>window.hacked = 1</script><img src='https://example.org/x.png'>"
    broken = (text if has_policy else text.replace(line, "")).replace("<main>", f"<main>{script}")
    path = tmp_path / "broken.html"
    path.write_text(broken)
    failures = []
    with browser.new_context(offline=True) as context:
        context.on("requestfailed", lambda request: failures.append(request.failure))
        page = context.new_page()
        page.goto(path.as_uri())
        assert page.evaluate("window.hacked") == hacked
    assert failures == [why]


def test_the_page_is_styled_by_its_own_sheet(pages, browser):
    with opened(browser, pages["right"], color_scheme="dark") as (page, _):
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(ground) == "rgb(18, 21, 26)"


@pytest.mark.parametrize("name", ["two paths", "mini-batches"])
def test_print_is_black_on_white_and_complete(name, pages, browser):
    with opened(browser, pages[name], viewport=A4, color_scheme="dark") as (page, _):
        page.emulate_media(media="print")
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(ground) == "rgb(255, 255, 255)"
        assert overflow(page) <= 0
        assert page.locator("pre").first.is_visible()  # in a closed <details> on a screen
        assert page.locator(".skip").is_hidden()
        wide = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
        assert page.eval_on_selector_all("pre", wide) == 0
        assert page.pdf().startswith(b"%PDF")


def test_the_keyboard_reaches_the_exercises_and_the_code(pages, browser):
    with opened(browser, pages["two paths"]) as (page, _):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the exercises"
        reached = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.tagName"))
        assert {"A", "PRE", "SUMMARY"} <= reached
