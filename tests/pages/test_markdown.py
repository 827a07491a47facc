"""Markdown that students write keeps its formatting and loses what acts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.pages.markdown import FORMATTING, harmless
from autograder.pages.rendering import to_html
from tests.support.carriers import MARKDOWN, READABLE

UNCHANGED = [
    "# A heading\n\nwith *emphasis*, **more**, `code`, ~~not~~ and a line  \nthat ends",
    "1. one\n2. two\n\n- [ ] to do\n- [x] done",
    "> quoted\n\n---\n\n```python\nif a < b and c > 0:\n    x = a & b\n```",
    "[a](https://numpy.org 'title'), [b](#place), [c](other.ipynb), [d](mailto:a@b.ch)",
    "[e][f] and [f]\n\n[f]: https://numpy.org",
    "<b>x</b><br><sub>y</sub><br/> &lt; &amp; &nbsp; &copy; &rarr;",
    "$\\alpha < \\beta$ and $$\\begin{matrix} a & b \\end{matrix}$$, $\\hspace{1em}$",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a[0]: the first; f(x)[1](y)",
    "שלום, 你好, ü",
]


class _Tags(HTMLParser):
    """Collects the tags of a text as a browser would see them, and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(text)
    parser.close()
    return parser.found


def as_nbconvert_does(source: str) -> str:
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(source)


def assert_inert(rendered: str) -> None:
    for tag, attributes in tags(rendered):
        assert tag not in {"script", "iframe", "object", "embed", "style", "link", "meta", "form"}
        assert not [name for name in attributes if name.startswith("on")], attributes
        address = attributes.get("href") or attributes.get("src") or ""
        scheme = re.match(r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
        assert not scheme or scheme[1].lower() in {"http", "https", "mailto", "data"}, address


@pytest.mark.parametrize("source", UNCHANGED)
def test_what_formats_stays(source):
    assert harmless(source) == source


@pytest.mark.parametrize("name", MARKDOWN)
def test_what_acts_goes(name):
    text = harmless(MARKDOWN[name])
    assert [tag for tag, _ in tags(text) if tag not in FORMATTING.split("|")] == []
    assert_inert(as_nbconvert_does(text))
    assert_inert(to_html(MARKDOWN[name]))


SIGNS = "< > </ <! <b <b> &lt; &# &#x &#1 &#106; &#48; & ; ] [ ]( ]: ( ) ! ` ``` $ $$ \\ x href"
WORDS = ["javascript:", "alert(1)", "\\href{", "\n", "\n\n", " ", "\t", "\x01", "onerror=x", '"']
PIECES = st.sampled_from([*MARKDOWN.values(), READABLE, *UNCHANGED, *re.split(" ", SIGNS), *WORDS])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_is_put_together_is_inert(source):
    text = harmless(source)
    assert harmless(text) == text
    assert {tag for tag, _ in tags(text)} <= set(FORMATTING.split("|"))
    assert not [attributes for _, attributes in tags(text) if attributes]
    assert_inert(as_nbconvert_does(text))
    assert_inert(to_html(source))


def test_environments_without_an_end_are_taken_for_text():
    text = harmless("\\begin{a}" * 4000)
    assert "\\begin" not in text
    assert "\\begin" in harmless("\\begin{a}x\\end{a}" * 50)


def test_what_cannot_be_rendered_is_shown_as_it_is():
    assert to_html("![x](attachment:none.png)") == "<pre>![x](attachment:none.png)</pre>"


def test_pictures_that_are_attached_are_shown():
    shown = to_html("![a plot](attachment:a.png)", {"a.png": {"image/png": "aGk="}})
    assert 'src="data:image/png;base64,aGk="' in shown
    hostile = {"a.png": {"image/svg+xml": "aGk=", "text/html": "x"}}
    assert "data:" not in to_html("![a plot](attachment:a.png)", hostile)
