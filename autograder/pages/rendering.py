"""Render markdown as harmless HTML where a course's notebooks are shown: see nbgrader_config.py."""

from __future__ import annotations

import re
from typing import Any

from bleach.css_sanitizer import CSSSanitizer
from bleach.sanitizer import Cleaner
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.pages.markdown import FORMATTING

TAGS = frozenset({
    *FORMATTING.split("|"), "a", "abbr", "blockquote", "center", "dd", "details", "div", "dl",
    "dt", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "img", "input",
    "li", "ol", "p", "pre", "span", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul",
})  # fmt: skip
STYLES = ("color", "background-color", "font-style", "font-weight", "text-align", "width")
_DATA = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")
# The parts of code that are coloured, and the letters of their classes.
_CODE = re.compile(r"highlight|[a-z]{1,3}[0-9]?")


@pass_context
def as_html(context: Context, source: str) -> Markup:
    """Render a cell's markdown as harmless HTML: nbconvert's filter ``markdown2html``, made safe.

    nbgrader's formgrader shows markdown as it comes whatever ``sanitize_html`` says.
    """
    attachments = context.get("cell", {}).get("attachments", {})
    return to_html(source, attachments)


def to_html(source: str, attachments: dict[str, Any] | None = None) -> Markup:
    """Return harmless HTML; what cannot be rendered is shown as it was written."""
    renderer = IPythonRenderer(
        escape=False, attachments=attachments or {}, exclude_anchor_links=True
    )
    try:
        rendered = MarkdownWithMath(renderer=renderer).render(source)
        # A cleaner is not made to be shared by threads, and quickly made.
        return Markup(_cleaner().clean(rendered))
    except Exception:
        return Markup("<pre>{}</pre>").format(escape(source))


def _cleaner() -> Cleaner:
    return Cleaner(
        tags=TAGS,
        attributes=_is_kept,
        protocols={"http", "https", "mailto", "data"},
        css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES),
    )


def _is_kept(tag: str, name: str, value: str) -> bool:
    """Tell whether an attribute may stay. Names of places would be taken for the page's own."""
    if name == "src":
        return tag == "img" and bool(_DATA.fullmatch(value))
    if name == "href":
        return tag == "a" and not value.strip().lower().startswith("data:")
    if name == "class":
        return tag in {"div", "span"} and bool(_CODE.fullmatch(value))
    if tag == "input":  # the box of a list of tasks
        return name in {"type", "checked", "disabled"}
    return name in {"alt", "title", "align", "color", "colspan", "rowspan", "width", "style"}
