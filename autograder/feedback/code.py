"""Colour a student's code, as HTML in which everything of the student's is escaped."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.pages.cleaning import clean

# Nobody reads more of an answer; a lexer may be slow on what is no code.
MOST_CHARACTERS = 20_000
# A longer one is not taken apart: a tree takes a hundred times the memory of its text.
MOST_PARSED = 100_000


def with_short_docstrings(source: str) -> str:
    """Return the code with the first line of each docstring alone: the rest was given."""
    if len(source) > MOST_PARSED or "\r" in source:  # a line of Python's, and none of an editor's
        return source
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # it is shown as it is
        return source
    lines = source.split("\n")
    for node in sorted(_long_docstrings(tree), key=lambda node: -node.lineno):
        first = lines[node.lineno - 1].rstrip()
        # Only what stands on lines of its own can be cut without a look at the rest of them.
        if first.lstrip().startswith('"""') and lines[node.end_lineno - 1].strip().endswith('"""'):
            lines[node.lineno - 1 : node.end_lineno] = [f'{first} …"""']
    return "\n".join(lines)


def _long_docstrings(tree: ast.AST) -> Iterator[Any]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node, clean=False):
            text = node.body[0]
            if text.end_lineno and text.end_lineno > text.lineno:
                yield text


def beginning(text: str, mark: str = "") -> str:
    """Return as much of a text as anybody reads, and behind the mark that there is more."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[:MOST_CHARACTERS]}\n{mark}The rest of {len(text)} characters is not shown."


def readable(source: str) -> str:
    """Return code as it is shown: harmless, without what was given, and not too much of it.

    Blanks at the ends of lines are no loss, and where there are many, lexers look at all of them
    again from each line.
    """
    text = clean(beginning(with_short_docstrings(source), "# "))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def coloured(source: str) -> Markup:
    """Return the code with a class on each kind of token."""
    # Lines are left as they are: a student finds them again in the notebook.
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    return Markup(highlight(readable(source), lexer, HtmlFormatter(nowrap=True)))
