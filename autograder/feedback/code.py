"""Colour a student's code, as HTML in which everything of the student's is escaped."""

from __future__ import annotations

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.pages.cleaning import clean

# Nobody reads more of an answer on a page; a lexer may be slow on what is no code.
MOST_CHARACTERS = 20_000


def coloured(source: str) -> Markup:
    """Return the code with a class on each kind of token."""
    text = clean(source)
    if len(text) > MOST_CHARACTERS:
        text = f"{text[:MOST_CHARACTERS]}\n# The rest of {len(text)} characters is not shown."
    # Lines are left as they are: a student finds them again in the notebook.
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    return Markup(highlight(text, lexer, HtmlFormatter(nowrap=True)))
