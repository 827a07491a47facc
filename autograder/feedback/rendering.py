"""Make the page: HTML with everything in it, which needs no network and runs no script."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.feedback.facts import Facts
from autograder.feedback.page import make_page

# Stands near the top of a page, so that few bytes tell whether it is outdated.
DIGEST = re.compile(r'<meta name="digest" content="([0-9a-f]{64})">')


def render(facts: Facts) -> str:
    """Return the page on one student."""
    environment = _environment()
    css = environment.get_template("page.css").render()
    return environment.get_template("page.html").render(
        page=make_page(facts),
        css=Markup(css),
        css_hash=b64encode(hashlib.sha256(css.encode()).digest()).decode(),
        digest=facts.digest(),
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("autograder.feedback"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = _breakable
    environment.filters["points"] = lambda number: f"{number:g}"
    return environment


def _breakable(name: str) -> Markup:
    """Let a long name break after an underscore, as no phone is that wide."""
    return escape(name).replace("_", Markup("_<wbr>"))
