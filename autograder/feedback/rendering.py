"""Make the page: HTML with everything in it, which needs no network and runs no script."""

from __future__ import annotations

import re

from autograder import pages
from autograder.feedback.facts import Facts
from autograder.feedback.page import make_page

# Stands near the top of a page, so that few bytes tell whether it is outdated.
DIGEST = re.compile(r'<meta name="digest" content="([0-9a-f]{64})">')


def render(facts: Facts) -> str:
    """Return the page on one student."""
    page = make_page(facts)
    return pages.render(
        "autograder.feedback",
        "page.html",
        "page.css",
        figures=page.figure_styles,
        page=page,
        digest=facts.digest(),
    )
