"""The page on a class in a real browser: for everybody to read, sorted and filtered, harmless."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from autograder.assignment.verdict import Diagnosis, Verdict
from autograder.report.page import MOST_LISTED, render
from tests.support.browser import (
    DESKTOP,
    PHONE,
    needs_chromium,
    opened,
    overflow,
    running,
    violations,
)
from tests.support.large_class import classroom, large_class

pytestmark = [pytest.mark.slow, needs_chromium]

SCREENS = {"phone": PHONE, "desktop": DESKTOP}
WHEN = datetime(2026, 3, 1, 12, 30)
ATTACKS = (
    "<script>document.title = 'run'</script>",
    "<img src=x onerror=\"document.title = 'run'\">",
    "</style><svg onload=\"document.title = 'run'\">",
    "\u202eadA\x1b[31m",
    "{{ 7 * 7 }}",
    "a" * 300,
)


def hostile(verdict: Verdict, text: str) -> Verdict:
    """Return the verdict with the text in every place that a student's work can reach."""
    alike = Diagnosis("sign", f"You add {text}.", "Look there.")
    wrong = tuple(replace(one, diagnoses=(alike,)) for one in verdict.exercises)
    return replace(verdict, student=text, exercises=wrong, flags=(text,))


def class_of(kind: str) -> list[Verdict]:
    some = list(large_class(40))
    by_kind = {
        "a class": some,
        "one student": some[:1],
        "all refused": [replace(one, refused="it is empty", seconds=0.0) for one in some[:3]],
        "hostile": [hostile(one, text) for one, text in zip(some, ATTACKS, strict=False)],
        "a large class": list(large_class(400)),
    }
    return by_kind[kind]


KINDS = ["a class", "one student", "all refused", "hostile"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """A page of each kind, in a file."""
    folder = tmp_path_factory.mktemp("reports")
    for kind in (*KINDS, "a large class"):
        text = render(classroom(class_of(kind)), 2, WHEN)
        (folder / f"{kind}.html").write_text(text, encoding="utf-8")
    return {path.stem: path for path in folder.iterdir()}


@pytest.fixture(scope="module")
def browser():
    with running() as browser:
        yield browser


def names(page: Page) -> list[str]:
    return page.eval_on_selector_all("#class tbody th", "all => all.map(one => one.textContent)")


def column(page: Page, number: int) -> list[str]:
    cells = f"#class tbody tr > :nth-child({number})"
    return page.eval_on_selector_all(cells, "all => all.map(one => one.textContent.trim())")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_accessible_and_fits(kind, screen, scheme, pages, browser: Browser):
    with opened(browser, pages[kind], viewport=SCREENS[screen], color_scheme=scheme) as (page, _):
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        assert violations(page) == []
        assert overflow(page) <= 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_asks_for_nothing_but_itself(kind, pages, browser):
    with opened(browser, pages[kind]) as (_, requests):
        assert requests == [pages[kind].as_uri()]


def test_hostile_names_do_nothing_and_are_shown(pages, browser):
    with opened(browser, pages["hostile"]) as (page, _):
        assert page.title() == "optimization: the class"
        assert page.locator("img, main svg:not(.chart)").count() == 0
        assert ATTACKS[0] in names(page)
        assert "{{ 7 * 7 }}" in names(page)


def test_the_policy_stops_what_escaping_would_let_through(pages, browser, tmp_path):
    text = pages["a class"].read_text()
    worse = tmp_path / "worse.html"
    worse.write_text(text.replace("<main>", f"<main>{ATTACKS[0]}{ATTACKS[1]}"))
    with opened(browser, worse) as (page, _):
        assert page.locator("main > img").count() == 1
        assert page.title() == "optimization: the class"


def test_a_head_sorts_by_keyboard_and_says_so(pages, browser):
    with opened(browser, pages["a class"]) as (page, _):
        head = page.locator("#class thead th").nth(1)
        head.locator("button").focus()
        for direction, turned in (("descending", True), ("ascending", False)):
            page.keyboard.press("Enter")
            totals = [float(cell) for cell in column(page, 2)]
            assert totals == sorted(totals, reverse=turned)
            assert head.get_attribute("aria-sort") == direction
        assert page.locator("[aria-sort]").count() == 1


def test_names_are_sorted_from_the_first(pages, browser):
    with opened(browser, pages["a class"]) as (page, _):
        page.locator("#class thead button").first.click()
        assert names(page) == sorted(names(page))
        page.locator("#class thead button").first.click()
        assert names(page) == sorted(names(page), reverse=True)


def test_empty_cells_come_last_whichever_way(pages, browser):
    with opened(browser, pages["a class"]) as (page, _):
        button = page.locator("#class thead button").nth(8)
        for _ in range(2):
            button.click()
            filled = [bool(cell) for cell in column(page, 9)]
            assert any(filled) and not all(filled)
            assert filled == sorted(filled, reverse=True)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        pytest.param("student-0007", lambda row: "student-0007" in row, id="a name"),
        pytest.param("NO-CORRECTION", lambda row: "no-correction" in row, id="a misconception"),
        pytest.param("nobody", lambda row: False, id="nothing"),
    ],
)
def test_what_is_typed_filters(wanted, kept, pages, browser):
    with opened(browser, pages["a class"]) as (page, _):
        rows = page.locator("#class tbody tr")
        expected = sum(kept(row) for row in rows.all_inner_texts())
        page.locator("#filter").fill(wanted)
        expect(rows).to_have_count(expected)
        assert all(kept(row) for row in rows.all_inner_texts())
        assert page.locator("#status").inner_text() == f"{expected} of {expected} shown"


def test_a_remark_filters(pages, browser):
    with opened(browser, pages["a class"]) as (page, _):
        everybody = names(page)
        page.locator("#remark").select_option("stuck")
        assert 0 < len(names(page)) < len(everybody)
        assert all("stuck" in cell for cell in column(page, 10))
        page.locator("#remark").select_option("everybody")
        assert names(page) == everybody


def test_a_large_class_shows_the_first_and_all_on_demand(pages, browser):
    with opened(browser, pages["a large class"]) as (page, _):
        assert len(names(page)) == 100
        page.locator("#more").click()
        assert len(names(page)) == 400
        assert page.locator("#more").is_hidden()


def test_sorting_a_large_class_takes_all_into_account(pages, browser):
    with opened(browser, pages["a large class"]) as (page, _):
        page.locator("#class thead button").first.click()
        page.locator("#class thead button").first.click()
        assert names(page)[0] == "student-0399"


def test_without_a_script_it_is_a_plain_table(pages, browser):
    with opened(browser, pages["a large class"], java_script_enabled=False) as (page, _):
        assert page.locator("#class tbody tr").count() == 400
        assert page.locator("#class tbody tr").last.is_visible()
        assert page.locator(".tools").is_hidden()
        assert page.locator("#class button").count() == 0


def test_on_paper_there_are_no_tools_and_nothing_sticks_out(pages, browser):
    paper = {"width": 718, "height": 1000}  # A4 between its margins, in 96ths of an inch
    with opened(browser, pages["a class"], viewport=paper, color_scheme="dark") as (page, _):
        page.emulate_media(media="print")
        assert page.locator(".tools").is_hidden()
        assert overflow(page) <= 0
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"


def test_every_chart_has_a_table_behind_it(pages, browser):
    with opened(browser, pages["a class"]) as (page, _):
        charts = page.locator("figure:has(svg.chart)")
        assert charts.count() == 6
        behind = page.locator("figure:has(svg.chart) table")
        assert behind.count() + page.locator("#alike").count() == charts.count()


@pytest.fixture(scope="module")
def thousands(tmp_path_factory) -> Path:
    """A page on more students than are laid out in the file, each with a full name."""
    verdicts = list(large_class(7000))
    room = classroom(verdicts)
    names = {one.student: f"Name of {one.student[-4:]} \u202e</script>" for one in verdicts}
    path = tmp_path_factory.mktemp("thousands") / "page.html"
    path.write_text(render(replace(room, names=names), 0, WHEN), encoding="utf-8")
    return path


def test_a_class_of_thousands_is_found_filtered_and_sorted_as_a_small_one(thousands, browser):
    with opened(browser, thousands) as (page, _):
        status, more = page.locator("#status"), page.locator("#more")
        assert status.inner_text() == "100 of 7,000 shown"
        page.locator("#filter").fill("name of 6543")
        expect(page.locator("#class tbody tr")).to_have_count(1)
        assert names(page) == ["student-6543 Name of 6543 \ufffd</script>"]
        page.locator("#filter").fill("student-6543 name of")  # as it stands in the row
        expect(page.locator("#class tbody tr")).to_have_count(1)
        page.locator("#filter").fill("")
        expect(status).to_have_text("100 of 7,000 shown")
        page.locator("#class thead button").first.click()
        page.locator("#class thead button").first.click()
        assert names(page)[0].startswith("student-6999")
        assert more.inner_text() == "Show 5,000 more"
        more.click()
        assert (len(names(page)), more.inner_text()) == (5100, "Show all 7,000")
        more.click()
        assert len(set(names(page))) == 7000 and more.is_hidden()
        page.locator("#remark").select_option("refused")
        assert 0 < len(names(page)) <= 100
        assert set(column(page, 10)) == {"refused"}


def test_of_a_class_of_thousands_few_are_laid_out_until_they_are_looked_for(thousands, browser):
    with opened(browser, thousands, java_script_enabled=False) as (page, _):
        assert page.locator("#class tbody tr").count() == MOST_LISTED
        assert page.get_by_text("and 6,000 more, whom only a browser").is_visible()
        named = [
            text.count("student-") for text in page.locator("#alike .names").all_text_contents()
        ]
        assert max(named) == MOST_LISTED
